import type { ProfileId, RunId } from '../../contract/views.ts';
import type { RunStore } from '../store/run-store.ts';
import type { Hold } from './gate.ts';
import { Gate } from './gate.ts';
import type { LiveRun, LiveRuns } from './live-runs.ts';
import { FairQueue } from './queue.ts';

export interface SendQueuePorts {
  readonly store: RunStore;
  readonly live: LiveRuns;
  /** Takes a run as far towards its job as it goes now. Must not reject. */
  send(id: RunId): Promise<void>;
}

/**
 * The runs on their way to the server, and when each has its turn. What cannot be sent just now waits with its reason,
 * all of a profile's runs at once; nothing of a held profile is tried.
 */
export class SendQueue {
  readonly #ports: SendQueuePorts;
  readonly #gate = new Gate();
  readonly #queue = new FairQueue<LiveRun>({ parallelSends: 3, parallelRuns: 3, paused: false });
  #closed = false;

  constructor(ports: SendQueuePorts) {
    this.#ports = ports;
  }

  configure({ parallelRuns, paused }: { readonly parallelRuns: number; readonly paused: boolean }): void {
    const { store, live } = this.#ports;
    this.#queue.limit({ parallelSends: parallelRuns, parallelRuns });
    const wasPaused = this.#gate.paused;
    this.#gate.paused = paused;
    if (wasPaused && !paused) {
      const held = live.all().filter(({ state, reason }) => state === 'waiting' && reason === 'paused');
      store.release(held.map(({ id }) => id));
    }
    this.#holdBack(live.all());
    this.pump();
  }

  add(ids: readonly RunId[]): void {
    for (const id of ids) {
      const run = this.#ports.live.get(id);
      if (run !== null) this.#queue.add(run);
    }
    this.#holdBack(ids.flatMap((id) => this.#ports.live.get(id) ?? []));
    this.pump();
  }

  remove(id: RunId): void {
    this.#queue.remove(id);
    this.pump();
  }

  /** Nothing of this profile can be sent, and why. */
  hold(profileId: ProfileId, hold: Hold): void {
    this.#gate.hold(profileId, hold);
    this.#holdBack(this.#ports.live.of(profileId, 'queued'));
  }

  /** It may be tried again. Runs that wait are released by whoever lifts. */
  lift(profileId: ProfileId): void {
    this.#gate.lift(profileId);
  }

  /** Sends what has its turn now. */
  pump(): void {
    if (this.#closed) return;
    for (;;) {
      const next = this.#queue.next(this.#atWork(), (item) => this.#maySend(item.id));
      if (next === null) return;
      void this.#send(next.id);
    }
  }

  close(): void {
    this.#closed = true;
  }

  async #send(id: RunId): Promise<void> {
    await this.#ports.send(id);
    // One that could not go on keeps its place in its batch.
    if (this.#isToBeSent(id)) this.#queue.putBack(id);
    else this.#queue.remove(id);
    this.pump();
  }

  /** Runs at work on the server, beside those taken from the queue. */
  #atWork(): number {
    return this.#ports.live.all().filter(({ state }) => state === 'running').length;
  }

  #isToBeSent(id: RunId): boolean {
    return ['queued', 'waiting', 'uploading', 'starting'].includes(this.#ports.live.get(id)?.state ?? '');
  }

  #maySend(id: RunId): boolean {
    const run = this.#ports.live.get(id);
    return run !== null && ['queued', 'uploading'].includes(run.state) && this.#gate.holdOf(run.profileId) === null;
  }

  #holdBack(runs: readonly LiveRun[]): void {
    const held = Map.groupBy(
      runs.filter(({ state }) => state === 'queued'),
      ({ profileId }) => profileId,
    );
    for (const [profileId, ofProfile] of held) {
      const hold = this.#gate.holdOf(profileId);
      if (hold === null) continue;
      this.#ports.store.hold(
        ofProfile.map(({ id }) => id),
        hold.reason,
        hold.detail,
      );
    }
  }
}
