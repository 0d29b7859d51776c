import type { ProfileId, RunId, RunProgressView, RunReason } from '../../contract/views.ts';
import type { Clock } from '../clock.ts';
import { Listeners } from '../listeners.ts';
import type { Logger } from '../log/logger.ts';
import { OmnitoolError } from '../omnitool/errors.ts';
import type { Collector } from '../results/collector.ts';
import type { SessionReader } from '../results/session-reader.ts';
import type { RunStore } from '../store/run-store.ts';
import type { BlockNames } from './block-names.ts';
import { Carrier } from './carrier.ts';
import type { JobStand } from './job-board.ts';
import { JobWatch } from './job-watch.ts';
import { Lane } from './lane.ts';
import type { LiveRun } from './live-runs.ts';
import { liveRunOf, LiveRuns } from './live-runs.ts';
import { isOwnerGone } from './owner.ts';
import { isForNow, Reconciler } from './reconciler.ts';
import { Retry } from './retry.ts';
import type { JobOutcome, Run, RunIn } from './run.ts';
import { hasEnded, isIn } from './run.ts';
import type { RunSessions } from './run-sessions.ts';
import { SendQueue } from './send-queue.ts';
import { Sender } from './sender.ts';
import type { Servers } from './servers.ts';
import { NotReady } from './servers.ts';

/** Results that are fetched, and lost starts that are looked into, at a time. */
const PARALLEL_FETCHES = 3;
const WAKE_DELAY_MS = 2_000;

export interface EngineOptions {
  readonly store: RunStore;
  readonly servers: Servers;
  readonly sessions: RunSessions;
  readonly reader: SessionReader;
  readonly collector: Collector;
  readonly names: BlockNames;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly random: () => number;
  /** The name under which this process carries runs (owner.ts). */
  readonly owner: string;
  /** Whether the one job that can be an unconfirmed run's is taken for it without asking. */
  mayAdopt(): boolean;
  /** Told while a run uploads; null when it no longer does. */
  onUpload(runId: RunId, upload: { readonly sent: number; readonly total: number } | null): void;
  /** Told what the server is at; null when the run is no longer there. */
  onProgress(runId: RunId, progress: RunProgressView | null): void;
  /** Told why a run cannot be carried on where its row cannot tell it: the database itself fails. null: it goes on. */
  onStalled(runId: RunId, failure: unknown): void;
}

