import type { RunId } from '../../contract/views.ts';
import type { Emitter } from '../base/emitter.ts';
import type { Run } from '../model/run.ts';
import type { RunStore } from '../store/run-store.ts';
import type { RunEvents } from './run-events.ts';

/** One step of a run. Null or an unchanged state: there is nothing more to do now. */
type Step = (run: Run, signal: AbortSignal) => Promise<Run | null>;

/** Lets one stage at a time work on a run: sending it, or collecting its result. */
export class RunProcessor {
  readonly #store: RunStore;
  readonly #events: Emitter<RunEvents>;
  readonly #processing = new Map<RunId, AbortController>();
  #closed = false;

  constructor(store: RunStore, events: Emitter<RunEvents>) {
    this.#store = store;
    this.#events = events;
  }

  isProcessing(id: RunId): boolean {
    return this.#processing.has(id);
  }

  /** Aborts the step that a run is at. */
  abort(id: RunId): void {
    this.#processing.get(id)?.abort();
  }

  /** Aborts all steps; the runs stay as they are stored. */
  close(): void {
    this.#closed = true;
    for (const controller of this.#processing.values()) controller.abort();
  }

  /** Repeats `step` until the run goes no further. Never rejects; does nothing for a run that is being processed. */
  async process(id: RunId, step: Step): Promise<void> {
    if (this.#closed || this.#processing.has(id)) return;
    const controller = new AbortController();
    this.#processing.set(id, controller);
    let run: Run | null = null;
    try {
      run = this.#store.find(id);
      let next = run === null ? null : await step(run, controller.signal);
      while (next !== null && next.state !== run?.state && !this.#isClosed()) {
        run = next;
        next = await step(run, controller.signal);
      }
    } catch (failure) {
      // Aborted by `close`: the row is unchanged, and the next start continues from it.
      if (this.#isClosed()) return;
      if (run === null) this.#events.emit('failed', { message: 'A run could not be read.', failure, runId: id });
      else this.#events.emit('stalled', { run, failure });
    } finally {
      this.#processing.delete(id);
    }
  }

  #isClosed(): boolean {
    return this.#closed;
  }
}
