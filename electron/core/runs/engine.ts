import type { ProfileId, RunId, RunReason } from '../../contract/views.ts';
import type { Clock } from '../clock.ts';
import type { Logger } from '../log/logger.ts';
import { OmnitoolError } from '../omnitool/errors.ts';
import type { Collector } from '../results/collector.ts';
import type { RunStore } from '../store/run-store.ts';
import { isOwnerGone } from './owner.ts';
import { Retry } from './retry.ts';
import type { JobOutcome, Run, RunIn } from './run.ts';
import { hasEnded, isIn } from './run.ts';
import { Sender } from './sender.ts';
import type { Servers } from './servers.ts';
import { NotReady } from './servers.ts';
import { Watcher } from './watcher.ts';

/** How many runs read, upload and start at once; the server stalls on several large images (wire 4). */
const PARALLEL_SENDS = 3;
const WAKE_DELAY_MS = 2_000;

export interface EngineOptions {
  readonly store: RunStore;
  readonly servers: Servers;
  readonly collector: Collector;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly random: () => number;
  /** The name under which this process carries runs (owner.ts). */
  readonly owner: string;
  /** Told while a run uploads; null when it no longer does. */
  onProgress(runId: RunId, progress: { readonly sent: number; readonly total: number } | null): void;
}

/** Carries runs from `queued` to an end. What it knows is in the database; a new engine goes on from there. */
export class RunEngine {
  readonly #options: EngineOptions;
  readonly #sender: Sender;
  readonly #retry: Retry;
  readonly #watchers = new Map<ProfileId, Watcher>();
  readonly #carried = new Map<RunId, AbortController>();
  readonly #queue: RunId[] = [];
  readonly #endReadySubscription: () => void;
  #sending = 0;
  #closed = false;

