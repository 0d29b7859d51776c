import type { ProfileId, RunId, RunReason } from '../../../contract/views.ts';
import type { LiveRun } from '../live-runs.ts';
import type { Stage } from '../stage.ts';
import { FairQueue } from './fair-queue.ts';
import type { Sender } from './sender.ts';

type Parts = Pick<Stage, 'store' | 'live' | 'clock' | 'writes' | 'processor' | 'events' | 'signal'>;

/**
 * Decides which run is sent next, fairly for all batches. Runs of a paused or held profile wait with the
 * reason, and none of them is sent, also while the database cannot store the reason.
 */
export class SendQueue {
  readonly #parts: Parts;
  readonly #sender: Pick<Sender, 'step'>;
  /** One for each server, so that none waits for the jobs of another. */
  readonly #queues = new Map<ProfileId, FairQueue<LiveRun>>();
  #parallelRuns = 3;
  #isPaused = false;
  /** Why nothing can be sent to a server. */
  readonly #held = new Map<ProfileId, RunReason>();
  /** Runs that sending left unchanged. They are not tried again before `lift`, which prevents an endless loop. */
  readonly #aside = new Set<RunId>();
  /** Runs that the user can still undo, with a function that cancels their timer. The next start sends them. */
  readonly #early = new Map<RunId, () => void>();

  constructor(parts: Parts, sender: Pick<Sender, 'step'>) {
    this.#parts = parts;
    this.#sender = sender;
  }

  /** `parallelRuns`: how many runs of a server are sent or running at the same time. */
  configure({ parallelRuns, paused }: { readonly parallelRuns: number; readonly paused: boolean }): void {
    this.#parallelRuns = parallelRuns;
    for (const queue of this.#queues.values()) queue.limit(parallelRuns);
    this.#isPaused = paused;
    void this.#parts.writes.writeEventually(
      'pause',
      () => {
        if (!this.#isPaused) this.#parts.store.release(this.#pausedRuns());
        this.#holdBack();
        this.pump();
      },
      () => (this.#isPaused ? this.#queuedRuns() : this.#pausedRuns()),
    );
  }

  /** Whether this is one run that is sent as soon as it is added, because no other waits. */
  isFree([run, ...others]: readonly Pick<LiveRun, 'profileId'>[]): boolean {
    if (run === undefined || others.length > 0 || this.#holdOf(run.profileId) !== null) return false;
    const { live, signal } = this.#parts;
    const queue = this.#queueOf(run.profileId);
    const atWork = queue.taken + live.of(run.profileId, 'running').length;
    return !signal.aborted && queue.waiting === 0 && atWork < this.#parallelRuns;
  }

  /** Queues runs behind the others of their batch. */
  add(ids: readonly RunId[]): void {
    for (const id of ids) {
      const run = this.#parts.live.get(id);
      if (run !== null) this.#queueOf(run.profileId).add(run);
    }
    this.#holdBack();
    this.pump();
  }

  /** Sends these runs only after `ms`, in which the user can undo them. Must be called before they are added. */
  holdFor(ids: readonly RunId[], ms: number): void {
    const cancel = this.#parts.clock.after(ms, () => {
      for (const id of ids) this.#early.delete(id);
      this.pump();
    });
    for (const id of ids) this.#early.set(id, cancel);
  }

  /** Whether none of these runs was sent, and the time to undo them is not over. */
  areEarly(ids: readonly RunId[]): boolean {
    return ids.every((id) => this.#early.has(id));
  }

  /** Removes a run that was stopped. */
  remove(id: RunId): void {
    this.#early.delete(id);
    for (const queue of this.#queues.values()) queue.remove(id);
    this.pump();
  }

  /** Nothing of this profile can be sent, for this reason, until `lift`. */
  hold(profileId: ProfileId, reason: RunReason): void {
    this.#held.set(profileId, reason);
    this.#holdBack();
  }

  /** The profile may be tried again. The caller releases the runs that wait. */
  lift(profileId: ProfileId): void {
    this.#held.delete(profileId);
    for (const id of this.#aside) {
      const run = this.#parts.live.get(id);
      if (run === null || run.profileId === profileId) this.#aside.delete(id);
    }
  }

  /** Sends the runs whose turn it is. */
  pump(): void {
    for (const [profileId, queue] of this.#queues) {
      for (;;) {
        if (this.#parts.signal.aborted) return;
        const running = this.#parts.live.of(profileId, 'running').length;
        const next = queue.next(running, (item) => this.#maySend(item.id));
        if (next === null) break;
        void this.#send(next.id, queue);
      }
    }
  }

  close(): void {
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
    const { processor, events, live, signal } = this.#parts;
    await processor.process(id, (run, ends) => this.#sender.step(run, ends));
    events.emit('upload', { runId: id, upload: null });
    const run = live.get(id);
    if (run !== null && !signal.aborted) events.emit('sent', run);
    const state = live.get(id)?.state ?? '';
    if (['queued', 'uploading'].includes(state)) this.#aside.add(id);
    // A run that could not be sent keeps its place in its batch.
    if (['queued', 'waiting', 'uploading', 'starting'].includes(state)) queue.requeue(id);
    else queue.remove(id);
    this.pump();
  }

  #maySend(id: RunId): boolean {
    const run = this.#parts.live.get(id);
    if (run === null || this.#aside.has(id) || this.#early.has(id)) return false;
    return ['queued', 'uploading'].includes(run.state) && this.#holdOf(run.profileId) === null;
  }

  #holdOf(profileId: ProfileId): RunReason | null {
    return this.#isPaused ? 'paused' : (this.#held.get(profileId) ?? null);
  }

  #pausedRuns(): readonly RunId[] {
    const waiting = this.#parts.live.all().filter(({ state, reason }) => state === 'waiting' && reason === 'paused');
    return waiting.map(({ id }) => id);
  }

  #queuedRuns(): readonly RunId[] {
    return this.#heldBack().flatMap(({ ids }) => ids);
  }

  /** Queued runs that may not be sent, by the reason. */
  #heldBack(): readonly { readonly reason: RunReason; readonly ids: readonly RunId[] }[] {
    const byProfile = Map.groupBy(this.#parts.live.in('queued'), ({ profileId }) => profileId);
    return [...byProfile].flatMap(([profileId, runs]) => {
      const reason = this.#holdOf(profileId);
      return reason === null ? [] : [{ reason, ids: runs.map(({ id }) => id) }];
    });
  }

  #holdBack(): void {
    if (this.#heldBack().length === 0) return;
    void this.#parts.writes.writeEventually(
      'hold back',
      () => {
        for (const { reason, ids } of this.#heldBack()) this.#parts.store.hold(ids, reason, null);
      },
      () => this.#queuedRuns(),
    );
  }
}
