import type { ProfileId, RunId } from '../../../contract/views.ts';
import type { RunStore } from '../../store/run-store.ts';
import type { RunProcessor } from '../run-processor.ts';
import { TaskPool } from '../../base/task-pool.ts';
import type { LiveRun, LiveRuns } from '../live-runs.ts';
import type { Reconciler } from './reconciler.ts';
import type { Run, RunIn } from '../../model/run.ts';
import { isIn } from '../../model/run.ts';

/** Results that are fetched, and lost starts that are looked into, at a time. */
const PARALLEL_FETCHES = 3;

export interface FetchingPorts {
  readonly store: RunStore;
  readonly live: LiveRuns;
  readonly carrier: RunProcessor;
  readonly reconciler: Reconciler;
  /** Ends with the program. */
  readonly signal: AbortSignal;
  /** The run is no further for now, or its job was found. Must not throw. */
  settled(run: LiveRun): void;
  /** Must not throw. */
  failed(profileId: ProfileId, failure: unknown, run: RunId): void;
}

/**
 * What follows once nothing more is sent: the results of ended jobs, and the whereabouts of starts whose answer was
 * lost. It does not wait behind the runs that are still to be sent.
 */
export class CollectQueue {
  readonly #ports: FetchingPorts;
  readonly #lane: TaskPool;

  constructor(ports: FetchingPorts) {
    this.#ports = ports;
    this.#lane = new TaskPool(PARALLEL_FETCHES, (id) => this.#fetch(id));
  }

  push(id: RunId): void {
    this.#lane.push(id);
  }

  /**
   * Takes the one job that can be an unconfirmed run's for it, by the user's word; null when it is not clear which.
   *
   * @throws OmnitoolError, NotReady
   */
  async adopt(run: RunIn<'unconfirmed'>, jobId: string | null): Promise<Run | null> {
    return this.#ports.reconciler.adopt(run, jobId, this.#ports.signal);
  }

  close(): void {
    this.#lane.close();
  }

  async #fetch(id: RunId): Promise<void> {
    const { live, carrier, signal } = this.#ports;
    if (live.get(id)?.state === 'unconfirmed') await this.#lookInto(id);
    else await carrier.process(id);
    const run = live.get(id);
    if (run !== null && !signal.aborted) this.#ports.settled(run);
  }

  async #lookInto(id: RunId): Promise<void> {
    const { store, reconciler, signal } = this.#ports;
    const run = store.find(id);
    if (run === null || !isIn(run, 'unconfirmed')) return;
    try {
      await reconciler.look(run, signal);
    } catch (failure) {
      this.#ports.failed(run.profileId, failure, id);
    }
  }
}
