import { isEnded, type ProfileId, RUN_REASONS, type RunId } from '../../contract/views.ts';
import { Emitter } from '../base/emitter.ts';
import { sqliteDiskCode } from '../base/sqlite-error.ts';
import { isOwnerGone } from '../model/owner.ts';
import { isIn, type Run, type RunIn } from '../model/run.ts';
import { Cancellation } from './cancellation.ts';
import type { ArtifactFetcher } from './collect/artifact-fetcher.ts';
import { CollectQueue } from './collect/collect-queue.ts';
import { Collector } from './collect/collector.ts';
import { Reconciler } from './collect/reconciler.ts';
import { SessionListener } from './collect/session-listener.ts';
import { SessionReader } from './collect/session-reader.ts';
import { reportFailure } from './failure-policy.ts';
import { type LiveRun, liveRunOf, LiveRuns, withoutStaleFindings } from './live-runs.ts';
import { RetryScheduler } from './retry-scheduler.ts';
import type { JobSnapshot, RunEvents } from './run-events.ts';
import { RunProcessor } from './run-processor.ts';
import { SendQueue } from './send/send-queue.ts';
import { Sender } from './send/sender.ts';
import type { EngineOptions, Stage } from './stage.ts';
import { JobTracker } from './watch/job-tracker.ts';
import { WriteRetry } from './write-retry.ts';

const WAKE_DELAY_MS = 2_000;
const SESSION_KEPT = 'The session of a run could not be removed.';

/**
 * Takes runs from `queued` to their end: send, watch, collect. The stages publish events (RunEvents); the engine
 * subscribes to them and calls the next stage. Its state is in the database, and a new engine continues from there.
 */
export class RunEngine {
  readonly #stage: Stage;
  readonly #queue: SendQueue;
  readonly #tracker: JobTracker;
  readonly #reader: SessionReader;
  readonly #reconciler: Reconciler;
  readonly #collectQueue: CollectQueue;
  readonly #listener: SessionListener;
  readonly #retries: RetryScheduler;
  readonly #cancellation: Cancellation;
  readonly #closing = new AbortController();
  readonly #subscriptions: readonly (() => void)[];

  constructor(options: EngineOptions, fetcher: ArtifactFetcher) {
    const { store, servers, clock, owner } = options;
    const events = new Emitter<RunEvents>();
    const stage: Stage = {
      ...options,
      events,
      live: new LiveRuns(store, owner),
      writes: new WriteRetry(clock, events),
      processor: new RunProcessor(store, events),
      signal: this.#closing.signal,
    };
    this.#stage = stage;
    this.#tracker = new JobTracker(stage);
    this.#queue = new SendQueue(stage, new Sender(stage, this.#tracker));
    this.#reader = new SessionReader(stage);
    this.#reconciler = new Reconciler(stage, this.#reader, this.#tracker);
    this.#collectQueue = new CollectQueue(stage, new Collector(stage, this.#reader, fetcher), this.#reconciler);
    this.#listener = new SessionListener(stage, this.#reader);
    this.#retries = new RetryScheduler(stage);
    this.#cancellation = new Cancellation(stage, this.#queue, this.#tracker);
    this.#subscribe(stage);
    this.#subscriptions = [
      servers.onReady((profileId) => this.#retries.wake(profileId)),
      store.onChange((change) => {
        if ('run' in change && isEnded(change.run)) this.#forgetSession(change.run.id);
      }),
      () => stage.live.close(),
    ];
  }