/** Carries runs from `queued` to an end. What it knows is in the database; a new engine goes on from there. */
export class RunEngine {
  readonly #options: EngineOptions;
  readonly #live: LiveRuns;
  readonly #watch: JobWatch;
  readonly #carrier: Carrier;
  readonly #queue: SendQueue;
  readonly #fetches: Lane;
  readonly #reconciler: Reconciler;
  readonly #retry: Retry;
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
    });
    this.#carrier = new Carrier({
      store,
      sender,
      collector,
      logger,
      stalled: (run, failure) => this.#stalled(run, failure),
    });
    this.#queue = new SendQueue({ store, live: this.#live, send: (id) => this.#send(id) });
    this.#fetches = new Lane(PARALLEL_FETCHES, (id) => this.#fetch(id));
    this.#reconciler = new Reconciler({
      store,
      servers,
      reader,
      mayAdopt: () => options.mayAdopt(),
      strangers: ({ recipeId, profileId }) => this.#watch.jobsOfOthers(profileId, recipeId),
    });
    this.#retry = new Retry(clock, random, (profileId) => this.#tryAgain(profileId));
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
      unheard: (run) => void this.#tellStop(run),
      looked: (profileId, failure) => this.#looked(profileId, failure),
      stranger: (stand) => this.#strangers.tell(stand),
    });
    this.#ends = [
      servers.onReady((profileId) => this.#wake(profileId)),
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
  async stop(id: RunId): Promise<Run | null> {
    const { store } = this.#options;
    const run = store.find(id);
    if (run === null || hasEnded(run) || isIn(run, 'collecting', 'unconfirmed')) return run;
    if (isIn(run, 'queued', 'waiting') && !this.#carrier.has(id)) {
      this.#queue.remove(id);
      return store.move(run, 'stopped');
    }
    const asked = store.requestStop(id);
    if (isIn(asked, 'uploading')) this.#carrier.cut(id);
    if (isIn(asked, 'running')) {
      store.explain(asked, 'stopping');
      await this.#tellStop(liveRunOf(asked));
      this.#watch.look(asked.profileId);
    }
    return store.find(id);
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
    const adopted = await this.#reconciler.adopt(run, this.#closing.signal);
    if (adopted !== null) this.#goOn([liveRunOf(adopted)]);
    return adopted;
  }

  /** A server asked to be left alone: nothing is tried before that is over. */
  rest(profileId: ProfileId, ms: number): void {
    this.#retry.plan(profileId, ms);
  }

  /** The machine goes to sleep. */
  suspend(): void {
    this.#retry.cancelAll();
    this.#watch.suspend();
  }

  /** The machine woke up: one look each, some seconds later, not all clients at once. */
  wakeUp(): void {
    this.#watch.resume(WAKE_DELAY_MS * (1 + this.#options.random()));
    for (const run of this.#live.all()) if (canBeLifted(run)) this.#retry.plan(run.profileId);
  }

  /** Lets go of everything; the runs stay as they are stored. */
  close(): void {
    this.#closing.abort();
    for (const end of this.#ends) end();
    this.suspend();
    this.#queue.close();
    this.#fetches.close();
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
        this.#fetches.push(run.id);
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
    if (run.state === 'running') this.#started(run);
    else if (run.state === 'unconfirmed') this.#fetches.push(id);
    else if (run.state === 'waiting') this.#held(run);
    else this.#park(run);
  }

  #started(run: LiveRun): void {
    this.#retry.succeeded(run.profileId);
    this.#watch.started(run);
  }

  /** What keeps one run of a profile from being sent keeps them all. */
  #held(run: LiveRun): void {
    if (run.reason !== null) this.#queue.hold(run.profileId, { reason: run.reason, detail: null });
    this.#park(run);
  }

  #park(run: LiveRun): void {
    if (!this.#isClosed() && canBeLifted(run)) this.#retry.plan(run.profileId);
  }

  async #fetch(id: RunId): Promise<void> {
    if (this.#live.get(id)?.state === 'unconfirmed') await this.#lookInto(id);
    else await this.#carrier.carry(id);
    const run = this.#live.get(id);
    if (run === null || this.#isClosed()) return;
    if (run.state === 'running') this.#started(run);
    else this.#park(run);
  }

  async #lookInto(id: RunId): Promise<void> {
    const run = this.#options.store.find(id);
    if (run === null || !isIn(run, 'unconfirmed')) return;
    try {
      await this.#reconciler.look(run, this.#closing.signal);
    } catch (failure) {
      this.#note(run.profileId, failure, 'A lost start could not be looked into.', id);
    }
  }

  async #tellStop({ id, profileId, jobId }: LiveRun): Promise<void> {
    if (jobId === null) return;
    try {
      const server = await this.#options.servers.serverFor(profileId);
      await server.stop(jobId);
    } catch (failure) {
      this.#note(profileId, failure, 'A stop could not be told.', id);
    }
  }

  /** Waiting runs go on when the profile answers again; one question for all of them. */
  async #tryAgain(profileId: ProfileId): Promise<boolean> {
    if (this.#isClosed()) return true;
    try {
      const waits = (run: LiveRun): boolean =>
        run.profileId === profileId && !this.#carrier.has(run.id) && canBeLifted(run);
      if (!this.#live.all().some(waits)) return true;
      const ready = await this.#options.servers.check(profileId);
      if (ready) this.#wake(profileId);
      return ready || this.#isClosed();
    } catch (failure) {
      this.#note(profileId, failure, 'Waiting runs could not be taken up.', null);
      return this.#isClosed();
    }
  }

  #wake(profileId: ProfileId): void {
    if (this.#isClosed()) return;
    try {
      this.#takeUp(profileId);
    } catch (failure) {
      // A database that cannot be written just now.
      this.#note(profileId, failure, 'Waiting runs could not be taken up.', null);
      this.#retry.plan(profileId);
    }
  }

  #takeUp(profileId: ProfileId): void {
    this.#queue.lift(profileId);
    const idle = this.#live
      .all()
      .filter(
        (run) =>
          run.profileId === profileId &&
          run.state !== 'running' &&
          run.reason !== 'paused' &&
          !this.#carrier.has(run.id) &&
          !isLookedInto(run),
      );
    this.#goOn(idle);
    this.#watch.ready(profileId);
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
    this.#retry.plan(run.profileId);
  }

  #jobEnded(id: RunId, outcome: JobOutcome): void {
    const now = this.#options.store.find(id);
    if (now === null || !isIn(now, 'running')) return;
    this.#options.store.move(now, 'collecting', { outcome });
    this.#options.onProgress(id, null);
    this.#watch.finished(now.profileId);
    this.#queue.pump();
    this.#fetches.push(id);
  }

  /** A job that cannot be looked at is not silent about it; one whose server was forgotten comes to its end. */
  #looked(profileId: ProfileId, failure: unknown): void {
    try {
      if (failure === null) this.#options.servers.report(profileId, null);
      else this.#note(profileId, failure, 'Running jobs could not be looked at.', null);
      const reason = failure === null ? null : reasonOf(failure);
      for (const run of this.#live.of(profileId, 'running')) {
        if (reason === 'profile-forgotten') this.#jobEnded(run.id, 'unknown');
        else this.#explain(run, reason ?? (run.stopRequested ? 'stopping' : null));
      }
    } catch (unforeseen) {
      this.#note(profileId, unforeseen, 'Running jobs could not be looked after.', null);
    }
  }

  #explain(run: LiveRun, reason: RunReason | null): void {
    if (run.reason === reason) return;
    const found = this.#options.store.find(run.id);
    if (found !== null) this.#options.store.explain(found, reason);
  }

  #isClosed(): boolean {
    return this.#closing.signal.aborted;
  }
}

const reasonOf = (failure: unknown): RunReason =>
  failure instanceof NotReady
    ? failure.reason
    : failure instanceof OmnitoolError && failure.code === 'unauthorized'
      ? 'token-refused'
      : 'server-away';

/** Reasons that only the user can lift: asking again would change nothing, a new token wakes the run (Servers.onReady). */
const NEEDS_USER: readonly (RunReason | null)[] = ['token-expired', 'token-refused', 'token-absent', 'paused'];

/** What there is to know of its job is known; the rest is the user's. */
const isLookedInto = (run: LiveRun): boolean => run.state === 'unconfirmed' && run.candidates !== null;

/** Does not go on just now for a reason that asking again can lift. Those that run have their watcher. */
const canBeLifted = (run: LiveRun): boolean =>
  run.state !== 'running' && !isLookedInto(run) && !NEEDS_USER.includes(run.reason);
