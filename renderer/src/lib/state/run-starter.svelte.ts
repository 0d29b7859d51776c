import type { Bridge } from '../bridge/bridge.ts';
import {
  countWords,
  type Dropped,
  errorWords,
  type PresetId,
  type RecipeId,
  type RunView,
  type StartedView,
} from '../contract.ts';
import type { DraftState } from './draft.svelte.ts';
import { goesAtOnce, leftOut } from './drop-parts.ts';
import type { Toasts } from './toasts.svelte.ts';
import type { Navigation } from './navigation.svelte.ts';
import type { RunsState } from './runs.svelte.ts';
import type { TableState } from './table.svelte.ts';

interface RunStarterParts {
  readonly bridge: Bridge;
  readonly toasts: Toasts;
  readonly navigation: Navigation;
  readonly draft: DraftState;
  readonly runs: RunsState;
}

/** Starts runs and shows a toast about them. */
export class RunStarter {
  readonly #parts: RunStarterParts;

  constructor(parts: RunStarterParts) {
    this.#parts = parts;
  }

  /** Runs the draft; a second call before the answer does nothing. */
  async run(): Promise<void> {
    const started = await this.#parts.draft.start();
    if (started !== undefined) this.#announce(started);
  }

  /** Runs the rows of a table. */
  async runTable(table: TableState, withoutBadRows: boolean): Promise<void> {
    const started = await table.start(withoutBadRows);
    if (started !== undefined) this.#announce(started);
  }

  /** Runs the files that were dropped on a recipe, or on one of its presets. Files that cannot run at once are added to the draft. */
  async dropOn(recipeId: RecipeId, things: Dropped, presetId: PresetId | null): Promise<void> {
    const { bridge, toasts, navigation, draft } = this.#parts;
    if (!goesAtOnce(things)) {
      if (presetId === null) await draft.choose(recipeId);
      else await draft.usePreset(presetId);
      await draft.add(things);
      navigation.go({ view: 'launch' });
      toasts.show('It was added and has not run yet.', {
        detail: 'A drop this large is checked first. Press Run then.',
      });
      return;
    }
    const started = await toasts.answer(
      bridge.call('runs:drop', { recipeId, ...(presetId !== null && { presetId }), things }),
    );
    if (started === undefined) return;
    if (started.runs.length > 0) {
      this.#announce(started);
      this.#sayLeftOut(leftOut(things, started.runs), started.runs[0]?.recipeName ?? '');
      return;
    }
    navigation.go({ view: 'launch' });
    // Launch offers to run each row of a table.
    if (started.kept === null && draft.view.attachments.some(({ isTable }) => isTable)) return;
    const why = started.kept === null ? 'Some of it cannot be sent as it is.' : errorWords(started.kept).title;
    toasts.show('It was added and has not run yet.', { detail: why });
  }

  #sayLeftOut(names: readonly string[], recipe: string): void {
    const [name] = names;
    if (name === undefined) return;
    const what = names.length === 1 ? name : countWords(names.length, 'file');
    this.#parts.toasts.show(`${recipe} does not take ${what}.`, {
      detail: 'It runs with the rest of what you dropped.',
    });
  }

  #announce({ runs, undoUntil }: StartedView): void {
    const { toasts, navigation } = this.#parts;
    const [first] = runs;
    if (first === undefined) return;
    for (const run of runs) this.#parts.runs.apply(run);
    if (undoUntil !== null) {
      this.#offerUndo(runs, first, undoUntil);
      return;
    }
    const says = `${first.recipeName} ${startedWords(runs)}`;
    // Activity already shows the runs.
    if (navigation.current.view !== 'launch') {
      toasts.say(says);
      return;
    }
    toasts.show(says, {
      tone: 'good',
      runId: first.id,
      action: { label: 'Show in Activity', run: () => navigation.go({ view: 'activity' }) },
    });
  }

  #offerUndo(runs: readonly RunView[], first: RunView, until: number): void {
    const left = Math.max(0, until - Date.now());
    const what = runs.length > 1 ? `${first.recipeName}, ${countWords(runs.length, 'run')},` : first.recipeName;
    this.#parts.toasts.show(`${what} will be sent in ${countWords(Math.round(left / 1_000), 'second')}`, {
      runId: first.id,
      for: left,
      action: { label: 'Undo', run: () => void this.#undoStart(runs) },
    });
  }

  async #undoStart(runs: readonly RunView[]): Promise<void> {
    const { bridge, toasts, draft, navigation } = this.#parts;
    const runIds = runs.map(({ id }) => id);
    // Removed before the call, so that their stop is not announced.
    for (const id of runIds) this.#parts.runs.forget(id);
    const view = await toasts.answer(bridge.call('runs:undo-start', { runIds }));
    if (view === undefined) {
      for (const run of runs) this.#parts.runs.apply(run);
      return;
    }
    draft.apply(view);
    navigation.go({ view: 'launch' });
    toasts.show('Nothing was sent. It is all here again.');
  }
}

function startedWords(runs: readonly RunView[]): string {
  if (runs.length > 1) return `is on its way, ${countWords(runs.length, 'run')}`;
  return runs[0]?.state === 'waiting' ? 'will run as soon as it can' : 'is on its way';
}
