import type { ProfileId, RunId } from '../../contract/views.ts';
import type { RunStore } from '../store/run-store.ts';
import type { RunProcessor } from './run-processor.ts';
import type { JobTracker } from './watch/job-tracker.ts';
import type { LiveRun } from './live-runs.ts';
import { liveRunOf } from './live-runs.ts';
import type { Run } from '../model/run.ts';
import { hasEnded, isIn } from '../model/run.ts';
import type { SendQueue } from './send/send-queue.ts';
import type { Servers } from '../model/servers.ts';

export interface StoppingPorts {
  readonly store: RunStore;
  readonly servers: Servers;
  readonly carrier: RunProcessor;
  readonly queue: SendQueue;
  readonly watch: JobTracker;
  /** Must not throw. */
  failed(profileId: ProfileId, failure: unknown, run: RunId): void;
}

/** Ends runs by the user's word. */
export class Cancellation {
  readonly #ports: StoppingPorts;

  constructor(ports: StoppingPorts) {
    this.#ports = ports;
  }

  /**
   * At once before the server has the run; after, the server finishes the block it is at (wire 8). One that ended
   * meanwhile is returned as it is.
   */
  async stop(id: RunId): Promise<Run | null> {
    const { store, carrier, queue, watch } = this.#ports;
    const run = store.find(id);
    if (run === null || hasEnded(run) || isIn(run, 'collecting', 'unconfirmed')) return run;
    if (isIn(run, 'queued', 'waiting') && !carrier.isProcessing(id)) {
      const stopped = store.move(run, 'stopped');
      queue.remove(id);
      return stopped;
    }
    const asked = store.requestStop(id);
    if (isIn(asked, 'uploading')) carrier.abort(id);
    if (isIn(asked, 'running')) {
      store.explain(asked, 'stopping');
      await this.tell(liveRunOf(asked));
      watch.look(asked.profileId);
    }
    return store.find(id);
  }

  /** Tells the server. What it was not told now, it is told at the next look at the job. */
  async tell({ id, profileId, jobId }: LiveRun): Promise<void> {
    if (jobId === null) return;
    try {
      const server = await this.#ports.servers.serverFor(profileId);
      await server.stop(jobId);
    } catch (failure) {
      this.#ports.failed(profileId, failure, id);
    }
  }
}