  /** What follows each event of a stage. */
  #subscribe({ events, display }: Stage): void {
    events.on('upload', ({ runId, upload }) => display.setUpload(runId, upload));
    events.on('sent', (run) => (run.state === 'unconfirmed' ? this.#collectQueue.push(run.id) : this.#settle(run)));
    events.on('progress', ({ runId, progress }) => display.setProgress(runId, progress));
    events.on('ended', (event) => this.#ended(event));
    events.on('said', (runId) => display.addSaid(runId));
    events.on('collected', (run) => this.#settle(run));
    events.on('stop-unknown', (run) => void this.#cancellation.request(run));
    events.on('needs-retry', ({ profileId, afterMs }) => this.#retries.plan(profileId, afterMs));
    events.on('usable', (event) => this.#usable(event));
    events.on('stalled', (event) => this.#stalled(event));
    events.on('not-written', (event) => this.#notWritten(event));
    events.on('failed', (event) => reportFailure(this.#stage, event));
  }

  /**
   * Stores and queues new runs. They are sent after `heldForMs` (`areEarly`), or at the next program start.
   *
   * @param also see `RunStore.addAll`
   */
  submitAll(runs: readonly RunIn<'queued'>[], heldForMs = 0, also?: () => void): void {
    const ids = runs.map(({ id }) => id);
    // A run that is sent at once is stored as such: that saves a write to the disk.
    const isNext = heldForMs === 0 && this.#queue.isFree(runs);
    const uploading = { state: 'uploading', sessionKept: true } as const;
    this.#stage.store.addAll(isNext ? runs.map((run) => ({ ...run, ...uploading })) : runs, also);
    if (heldForMs > 0) this.#queue.holdFor(ids, heldForMs);
    this.#queue.add(ids);
  }

  /** Whether these runs can still be undone: nothing of them was sent. */
  areEarly(ids: readonly RunId[]): boolean {
    return this.#queue.areEarly(ids);
  }

  /** A stage is done with a run for now. */
  #settle(run: LiveRun): void {
    if (run.state === 'running') {
      this.#retries.succeeded(run.profileId);
      this.#watch(run);
      return;
    }
    // A reason that holds one run of a profile holds all of them, unless it concerns that run alone.
    const isForAll = run.state === 'waiting' && run.reason !== null && RUN_REASONS[run.reason].ofOneRun !== true;
    if (isForAll) this.#queue.hold(run.profileId, run.reason);
    this.#retries.park(run);
  }

  #watch(run: LiveRun): void {
    this.#tracker.started(run);
    this.#listener.follow(run.profileId);
  }

  /** The job of a run has ended: its result is fetched, and the next run has room. */
  #ended({ runId, outcome }: RunEvents['ended']): void {
    const { store, display } = this.#stage;
    this.#write(`end ${runId}`, [runId], () => {
      const now = store.find(runId);
      if (now === null || !isIn(now, 'running')) return;
      store.move(now, 'collecting', { outcome });
      display.setProgress(runId, null);
      this.#tracker.finished(now.profileId);
      this.#listener.finished(now);
      this.#queue.pump();
      this.#collectQueue.push(runId);
    });
  }

  /** A profile can be used (again): its runs continue. */
  #usable({ profileId, runs }: RunEvents['usable']): void {
    this.#queue.lift(profileId);
    this.#continue(`profile ${profileId}`, runs);
    this.#tracker.usable(profileId);
    this.#listener.usable(profileId);
  }

  /**
   * Continues the runs of an earlier process. A run that was being started may have reached the server: it becomes
   * unconfirmed and is never sent again.
   *
   * @param isWanted which runs; all by default
   * @returns whether that is done. If the database cannot be written now, it follows later.
   */
  resume(isWanted: (run: Run) => boolean = () => true): boolean {
    const { store, owner, live, writes, sessions } = this.#stage;
    let isDone = false;
    void writes.writeEventually(
      'resume',
      () => {
        for (const run of store.unfinished()) {
          if (isWanted(run) && isOwnerGone(run.owner, owner) && store.takeOver(run, owner))
            live.take(liveRunOf(withoutStaleFindings(store, run)));
        }
        this.#continue('all', live.all());
        isDone = true;
      },
      () => store.unfinished().flatMap((run) => (isOwnerGone(run.owner, owner) ? [run.id] : [])),
    );
    sessions.tidy().catch((failure: unknown) => reportFailure(this.#stage, { message: SESSION_KEPT, failure }));
    return isDone;
  }

  /** Gives each run to the stage of its state. */
  #continue(key: string, runs: readonly LiveRun[]): void {
    const { store, live } = this.#stage;
    const ids = runs.map(({ id }) => id);
    this.#write(`go on, ${key}`, ids, () => {
      const now = ids.flatMap((id) => live.get(id) ?? []);
      store.release(now.filter(({ state }) => state === 'waiting').map(({ id }) => id));
      const toSend: RunId[] = [];
      for (const run of now) {
        const stored = run.state === 'starting' ? store.find(run.id) : null;
        if (stored !== null && isIn(stored, 'starting')) store.move(stored, 'unconfirmed', { reason: 'answer-lost' });
        if (run.state === 'running') this.#watch(run);
        else if (run.state === 'starting' || run.state === 'collecting' || run.state === 'unconfirmed')
          this.#collectQueue.push(run.id);
        else toSend.push(run.id);
      }
      this.#queue.add(toSend);
    });
  }

  /** Fetches the result of a job that another client started and that is stored as a run. */
  collectExternal(run: RunIn<'collecting'>): void {
    this.#continue(`run ${run.id}`, [liveRunOf(run)]);
  }

  /** Calls `listener` when the event stream reports a job that is not a run of this process. */
  onExternalJob(listener: (job: JobSnapshot) => void): () => void {
    return this.#stage.events.on('external', listener);
  }

  /** How many runs of a server are sent or running at the same time, and whether sending is paused. */
  configure(settings: { readonly parallelRuns: number; readonly paused: boolean }): void {
    this.#queue.configure(settings);
  }

  /** The profile whose event stream stays open also while none of our runs is running; null: none. */
  listenTo(profileId: ProfileId | null): void {
    this.#tracker.listenOnlyTo(profileId);
  }

  /** See `Cancellation.stop`. */
  stop(id: RunId): Promise<Run | null> {
    return this.#cancellation.stop(id);
  }

  /** The user ends an unconfirmed run. */
  giveUp(run: RunIn<'unconfirmed'>): Run {
    return this.#stage.store.move(run, 'failed', { reason: 'given-up' });
  }

  /**
   * Takes the only job that can be the job of an unconfirmed run, at the user's request.
   *
   * @param jobId the job that the user chooses from several candidates
   * @returns null when it is not clear which job that is
   * @throws OmnitoolError, NotReady
   */
  async adopt(run: RunIn<'unconfirmed'>, jobId: string | null = null): Promise<Run | null> {
    const adopted = await this.#reconciler.adopt(run, jobId, this.#closing.signal);
    if (adopted !== null) this.#continue(`run ${run.id}`, [liveRunOf(adopted)]);
    return adopted;
  }

  /** Called before the machine sleeps. */
  suspend(): void {
    this.#retries.suspend();
    this.#tracker.suspend();
    this.#listener.suspend();
  }

  /** Called after sleep: checks everything once, after some seconds, so that not all clients ask at the same moment. */
  wakeUp(): void {
    this.#tracker.resume(WAKE_DELAY_MS * (1 + this.#stage.random()));
    this.#listener.resume();
    this.#retries.parkAll();
  }

  /** Ends all work; the runs stay as they are stored. */
  close(): void {
    this.#closing.abort();
    for (const end of this.#subscriptions) end();
    this.suspend();
    this.#queue.close();
    this.#collectQueue.close();
    this.#stage.processor.close();
    this.#stage.writes.close();
  }

  /** The unfinished runs of this process, oldest first. */
  mine(): readonly LiveRun[] {
    return this.#stage.live.all();
  }

  #forgetSession(id: RunId): void {
    this.#reader.forget(id);
    this.#stage.sessions
      .forget(id)
      .catch((failure: unknown) => reportFailure(this.#stage, { message: SESSION_KEPT, failure }));
  }

  #write(key: string, ids: readonly RunId[], work: () => void): void {
    void this.#stage.writes.writeEventually(key, work, () => ids);
  }

  /** A disk error holds all runs of the profile; anything else only this run. */
  #stalled({ run, failure }: RunEvents['stalled']): void {
    const { logger, display } = this.#stage;
    const reason = sqliteDiskCode(failure);
    if (reason === null)
      reportFailure(this.#stage, { message: 'A run could not be processed.', failure, runId: run.id });
    else {
      logger.warn('The database could not be written.', { run: run.id, failure });
      this.#queue.hold(run.profileId, reason);
    }
    display.setStalled(run.id, failure);
    this.#retries.plan(run.profileId);
  }

  #notWritten({ runIds, failure }: RunEvents['not-written']): void {
    const { logger, display } = this.#stage;
    logger.warn('The database could not be written.', { runs: runIds.length, failure });
    for (const id of runIds) display.setStalled(id, failure);
  }
}
