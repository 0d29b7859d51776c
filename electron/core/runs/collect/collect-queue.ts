import type { RunId } from '../../../contract/views.ts';
import { TaskPool } from '../../base/task-pool.ts';
import { isIn } from '../../model/run.ts';
import type { Stage } from '../stage.ts';
import type { Collector } from './collector.ts';
import type { Reconciler } from './reconciler.ts';

/** Results that are fetched, and lost starts that are examined, at the same time. */
const PARALLEL_FETCHES = 3;

/**
 * What follows after sending: fetches the results of ended jobs, and looks for the jobs of starts whose answer was
 * lost. It does not wait for the runs that are still to be sent.
 */
export class CollectQueue {
  readonly #stage: Stage;
  readonly #collector: Collector;
  readonly #reconciler: Reconciler;
  readonly #pool = new TaskPool(PARALLEL_FETCHES, (id) => this.#process(id));

  constructor(stage: Stage, collector: Collector, reconciler: Reconciler) {
    this.#stage = stage;
    this.#collector = collector;
    this.#reconciler = reconciler;
  }

  push(id: RunId): void {
    this.#pool.push(id);
  }

  close(): void {
    this.#pool.close();
  }

  async #process(id: RunId): Promise<void> {
    const { live, processor, events, signal } = this.#stage;
    if (live.get(id)?.state === 'unconfirmed') await this.#examine(id);
    else await processor.process(id, (run, ends) => this.#collector.step(run, ends));
    const run = live.get(id);
    if (run !== null && !signal.aborted) events.emit('collected', run);
  }

  async #examine(id: RunId): Promise<void> {
    const { store, events, signal } = this.#stage;
    const run = store.find(id);
    if (run === null || !isIn(run, 'unconfirmed')) return;
    try {
      await this.#reconciler.examine(run, signal);
    } catch (failure) {
      const message = 'A lost start could not be examined.';
      events.emit('failed', { message, failure, profileId: run.profileId, runId: id });
    }
  }
}
