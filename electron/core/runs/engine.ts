import type { ProfileId, RunId } from '../../contract/views.ts';
import { Listeners } from '../listeners.ts';
import { OmnitoolError } from '../omnitool/errors.ts';
import { Carrier } from './carrier.ts';
import type { EngineOptions } from './engine-options.ts';
import { Fetching } from './fetching.ts';
import type { JobStand } from './job-board.ts';
import { JobWatch } from './job-watch.ts';
import type { LiveRun } from './live-runs.ts';
import { liveRunOf, LiveRuns } from './live-runs.ts';
import { isOwnerGone } from './owner.ts';
import { isForNow, Reconciler } from './reconciler.ts';
import type { JobOutcome, Run, RunIn } from './run.ts';
import { hasEnded, isIn } from './run.ts';
import { SendQueue } from './send-queue.ts';
import { Sender } from './sender.ts';
import { Stopping } from './stopping.ts';
import { Waiting } from './waiting.ts';

const WAKE_DELAY_MS = 2_000;

/** Carries runs from `queued` to an end. What it knows is in the database; a new engine goes on from there. */
export class RunEngine {
  readonly #options: EngineOptions;
  readonly #live: LiveRuns;
  readonly #watch: JobWatch;
  readonly #carrier: Carrier;
  readonly #queue: SendQueue;
  readonly #fetching: Fetching;
  readonly #waiting: Waiting;
  readonly #stopping: Stopping;
  readonly #strangers = new Listeners<JobStand>();
  readonly #ends: readonly (() => void)[];
  readonly #closing = new AbortController();

