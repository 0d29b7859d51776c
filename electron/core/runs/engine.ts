import type { ProfileId, RunId, RunReason } from '../../contract/views.ts';
import { Listeners } from '../base/emitter.ts';
import type { EngineOptions } from './engine-options.ts';
import type { EngineParts } from './engine-parts.ts';
import { engineParts } from './engine-parts.ts';
import type { JobSnapshot } from './watch/job-registry.ts';
import type { LiveRun } from './live-runs.ts';
import { liveRunOf } from './live-runs.ts';
import { isOwnerGone } from '../model/owner.ts';
import type { JobOutcome, Run, RunIn } from '../model/run.ts';
import { hasEnded, isIn } from '../model/run.ts';
import { withoutStaleFindings } from './stale-findings.ts';

const WAKE_DELAY_MS = 2_000;

/** A defect, and what is wrong with one file. */
const OF_ONE_RUN: readonly RunReason[] = ['stalled', 'file-unanswered', 'file-busy'];

/** Carries runs from `queued` to an end. What it knows is in the database; a new engine goes on from there. */
export class RunEngine {
  readonly #options: EngineOptions;
  readonly #parts: EngineParts;
  readonly #strangers = new Listeners<JobSnapshot>();
  readonly #ends: readonly (() => void)[];
  readonly #closing = new AbortController();