  constructor(options: EngineOptions) {
    this.#options = options;
    const { store, servers, clock } = options;
    this.#sender = new Sender({
      store,
      servers,
      clock,
      progress: (id, sent, total) => options.onProgress(id, { sent, total }),
    });
    this.#retry = new Retry(clock, options.random, (profileId) => this.#tryAgain(profileId));
    this.#endReadySubscription = servers.onReady((profileId) => this.#wake(profileId));
  }

  /**
   * Goes on with what an earlier process left behind. A run that was just being started may or may not have reached
   * the server: it is unconfirmed, never sent again.
   */
  resume(): void {
    const { store, owner } = this.#options;
    for (const run of store.unfinished()) {
      if (isOwnerGone(run.owner, owner) && store.takeOver(run, owner)) this.#goOn(run);
    }
  }

  /** Takes a new run. It is on disk before this returns. */
  submit(run: RunIn<'queued'>): void {
    this.#options.store.add(run);
    this.#enqueue(run);
  }

  /**
   * Asks for the end of a run. Before the server has it that is immediate; after, the server finishes the block it
   * is at (wire 8). One that the server could not be told is told at the next look at its job. A run that ended
   * meanwhile is returned as it is.
   */
  async stop(id: RunId): Promise<Run | null> {
    const { store } = this.#options;
    const run = store.find(id);
    if (run === null || hasEnded(run) || isIn(run, 'collecting', 'unconfirmed')) return run;
    if (isIn(run, 'queued', 'waiting') && !this.#carried.has(id)) return store.move(run, 'stopped');
    const asked = store.requestStop(id);
    if (isIn(asked, 'uploading')) this.#carried.get(id)?.abort();
    if (isIn(asked, 'running')) {
      await this.#tellStop(asked);
      this.#watcher(asked.profileId).poke();
    }
    return store.find(id);
  }

  /** The user ends an unconfirmed run. */
  giveUp(run: RunIn<'unconfirmed'>): Run {
    return this.#options.store.move(run, 'failed', { reason: 'given-up' });
  }

  /** The machine goes to sleep. */
  suspend(): void {
    this.#retry.cancelAll();
    for (const watcher of this.#watchers.values()) watcher.suspend();
  }

  /** The machine woke up: one look each, some seconds later, not all clients at once. */
  wakeUp(): void {
    const delay = WAKE_DELAY_MS * (1 + this.#options.random());
    for (const watcher of this.#watchers.values()) watcher.resume(delay);
    for (const run of this.mine()) if (canBeLifted(run)) this.#retry.plan(run.profileId);
  }

  /** Lets go of everything; the runs stay as they are stored. */
  close(): void {
    this.#closed = true;
    this.#endReadySubscription();
    this.suspend();
    for (const controller of this.#carried.values()) controller.abort();
  }

  /** The unfinished runs that this process carries, oldest first. */
  mine(): readonly Run[] {
    return this.#options.store.unfinished().filter((run) => run.owner === this.#options.owner);
  }

  /** Takes up a run that nobody carries. One that was just being started may have been started: it is not sent again. */
  #goOn(run: Run): void {
    const { store } = this.#options;
    if (isIn(run, 'starting')) store.move(run, 'unconfirmed', { reason: 'answer-lost' });
    else this.#enqueue(isIn(run, 'waiting') ? store.move(run, 'queued') : run);
  }

  #enqueue(run: Run): void {
    if (isIn(run, 'running')) this.#watcher(run.profileId).poke();
    else if (!isIn(run, 'unconfirmed') && !this.#queue.includes(run.id)) this.#queue.push(run.id);
    this.#pump();
  }

  #pump(): void {
    while (!this.#closed && this.#sending < PARALLEL_SENDS) {
      const id = this.#queue.shift();
      if (id === undefined) return;
      if (this.#carried.has(id)) continue;
      this.#sending += 1;
      void this.#carry(id).finally(() => {
        this.#sending -= 1;
        this.#pump();
      });
    }
  }

  /** Takes one run as far as it goes now. */
  async #carry(id: RunId): Promise<void> {
    const controller = new AbortController();
    this.#carried.set(id, controller);
    let run: Run | null = null;
    let isStalled = false;
    try {
      run = this.#options.store.find(id);
      let next = run === null ? null : await this.#step(run, controller.signal);
      while (next !== null && next.state !== run?.state && !this.#closed) {
        run = next;
        next = await this.#step(run, controller.signal);
      }
    } catch (failure) {
      // Cut short by `close`: the row is as it was, and the next start goes on from it.
      if (this.#closed) return;
      // A database that cannot be written, say. The row is as it was; a later try, or the next start, goes on from it.
      this.#options.logger.error('A run could not be carried on.', { run: id, failure });
      isStalled = true;
    } finally {
      this.#carried.delete(id);
      this.#options.onProgress(id, null);
    }
    if (isStalled && run !== null) this.#retry.plan(run.profileId);
  }

  /** One step of a run's life; null or an unchanged state: nothing more to do here now. */
  async #step(run: Run, signal: AbortSignal): Promise<Run | null> {
    const { store } = this.#options;
    if (isIn(run, 'queued')) return run.stopRequested ? store.move(run, 'stopped') : store.move(run, 'uploading');
    if (isIn(run, 'uploading'))
      return run.stopRequested ? store.move(run, 'stopped') : this.#sender.upload(run, signal);
    if (isIn(run, 'starting')) return run.stopRequested ? store.move(run, 'stopped') : this.#sender.start(run);
    if (isIn(run, 'collecting')) return this.#collect(run, signal);
    if (isIn(run, 'waiting')) return this.#park(run);
    if (isIn(run, 'running')) this.#watch(run);
    return null;
  }

  async #collect(run: RunIn<'collecting'>, signal: AbortSignal): Promise<Run | null> {
    const after = await this.#options.collector.collect(run, signal);
    return hasEnded(after) ? after : this.#park(after);
  }

  /** A stop that was asked for while the start was under way is told at the first look. */
  #watch(run: RunIn<'running'>): void {
    this.#retry.succeeded(run.profileId);
    this.#watcher(run.profileId).poke();
  }

  async #tellStop({ id, profileId, jobId }: RunIn<'running'>): Promise<void> {
    if (jobId === null) return;
    try {
      const server = await this.#options.servers.serverFor(profileId);
      await server.stop(jobId);
    } catch (failure) {
      this.#note(profileId, failure, 'A stop could not be told.', id);
    }
  }

  #park(run: Run): null {
    if (!this.#closed && canBeLifted(run)) this.#retry.plan(run.profileId);
    return null;
  }

  /** Waiting runs go on when the profile answers again; one question for all of them. */
  async #tryAgain(profileId: ProfileId): Promise<boolean> {
    if (this.#closed) return true;
    try {
      const waits = (run: Run): boolean =>
        run.profileId === profileId && !this.#carried.has(run.id) && canBeLifted(run);
      if (!this.mine().some(waits)) return true;
      const ready = await this.#options.servers.check(profileId);
      if (ready) this.#wake(profileId);
      return ready || this.#closed;
    } catch (failure) {
      this.#note(profileId, failure, 'Waiting runs could not be taken up.', null);
      return this.#closed;
    }
  }

  #wake(profileId: ProfileId): void {
    if (this.#closed) return;
    for (const run of this.mine()) if (run.profileId === profileId && !this.#carried.has(run.id)) this.#goOn(run);
  }

  /** What went wrong with the server is the connection's to tell; what nobody foresaw is for the log. */
  #note(profileId: ProfileId, failure: unknown, message: string, run: RunId | null): void {
    if (failure instanceof OmnitoolError) this.#options.servers.report(profileId, failure);
    else if (!(failure instanceof NotReady || this.#closed)) this.#options.logger.error(message, { run, failure });
  }

  #watcher(profileId: ProfileId): Watcher {
    const known = this.#watchers.get(profileId);
    if (known !== undefined) return known;
    const { servers, clock, random } = this.#options;
    const running = (): readonly RunIn<'running'>[] =>
      this.mine().filter((run): run is RunIn<'running'> => isIn(run, 'running') && run.profileId === profileId);
    const watcher = new Watcher({
      clock,
      random,
      running,
      listJobs: async () => (await servers.serverFor(profileId)).listJobs(),
      ended: (run, outcome) => this.#jobEnded(run.id, outcome),
      unheard: (run) => void this.#tellStop(run),
      looked: (failure) => this.#looked(profileId, running, failure),
    });
    this.#watchers.set(profileId, watcher);
    return watcher;
  }

  #jobEnded(id: RunId, outcome: JobOutcome): void {
    const now = this.#options.store.find(id);
    if (now !== null && isIn(now, 'running')) this.#enqueue(this.#options.store.move(now, 'collecting', { outcome }));
  }

  /** A job that cannot be looked at is not silent about it; one whose server was forgotten comes to its end. */
  #looked(profileId: ProfileId, running: () => readonly RunIn<'running'>[], failure: unknown): void {
    try {
      if (failure === null) this.#options.servers.report(profileId, null);
      else this.#note(profileId, failure, 'Running jobs could not be looked at.', null);
      const reason = failure === null ? null : reasonOf(failure);
      for (const run of running()) {
        if (reason === 'profile-forgotten') this.#jobEnded(run.id, 'unknown');
        else this.#options.store.explain(run, reason);
      }
    } catch (unforeseen) {
      this.#note(profileId, unforeseen, 'Running jobs could not be looked after.', null);
    }
  }
}

const reasonOf = (failure: unknown): RunReason =>
  failure instanceof NotReady
    ? failure.reason
    : failure instanceof OmnitoolError && failure.code === 'unauthorized'
      ? 'token-refused'
      : 'server-away';

/** Reasons that only the user can lift: asking again would change nothing, a new token wakes the run (Servers.onReady). */
const NEEDS_USER: readonly (RunReason | null)[] = ['token-expired', 'token-refused', 'token-absent'];

/** Does not go on just now for a reason that asking again can lift. Those that run have their watcher. */
const canBeLifted = (run: Run): boolean =>
  isIn(run, 'queued', 'waiting', 'uploading', 'starting', 'collecting') && !NEEDS_USER.includes(run.reason);