  constructor(options: EngineOptions) {
    this.#options = options;
    const { store, servers, sessions, reader, collector, clock, logger, random, owner } = options;
    this.#live = new LiveRuns(store, owner);
    const sender = new Sender({
      store,
      servers,
      sessions,
      clock,
      progress: (id, sent, total) => options.onUpload(id, { sent, total }),
      rest: (profileId, ms) => this.rest(profileId, ms),
      listening: (profileId) => this.#watch.ready(profileId),
    });
    this.#carrier = new Carrier({
      store,
      sender,
      collector,
      logger,
      stalled: (run, failure) => this.#stalled(run, failure),
    });
    this.#queue = new SendQueue({ store, live: this.#live, send: (id) => this.#send(id) });
    this.#fetching = new Fetching({
      store,
      live: this.#live,
      carrier: this.#carrier,
      reconciler: new Reconciler({
        store,
        servers,
        reader,
        mayAdopt: () => options.mayAdopt(),
        strangers: ({ recipeId, profileId }) => this.#watch.jobsOfOthers(profileId, recipeId),
      }),
      signal: this.#closing.signal,
      settled: (run) => this.#settled(run),
      failed: (profileId, failure, run) =>
        this.#note(profileId, failure, 'A lost start could not be looked into.', run),
    });
    this.#waiting = new Waiting({
      live: this.#live,
      servers,
      clock,
      random,
      isCarried: ({ id }) => this.#carrier.has(id),
      takeUp: (profileId, runs) => {
        this.#queue.lift(profileId);
        this.#goOn(runs);
        this.#watch.usable(profileId);
      },
      failed: (profileId, failure) => this.#note(profileId, failure, 'Waiting runs could not be taken up.', null),
    });
    this.#watch = new JobWatch({
      store,
      live: this.#live,
      servers,
      names: options.names,
      clock,
      logger,
      random,
      onProgress: (id, progress) => options.onProgress(id, progress),
      ended: (run, outcome) => this.#jobEnded(run.id, outcome),
      unheard: (run) => void this.#stopping.tell(run),
      failed: (profileId, failure, message) => this.#note(profileId, failure, message, null),
      stranger: (stand) => this.#strangers.tell(stand),
    });
    this.#stopping = new Stopping({
      store,
      servers,
      carrier: this.#carrier,
      queue: this.#queue,
      watch: this.#watch,
      failed: (profileId, failure, run) => this.#note(profileId, failure, 'A stop could not be told.', run),
    });
    this.#ends = [
      servers.onReady((profileId) => this.#waiting.wake(profileId)),
      store.onChange((change) => {
        if ('run' in change && hasEnded(change.run)) this.#forgetSession(change.run.id);
      }),
      () => this.#live.close(),
    ];
  }

  /** News of jobs that are no runs of this process. */
  onStranger(listener: (stand: JobStand) => void): () => void {
    return this.#strangers.add(listener);
  }

  /**
   * Goes on with what an earlier process left behind. A run that was just being started may or may not have reached
   * the server: it is unconfirmed, never sent again.
   */
  resume(): void {
    const { store, owner } = this.#options;
    for (const run of store.unfinished()) {
      if (isOwnerGone(run.owner, owner) && store.takeOver(run, owner)) this.#live.take(liveRunOf(run));
    }
    this.#goOn(this.#live.all());
    this.#options.sessions.tidy().catch((failure: unknown) => this.#unforeseen(failure));
  }

  /** Takes new runs. They are on disk before this returns. */
  submitAll(runs: readonly RunIn<'queued'>[]): void {
    this.#options.store.addAll(runs);
    this.#queue.add(runs.map(({ id }) => id));
  }

  /** Fetches the result of a run that was begun elsewhere and is stored. */
  takeFound(run: RunIn<'collecting'>): void {
    this.#goOn([liveRunOf(run)]);
  }

  /** How many runs are sent and run at the same time, and whether any are. */
  configure(settings: { readonly parallelRuns: number; readonly paused: boolean }): void {
    this.#queue.configure(settings);
  }

  /** Whether news of a profile's jobs is wanted also while nothing of ours runs there; null: of none. */
  listenTo(profileId: ProfileId | null): void {
    this.#watch.listenOnlyTo(profileId);
  }

  /**
   * Asks for the end of a run. Before the server has it that is immediate; after, the server finishes the block it
   * is at (wire 8). One that the server could not be told is told at the next look at its job. A run that ended
   * meanwhile is returned as it is.
   */
  stop(id: RunId): Promise<Run | null> {
    return this.#stopping.stop(id);
  }

  /** The user ends an unconfirmed run. */
  giveUp(run: RunIn<'unconfirmed'>): Run {
    return this.#options.store.move(run, 'failed', { reason: 'given-up' });
  }

  /**
   * Takes the one job that can be an unconfirmed run's for it, by the user's word.
   *
   * @returns null when it is not clear which job that is
   * @throws OmnitoolError, NotReady
   */
  async adopt(run: RunIn<'unconfirmed'>): Promise<Run | null> {
    const adopted = await this.#fetching.adopt(run);
    if (adopted !== null) this.#goOn([liveRunOf(adopted)]);
    return adopted;
  }

  /** A server asked to be left alone: nothing is tried before that is over. */
  rest(profileId: ProfileId, ms: number): void {
    this.#waiting.plan(profileId, ms);
  }

  /** The machine goes to sleep. */
  suspend(): void {
    this.#waiting.suspend();
    this.#watch.suspend();
  }

  /** The machine woke up: one look each, some seconds later, not all clients at once. */
  wakeUp(): void {
    this.#watch.resume(WAKE_DELAY_MS * (1 + this.#options.random()));
    this.#waiting.parkAll();
  }

  /** Lets go of everything; the runs stay as they are stored. */
  close(): void {
    this.#closing.abort();
    for (const end of this.#ends) end();
    this.suspend();
    this.#queue.close();
    this.#fetching.close();
    this.#waiting.close();
    this.#carrier.close();
  }

  /** The unfinished runs that this process carries, oldest first. */
  mine(): readonly LiveRun[] {
    return this.#live.all();
  }

  /** Takes up runs that nobody carries. One that was just being started may have been started: it is not sent again. */
  #goOn(runs: readonly LiveRun[]): void {
    this.#options.store.release(runs.filter(({ state }) => state === 'waiting').map(({ id }) => id));
    const toSend: RunId[] = [];
    for (const run of runs) {
      if (run.state === 'starting') this.#doubt(run.id);
      if (run.state === 'running') this.#watch.started(run);
      else if (run.state === 'starting' || run.state === 'collecting' || run.state === 'unconfirmed')
        this.#fetching.push(run.id);
      else toSend.push(run.id);
    }
    this.#queue.add(toSend);
  }

  #doubt(id: RunId): void {
    const run = this.#options.store.find(id);
    if (run !== null && isIn(run, 'starting')) this.#options.store.move(run, 'unconfirmed', { reason: 'answer-lost' });
  }

  async #send(id: RunId): Promise<void> {
    await this.#carrier.carry(id);
    this.#options.onUpload(id, null);
    const run = this.#live.get(id);
    if (run === null || this.#isClosed()) return;
    if (run.state === 'unconfirmed') this.#fetching.push(id);
    else this.#settled(run);
  }

  /** A run is as far as it goes now. */
  #settled(run: LiveRun): void {
    if (run.state === 'running') this.#started(run);
    else if (run.state === 'waiting') this.#held(run);
    else this.#waiting.park(run);
  }

  #started(run: LiveRun): void {
    this.#waiting.succeeded(run.profileId);
    this.#watch.started(run);
  }

  /** What keeps one run of a profile from being sent keeps them all. */
  #held(run: LiveRun): void {
    if (run.reason !== null) this.#queue.hold(run.profileId, { reason: run.reason, detail: null });
    this.#waiting.park(run);
  }

  /** What went wrong with the server is the connection's to tell; what nobody foresaw is for the log. */
  #note(profileId: ProfileId, failure: unknown, message: string, run: RunId | null): void {
    if (failure instanceof OmnitoolError) this.#options.servers.report(profileId, failure);
    else if (!isForNow(failure) && !this.#isClosed()) this.#options.logger.error(message, { run, failure });
  }

  #forgetSession(id: RunId): void {
    this.#options.sessions.forget(id).catch((failure: unknown) => this.#unforeseen(failure));
  }

  #unforeseen(failure: unknown): void {
    if (!this.#isClosed()) this.#options.logger.error('The session of a run could not be thrown away.', { failure });
  }

  #stalled(run: Run, failure: unknown): void {
    this.#options.onStalled(run.id, failure);
    this.#waiting.plan(run.profileId);
  }

  #jobEnded(id: RunId, outcome: JobOutcome): void {
    const now = this.#options.store.find(id);
    if (now === null || !isIn(now, 'running')) return;
    this.#options.store.move(now, 'collecting', { outcome });
    this.#options.onProgress(id, null);
    this.#watch.finished(now.profileId);
    this.#queue.pump();
    this.#fetching.push(id);
  }

  #isClosed(): boolean {
    return this.#closing.signal.aborted;
  }
}