  constructor(options: EngineOptions) {
    this.#options = options;
    this.#parts = engineParts(options, {
      signal: this.#closing.signal,
      send: (id) => this.#send(id),
      settled: (run) => this.#settled(run),
      usable: (profileId, runs) => this.#usable(profileId, runs),
      ended: (id, outcome) => this.#jobEnded(id, outcome),
      stranger: (stand) => this.#strangers.tell(stand),
    });
    this.#ends = [
      options.servers.onReady((profileId) => this.#parts.waiting.wake(profileId)),
      options.store.onChange((change) => {
        if ('run' in change && hasEnded(change.run)) this.#forgetSession(change.run.id);
      }),
      () => this.#parts.live.close(),
    ];
  }

  /** News of jobs that are no runs of this process. */
  onStranger(listener: (stand: JobSnapshot) => void): () => void {
    return this.#strangers.add(listener);
  }

  /**
   * Goes on with what an earlier process left behind. A run that was just being started may or may not have reached
   * the server: it is unconfirmed, never sent again.
   *
   * @param isWanted which of them; all where it is left out
   * @returns whether that is done. Where the database cannot be written just now it follows by itself.
   */
  resume(isWanted: (run: Run) => boolean = () => true): boolean {
    const { store, owner } = this.#options;
    let isDone = false;
    void this.#parts.mishaps.insist(
      'resume',
      () => {
        for (const run of store.unfinished()) {
          if (isWanted(run) && isOwnerGone(run.owner, owner) && store.takeOver(run, owner)) {
            this.#parts.live.take(liveRunOf(withoutStaleFindings(store, run)));
          }
        }
        this.#goOn('all', this.#parts.live.all());
        isDone = true;
      },
      () => store.unfinished().flatMap((run) => (isOwnerGone(run.owner, owner) ? [run.id] : [])),
    );
    this.#options.sessions.tidy().catch((failure: unknown) => this.#sessionFailed(failure));
    return isDone;
  }

  /**
   * Takes new runs. They are on disk before this returns; nothing of them is sent before `heldForMs` are over
   * (`areEarly`). A new start of the program sends them: they are wanted.
   */
  submitAll(runs: readonly RunIn<'queued'>[], heldForMs = 0): void {
    const ids = runs.map(({ id }) => id);
    this.#options.store.addAll(runs);
    if (heldForMs > 0) this.#parts.queue.holdFor(ids, heldForMs);
    this.#parts.queue.add(ids);
  }

  /** Whether these runs can still be taken back: nothing of them was sent. */
  areEarly(ids: readonly RunId[]): boolean {
    return this.#parts.queue.areEarly(ids);
  }

  /** Fetches the result of a run that was begun elsewhere and is stored. */
  takeFound(run: RunIn<'collecting'>): void {
    this.#goOn(`run ${run.id}`, [liveRunOf(run)]);
  }

  /** How many runs are sent and run at the same time, and whether any are. */
  configure(settings: { readonly parallelRuns: number; readonly paused: boolean }): void {
    this.#parts.queue.configure(settings);
  }

  /** Whether news of a profile's jobs is wanted also while nothing of ours runs there; null: of none. */
  listenTo(profileId: ProfileId | null): void {
    this.#parts.watch.listenOnlyTo(profileId);
  }

  /**
   * Asks for the end of a run. Before the server has it that is immediate; after, the server finishes the block it
   * is at (wire 8). One that the server could not be told is told at the next look at its job. A run that ended
   * meanwhile is returned as it is.
   */
  stop(id: RunId): Promise<Run | null> {
    return this.#parts.stopping.stop(id);
  }

  /** The user ends an unconfirmed run. */
  giveUp(run: RunIn<'unconfirmed'>): Run {
    return this.#options.store.move(run, 'failed', { reason: 'given-up' });
  }

  /**
   * Takes the one job that can be an unconfirmed run's for it, by the user's word.
   *
   * @param jobId the job that the user names of several that it can be
   * @returns null when it is not clear which job that is
   * @throws OmnitoolError, NotReady
   */
  async adopt(run: RunIn<'unconfirmed'>, jobId: string | null = null): Promise<Run | null> {
    const adopted = await this.#parts.fetching.adopt(run, jobId);
    if (adopted !== null) this.#goOn(`run ${run.id}`, [liveRunOf(adopted)]);
    return adopted;
  }

  /** A server asked to be left alone: nothing is tried before that is over. */
  rest(profileId: ProfileId, ms: number): void {
    this.#parts.waiting.plan(profileId, ms);
  }

  /** Does work on the database about a run; resolves once it could be written (WriteRetry). */
  insist(key: string, id: RunId, work: () => void): Promise<void> {
    return this.#parts.mishaps.insist(key, work, () => [id]);
  }

  /** The machine goes to sleep. */
  suspend(): void {
    this.#parts.waiting.suspend();
    this.#parts.watch.suspend();
    this.#parts.listener.suspend();
  }

  /** The machine woke up: one look each, some seconds later, not all clients at once. */
  wakeUp(): void {
    this.#parts.watch.resume(WAKE_DELAY_MS * (1 + this.#options.random()));
    this.#parts.listener.resume();
    this.#parts.waiting.parkAll();
  }

  /** Lets go of everything; the runs stay as they are stored. */
  close(): void {
    this.#closing.abort();
    for (const end of this.#ends) end();
    this.suspend();
    this.#parts.queue.close();
    this.#parts.fetching.close();
    this.#parts.waiting.close();
    this.#parts.carrier.close();
    this.#parts.mishaps.close();
  }

  /** The unfinished runs that this process carries, oldest first. */
  mine(): readonly LiveRun[] {
    return this.#parts.live.all();
  }

  /** The profile can be used (again): these of its runs have their turn. */
  #usable(profileId: ProfileId, runs: readonly LiveRun[]): void {
    this.#parts.queue.lift(profileId);
    this.#goOn(`profile ${profileId}`, runs);
    this.#parts.watch.usable(profileId);
    this.#parts.listener.usable(profileId);
  }

  /** Takes up runs that nobody carries. One that was just being started may have been started: it is not sent again. */
  #goOn(key: string, runs: readonly LiveRun[]): void {
    const ids = runs.map(({ id }) => id);
    const work = (): void => this.#goOnNow(ids.flatMap((id) => this.#parts.live.get(id) ?? []));
    void this.#parts.mishaps.insist(`go on, ${key}`, work, () => ids);
  }

  #goOnNow(runs: readonly LiveRun[]): void {
    this.#options.store.release(runs.filter(({ state }) => state === 'waiting').map(({ id }) => id));
    const toSend: RunId[] = [];
    for (const run of runs) {
      if (run.state === 'starting') this.#doubt(run.id);
      if (run.state === 'running') this.#follow(run);
      else if (run.state === 'starting' || run.state === 'collecting' || run.state === 'unconfirmed')
        this.#parts.fetching.push(run.id);
      else toSend.push(run.id);
    }
    this.#parts.queue.add(toSend);
  }

  #doubt(id: RunId): void {
    const run = this.#options.store.find(id);
    if (run !== null && isIn(run, 'starting')) this.#options.store.move(run, 'unconfirmed', { reason: 'answer-lost' });
  }

  async #send(id: RunId): Promise<void> {
    await this.#parts.carrier.process(id);
    this.#options.onUpload(id, null);
    const run = this.#parts.live.get(id);
    if (run === null || this.#isClosed()) return;
    if (run.state === 'unconfirmed') this.#parts.fetching.push(id);
    else this.#settled(run);
  }

  /** A run is as far as it goes now. */
  #settled(run: LiveRun): void {
    if (run.state === 'running') this.#started(run);
    else if (run.state === 'waiting') this.#held(run);
    else this.#parts.waiting.park(run);
  }

  #started(run: LiveRun): void {
    this.#parts.waiting.succeeded(run.profileId);
    this.#follow(run);
  }

  /** The server has its job: how it stands is watched, and what it says is heard. */
  #follow(run: LiveRun): void {
    this.#parts.watch.started(run);
    this.#parts.listener.follow(run.profileId);
  }

  /** What keeps one run of a profile from being sent keeps them all, except what is its own: the next run may well go on. */
  #held(run: LiveRun): void {
    if (run.reason !== null && !OF_ONE_RUN.includes(run.reason))
      this.#parts.queue.hold(run.profileId, { reason: run.reason, detail: null });
    this.#parts.waiting.park(run);
  }

  #forgetSession(id: RunId): void {
    this.#options.reader.forget(id);
    this.#options.sessions.forget(id).catch((failure: unknown) => this.#sessionFailed(failure));
  }

  #sessionFailed(failure: unknown): void {
    this.#parts.mishaps.unforeseen('The session of a run could not be thrown away.', failure);
  }

  #jobEnded(id: RunId, outcome: JobOutcome): void {
    const work = (): void => {
      const now = this.#options.store.find(id);
      if (now === null || !isIn(now, 'running')) return;
      this.#options.store.move(now, 'collecting', { outcome });
      this.#options.onProgress(id, null);
      this.#parts.watch.finished(now.profileId);
      this.#parts.listener.finished(now);
      this.#parts.queue.pump();
      this.#parts.fetching.push(id);
    };
    void this.#parts.mishaps.insist(`end ${id}`, work, () => [id]);
  }

  #isClosed(): boolean {
    return this.#closing.signal.aborted;
  }
}
