import { createContext } from 'svelte';
import type { Bridge } from '../bridge/bridge.ts';
import type { DraftView, ErrorView, Route, RunView, StartFailureView } from '../contract.ts';
import { batchEndWords, isAnswerCut, runEndWords } from '../contract.ts';
import { Clock } from './clock.svelte.ts';
import { ConnectionState } from './connection.svelte.ts';
import { DraftState } from './draft.svelte.ts';
import { DragState } from './drag.svelte.ts';
import { FormState } from './form.svelte.ts';
import { RunStarter } from './run-starter.svelte.ts';
import { Toasts } from './toasts.svelte.ts';
import { Navigation } from './navigation.svelte.ts';
import { takesSome } from './drop-data.ts';
import type { InHand } from './recipe-sections.ts';
import { PresetsState } from './presets.svelte.ts';
import { RecipesState } from './recipes.svelte.ts';
import { RunsState } from './runs.svelte.ts';
import { SettingsState } from './settings.svelte.ts';
import { TableState } from './table.svelte.ts';

/** The page's copy of the state of the main process, which owns it. */
export class AppState {
  ready = $state(false);
  /** Why the first load failed. */
  problem = $state.raw<ErrorView | null>(null);
  /** Failures of this program start that the user has not dismissed. */
  startFailures = $state.raw<readonly StartFailureView[]>([]);
  readonly toasts = new Toasts();
  readonly navigation = new Navigation();
  readonly clock = new Clock();
  readonly connection: ConnectionState;
  readonly recipes: RecipesState;
  readonly draft: DraftState;
  readonly form: FormState;
  readonly table: TableState;
  readonly presets: PresetsState;
  readonly drag = new DragState();
  readonly starter: RunStarter;
  readonly runs: RunsState;
  readonly settings: SettingsState;
  readonly bridge: Bridge;
  #waiting: (() => void)[] = [];

  constructor(bridge: Bridge) {
    this.bridge = bridge;
    this.connection = new ConnectionState(bridge, this.toasts);
    this.draft = new DraftState(bridge, this.toasts);
    this.form = new FormState(bridge, this.toasts, this.draft);
    this.table = new TableState({ bridge, toasts: this.toasts, draft: this.draft, form: this.form });
    this.presets = new PresetsState(bridge, this.toasts, this.draft);
    this.recipes = new RecipesState(
      bridge,
      this.toasts,
      () => this.#inHand(),
      (id) => this.presets.of(id),
    );
    this.runs = new RunsState(bridge, this.toasts);
    this.settings = new SettingsState(bridge, this.toasts);
    const { toasts, navigation, draft, runs } = this;
    this.starter = new RunStarter({ bridge, toasts, navigation, draft, runs });
  }

  /** Subscribes, then loads. The returned function ends the subscriptions. */
  start(): () => void {
    const { bridge } = this;
    const ends = [
      bridge.on('connection:changed', (view) => this.#follow(() => (this.connection.view = view))),
      bridge.on('recipes:changed', (view) => this.#follow(() => this.recipes.apply(view))),
      bridge.on('recipes:updated', (changed) => this.#follow(() => this.recipes.update(changed))),
      bridge.on('presets:changed', (list) => this.#follow(() => (this.presets.list = list))),
      bridge.on('draft:changed', (view) => this.#follow(() => this.#draftChanged(view))),
      bridge.on('run:changed', (run) => this.#follow(() => this.#runChanged(run))),
      bridge.on('run:removed', ({ runId }) => this.#follow(() => this.runs.forget(runId))),
      bridge.on('runs:attention', (view) => this.#follow(() => (this.runs.attention = view))),
      bridge.on('external-jobs:changed', (runs) => this.#follow(() => (this.runs.externalJobs = runs))),
      bridge.on('settings:changed', (view) => this.#follow(() => (this.settings.view = view))),
      bridge.on('unreadable:changed', (view) => this.#follow(() => this.settings.applyUnreadable(view))),
      bridge.on('start:failures', (failures) => this.#follow(() => (this.startFailures = failures))),
      bridge.on('navigate', (route) => this.#follow(() => this.#navigate(route))),
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
      presets,
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
    this.presets.list = presets;
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

  /** Runs the newest toast's Undo, or else undoes the last change of the draft. Returns false if there is neither. */
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

  /** Restores what the last undo of the draft took back. Returns false if there is nothing. */
  redo(): boolean {
    const hasStep = this.navigation.current.view === 'launch' && this.draft.view.redoable !== null;
    if (hasStep) void this.draft.redo();
    return hasStep;
  }

  async dismissStart(): Promise<void> {
    this.startFailures = [];
    await this.toasts.answer(this.bridge.call('app:start-read'));
  }

  #navigate(route: Route): void {
    // The main process has filled in the form: that counts, not what was just written here.
    if (route.view === 'launch' && route.focus === 'run') this.draft.forgetWritten();
    this.navigation.go(route);
  }

  /** Events during the first load are applied after it, in order, because they are newer. */
  #follow(change: () => void): void {
    if (this.ready) change();
    else this.#waiting.push(change);
  }

  /** What recipes are matched with: what is dragged over the window, or else the attachments of the draft. */
  #inHand(): InHand {
    const { hovering } = this.drag;
    if (hovering !== null) return { things: hovering.things, isHovering: true };
    return { things: this.draft.view.attachments, isHovering: false };
  }

  /** The first attachments choose the recipe that last ran on similar ones, unless the chosen recipe takes them. */
  #draftChanged(view: DraftView): void {
    const isFirst = this.draft.view.attachments.length === 0 && view.attachments.length > 0;
    this.draft.apply(view);
    const chosen = this.recipes.byId(view.recipeId);
    const { suggested } = this.recipes;
    // A form can take each row of a table.
    const isTable = chosen?.shape?.hasForm === true && view.attachments.some((each) => each.isTable);
    const isOfUse = isTable || (chosen !== null && takesSome(chosen.shape, this.#inHand().things));
    if (isFirst && suggested !== null && !isOfUse) void this.draft.choose(suggested.id);
  }

  #runChanged(run: RunView): void {
    this.clock.touch();
    const hasJustEnded = this.runs.apply(run);
    const words = hasJustEnded ? this.#endWords(run) : null;
    if (words === null) return;
    // These views already show the end of a run.
    const view = this.navigation.current.view;
    if (view === 'activity' || view === 'batch' || view === 'result') this.toasts.say(words);
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

  /** A drop is announced once, when its last run ends. */
  #endWords(run: RunView): string | null {
    if (run.batchId === null) return runEndWords(run);
    return this.runs.isBatchAtRest(run.batchId) ? batchEndWords(run.recipeName) : null;
  }
}

export const [useApp, provideApp] = createContext<AppState>();
