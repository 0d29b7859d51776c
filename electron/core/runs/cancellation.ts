import { isEnded, type RunId } from '../../contract/views.ts';
import { yieldToOthers } from '../base/clock.ts';
import { mapLimit } from '../base/map-limit.ts';
import { isIn, type Run } from '../model/run.ts';
import { type LiveRun, liveRunOf } from './live-runs.ts';
import type { SendQueue } from './send/send-queue.ts';
import type { Stage } from './stage.ts';
import type { JobTracker } from './watch/job-tracker.ts';

/** Stop requests that are sent to a server at the same time. */
const STOPS_AT_ONCE = 4;

/** Ends runs at the user's request. */
export class Cancellation {
  readonly #stage: Stage;
  readonly #queue: SendQueue;
  readonly #tracker: JobTracker;

  constructor(stage: Stage, queue: SendQueue, tracker: JobTracker) {
    this.#stage = stage;
    this.#queue = queue;
    this.#tracker = tracker;
  }

  /**
   * Ends a run at once before the server has it; later the server finishes its current block first (wire 8). Returns a
   * run that has ended meanwhile as it is.
   */
  async stop(id: RunId): Promise<Run | null> {
    const { store, processor } = this.#stage;
    const run = store.find(id);
    if (run === null || isEnded(run) || isIn(run, 'collecting', 'unconfirmed')) return run;
    if (isIn(run, 'queued', 'waiting') && !processor.isProcessing(id)) {
      const stopped = store.move(run, 'stopped');
      this.#queue.remove(id);
      return stopped;
    }
    const asked = store.requestStop(id);
    if (isIn(asked, 'uploading')) processor.abort(id);
    if (isIn(asked, 'running')) {
      store.explain(asked, 'stopping');
      await this.request(liveRunOf(asked));
      this.#tracker.poll(asked.profileId);
    }
    return store.find(id);
  }

  /** Sends the stop request. If that fails, the next poll of the job repeats it. */
  async request({ id, profileId, jobId }: LiveRun): Promise<void> {
    if (jobId === null) return;
    const { servers, events } = this.#stage;
    try {
      const server = await servers.serverFor(profileId);
      await server.stop(jobId);
    } catch (failure) {
      events.emit('failed', { message: 'A stop request could not be sent.', failure, profileId, runId: id });
    }
  }
}

/**
 * Stops many runs, given in the order in which they were made. The last is stopped first, so that no waiting run is
 * sent because an earlier one made room.
 *
 * @throws the first failure, after all runs were tried
 */
export async function stopMany(
  engine: { stop(id: RunId): Promise<Run | null> },
  runIds: readonly RunId[],
): Promise<void> {
  const failures: unknown[] = [];
  await mapLimit(runIds.toReversed(), STOPS_AT_ONCE, async (id) => {
    // Each stop writes to the disk; a thousand in a row would block the program.
    await yieldToOthers();
    try {
      await engine.stop(id);
    } catch (failure) {
      failures.push(failure);
    }
  });
  if (failures.length > 0) throw failures[0];
}
