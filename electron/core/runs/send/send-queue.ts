import type { ProfileId, RunId } from '../../../contract/views.ts';
import type { Clock } from '../../base/clock.ts';
import type { RunStore } from '../../store/run-store.ts';
import type { Hold } from './gate.ts';
import { Gate } from './gate.ts';
import type { LiveRun, LiveRuns } from '../live-runs.ts';
import { FairQueue } from './fair-queue.ts';

export interface SendQueuePorts {
  readonly store: RunStore;
  readonly live: LiveRuns;
  readonly clock: Clock;
  /** Takes a run as far towards its job as it goes now. Must not reject. */
  send(id: RunId): Promise<void>;
  /** Does work on the database now, or once that can be written (WriteRetry). */
  insist(key: string, work: () => void, about: () => readonly RunId[]): void;
}

/**
 * The runs on their way to the server, and when each has its turn. What cannot be sent just now waits with its reason,
 * all of a profile's runs at once; nothing of a held profile is tried, also while the database cannot be told so.
 */
export class SendQueue {
  readonly #ports: SendQueuePorts;
  readonly #gate = new Gate();
  /** One for each server, so that none waits for the jobs of another. */
  readonly #queues = new Map<ProfileId, FairQueue<LiveRun>>();
  #parallelRuns = 3;
  /** Runs that came back from being sent as they went: they are not tried again before their profile is lifted. */
  readonly #aside = new Set<RunId>();
  /** Runs that can still be taken back, with what calls off their sending. A new start of the program sends them. */
  readonly #early = new Map<RunId, () => void>();
  #closed = false;

  constructor(ports: SendQueuePorts) {
    this.#ports = ports;
  }

  configure({ parallelRuns, paused }: { readonly parallelRuns: number; readonly paused: boolean }): void {
    this.#parallelRuns = parallelRuns;
    for (const queue of this.#queues.values()) queue.limit(parallelRuns);
    this.#gate.paused = paused;
    this.#ports.insist(
      'pause',
      () => {
        if (!this.#gate.paused) this.#ports.store.release(this.#pausedRuns());
        this.#holdBack();
        this.pump();
      },
      () => (this.#gate.paused ? this.#queuedRuns() : this.#pausedRuns()),
    );
  }

  add(ids: readonly RunId[]): void {
    for (const id of ids) {
      const run = this.#ports.live.get(id);
      if (run !== null) this.#queueOf(run.profileId).add(run);
    }
    this.#holdBack();
    this.pump();
  }

  /** Sends these runs only after a while, in ms, in which they can be taken back. To be told before they are added. */
  holdFor(ids: readonly RunId[], ms: number): void {
    const cancel = this.#ports.clock.after(ms, () => {
      for (const id of ids) this.#early.delete(id);
      this.pump();
    });
    for (const id of ids) this.#early.set(id, cancel);
  }

  /** Whether nothing of these runs was sent, nor will be before the time to take them back is over. */
  areEarly(ids: readonly RunId[]): boolean {
    return ids.every((id) => this.#early.has(id));
  }

  remove(id: RunId): void {
    this.#early.delete(id);
    for (const queue of this.#queues.values()) queue.remove(id);
    this.pump();
  }

  /** Nothing of this profile can be sent, and why. */
  hold(profileId: ProfileId, hold: Hold): void {
    this.#gate.hold(profileId, hold);
    this.#holdBack();
  }

  /** It may be tried again. Runs that wait are released by whoever lifts. */
  lift(profileId: ProfileId): void {
    this.#gate.lift(profileId);
    for (const id of this.#aside) {
      const run = this.#ports.live.get(id);
      if (run === null || run.profileId === profileId) this.#aside.delete(id);
    }
  }

  /** Sends what has its turn now. */
  pump(): void {
    for (const [profileId, queue] of this.#queues) {
      for (;;) {
        if (this.#closed) return;
        const running = this.#ports.live.of(profileId, 'running').length;
        const next = queue.next(running, (item) => this.#maySend(item.id));
        if (next === null) break;
        void this.#send(next.id, queue);
      }
    }
  }

  close(): void {
    this.#closed = true;
    for (const cancel of this.#early.values()) cancel();
  }

  #queueOf(profileId: ProfileId): FairQueue<LiveRun> {
    const known = this.#queues.get(profileId);
    if (known !== undefined) return known;
    const queue = new FairQueue<LiveRun>(this.#parallelRuns);
    this.#queues.set(profileId, queue);
    return queue;
  }

  async #send(id: RunId, queue: FairQueue<LiveRun>): Promise<void> {
    await this.#ports.send(id);
    const state = this.#ports.live.get(id)?.state;
    // One that could not go on keeps its place in its batch. Where not even a reason could be written, trying again at
    // once would be a loop without end.
    if (state === 'queued' || state === 'uploading') this.#aside.add(id);
    if (this.#isToBeSent(id)) queue.putBack(id);
    else queue.remove(id);
    this.pump();
  }

  #isToBeSent(id: RunId): boolean {
    return ['queued', 'waiting', 'uploading', 'starting'].includes(this.#ports.live.get(id)?.state ?? '');
  }

  #maySend(id: RunId): boolean {
    const run = this.#ports.live.get(id);
    if (run === null || this.#aside.has(id) || this.#early.has(id)) return false;
    return ['queued', 'uploading'].includes(run.state) && this.#gate.holdOf(run.profileId) === null;
  }

  #pausedRuns(): readonly RunId[] {
    const waiting = this.#ports.live.all().filter(({ state, reason }) => state === 'waiting' && reason === 'paused');
    return waiting.map(({ id }) => id);
  }

  #queuedRuns(): readonly RunId[] {
    return this.#heldBack().flatMap(({ ids }) => ids);
  }

  /** Queued runs that may not be sent, by what keeps them. */
  #heldBack(): readonly { readonly hold: Hold; readonly ids: readonly RunId[] }[] {
    const byProfile = Map.groupBy(this.#ports.live.in('queued'), ({ profileId }) => profileId);
    return [...byProfile].flatMap(([profileId, runs]) => {
      const hold = this.#gate.holdOf(profileId);
      return hold === null ? [] : [{ hold, ids: runs.map(({ id }) => id) }];
    });
  }

  #holdBack(): void {
    if (this.#heldBack().length === 0) return;
    this.#ports.insist(
      'hold back',
      () => {
        for (const { hold, ids } of this.#heldBack()) this.#ports.store.hold(ids, hold.reason, hold.detail);
      },
      () => this.#queuedRuns(),
    );
  }
}
