import { createContext } from 'svelte';
import type { Bridge } from '../bridge/bridge.ts';
import type { DraftView, ErrorView, RunView, StartFailureView } from '../contract.ts';
import { batchEndWords, isAnswerCut, runEndWords } from '../contract.ts';
import { Clock } from './clock.svelte.ts';
import { ConnectionState } from './connection.svelte.ts';
import { DraftState } from './draft.svelte.ts';
import { DragState } from './drag.svelte.ts';
import { RunLauncher } from './run-launcher.svelte.ts';
import { Toasts } from './toasts.svelte.ts';
import { Navigation } from './navigation.svelte.ts';
import { takesSome } from './drop-data.ts';
import type { InHand } from './recipe-sections.ts';
import { RecipesState } from './recipes.svelte.ts';
import { RunsState } from './runs.svelte.ts';
import { SettingsState } from './settings.svelte.ts';

/** The page's mirror of what main knows. Main owns the truth. */
export class AppState {
  ready = $state(false);
  /** Why the first load failed. */
  problem = $state.raw<ErrorView | null>(null);
  /** What failed of this start and was not read yet. */
  startFailures = $state.raw<readonly StartFailureView[]>([]);
  readonly toasts = new Toasts();
  readonly navigation = new Navigation();
  readonly clock = new Clock();
  readonly connection: ConnectionState;
  readonly recipes: RecipesState;
  readonly draft: DraftState;
  readonly drag = new DragState();
  readonly launcher: RunLauncher;
  readonly runs: RunsState;
  readonly settings: SettingsState;
  readonly bridge: Bridge;
  #waiting: (() => void)[] = [];

  constructor(bridge: Bridge) {
    this.bridge = bridge;
    this.connection = new ConnectionState(bridge, this.toasts);
    this.draft = new DraftState(bridge, this.toasts);
    this.recipes = new RecipesState(bridge, this.toasts, () => this.#inHand());
    this.runs = new RunsState(bridge, this.toasts);
    this.settings = new SettingsState(bridge, this.toasts);
    const { toasts, navigation, draft, runs } = this;
    this.launcher = new RunLauncher({ bridge, toasts, navigation, draft, runs });
  }

  /** Subscribes, then loads. Returns what ends the subscriptions. */
  start(): () => void {
    const { bridge } = this;
    const ends = [
      bridge.on('connection:changed', (view) => this.#follow(() => (this.connection.view = view))),
      bridge.on('recipes:changed', (view) => this.#follow(() => this.recipes.apply(view))),
      bridge.on('recipes:updated', (changed) => this.#follow(() => this.recipes.update(changed))),
      bridge.on('draft:changed', (view) => this.#follow(() => this.#draftChanged(view))),
      bridge.on('run:changed', (run) => this.#follow(() => this.#runChanged(run))),
      bridge.on('run:removed', ({ runId }) => this.#follow(() => this.runs.drop(runId))),
      bridge.on('runs:attention', (view) => this.#follow(() => (this.runs.attention = view))),
      bridge.on('external-jobs:changed', (runs) => this.#follow(() => (this.runs.externalJobs = runs))),
      bridge.on('settings:changed', (view) => this.#follow(() => (this.settings.view = view))),
      bridge.on('unreadable:changed', (view) => this.#follow(() => this.settings.applyUnreadable(view))),
      bridge.on('start:failures', (failures) => this.#follow(() => (this.startFailures = failures))),
      bridge.on('navigate', (route) => this.#follow(() => this.navigation.go(route))),
    ];
    void this.load();
    return () => {
      for (const end of ends) end();
    };
  }

  async load(): Promise<void> {
    const result = await this.bridge.call('app:view');
    if (!result.ok) {
      this.problem = result.error;
      return;
    }
    const {
      connection,
      recipes,
      draft,
      runs,
      moreRuns,
      attention,
      externalJobs,
      settings,
      about,
      route,
      startFailures,
    } = result.value;
    this.problem = null;
    this.connection.view = connection;
    this.recipes.apply(recipes);
    this.draft.begin(draft);
    this.runs.replaceAll(runs, moreRuns);
    this.runs.attention = attention;
    this.runs.externalJobs = externalJobs;
    this.settings.view = settings;
    this.settings.about = about;
    this.startFailures = startFailures;
    this.navigation.go(route);
    this.ready = true;
    for (const change of this.#waiting.splice(0)) change();
  }

  /** Undoes what the newest toast offers to undo, else the last change of the draft. False where there is nothing. */
  undo(): boolean {
    const offer = this.toasts.list.findLast(({ action }) => action?.label === 'Undo');
    if (offer !== undefined) {
      this.toasts.dismiss(offer.id);
      offer.action?.run();
      return true;
    }
    const hasStep = this.navigation.current.view === 'launch' && this.draft.view.undoable !== null;
    if (hasStep) void this.draft.undo(null);
    return hasStep;
  }

  /** Takes back the last undo of the draft. False where there is none. */
  redo(): boolean {
    const hasStep = this.navigation.current.view === 'launch' && this.draft.view.redoable !== null;
    if (hasStep) void this.draft.redo();
    return hasStep;
  }

  /** What failed of the start was read. */
  async dismissStart(): Promise<void> {
    this.startFailures = [];
    await this.toasts.answer(this.bridge.call('app:start-read'));
  }

  /** An event that overtakes the first load is told again after it, in order: the last word stays the last. */
  #follow(change: () => void): void {
    if (this.ready) change();
    else this.#waiting.push(change);
  }

  /** What the recipes should answer to: what hangs over the window, else what is on the table. */
  #inHand(): InHand {
    const { hovering } = this.drag;
    if (hovering !== null) return { things: hovering.things, isHovering: true };
    return { things: this.draft.view.attachments, isHovering: false };
  }

  /**
   * The first things on the table bring the recipe with them that was last run on such things, unless the chosen one
   * takes them too.
   */
  #draftChanged(view: DraftView): void {
    const isFirst = this.draft.view.attachments.length === 0 && view.attachments.length > 0;
    this.draft.apply(view);
    const chosen = this.recipes.byId(view.recipeId);
    const { suggested } = this.recipes;
    const isOfUse = chosen !== null && takesSome(chosen.shape, this.#inHand().things);
    if (isFirst && suggested !== null && !isOfUse) void this.draft.choose(suggested.id);
  }

  #runChanged(run: RunView): void {
    this.clock.touch();
    const hasJustEnded = this.runs.apply(run);
    const words = hasJustEnded ? this.#endWords(run) : null;
    if (words === null) return;
    // The list and the result show it themselves.
    const view = this.navigation.current.view;
    if (view === 'activity' || view === 'result') this.toasts.say(words);
    else {
      const open = (): void => this.navigation.go({ view: 'result', runId: run.id });
      const isGood = run.batchId === null && run.state === 'succeeded' && !isAnswerCut(run);
      this.toasts.show(words, {
        tone: isGood ? 'good' : 'plain',
        runId: run.id,
        action: { label: 'Open', run: open },
      });
    }
  }

  /** The runs of a drop are told once, when the last of them ended. */
  #endWords(run: RunView): string | null {
    if (run.batchId === null) return runEndWords(run);
    return this.runs.isBatchAtRest(run.batchId) ? batchEndWords(run.recipeName) : null;
  }
}

export const [useApp, provideApp] = createContext<AppState>();
