/** What all calls that start runs share. */
import type { StartedView } from '../../../contract/views.ts';
import type { Core } from '../core.ts';
import type { Started } from '../start-runs.ts';

/** For how long a start can be undone when the user has turned that on, in ms. */
const UNDO_MS = 5_000;

/** For how long a start can be undone, in ms; 0: not at all. */
export const undoableMs = (core: Core): number => (core.settings.read().undoStart ? UNDO_MS : 0);

/** A start as the page gets it. */
export const startedView = (core: Core, started: Started): StartedView => ({
  ...started,
  kept: started.kept?.toView() ?? null,
  runs: started.runs.map((run) => core.runs.view(run)),
});

/**
 * Returns the pending promise to a second call with the same key: a double click starts one run, as each one costs
 * money.
 */
export class OnceAtATime<T> {
  readonly #underWay = new Map<string, Promise<T>>();

  run(key: string, work: () => Promise<T>): Promise<T> {
    const known = this.#underWay.get(key);
    if (known !== undefined) return known;
    const started = work().finally(() => this.#underWay.delete(key));
    this.#underWay.set(key, started);
    return started;
  }
}
