import type { ProfileId, RecipeId, RunId, RunProgressView, RunReason } from '../../../contract/views.ts';
import type { Clock } from '../../base/clock.ts';
import type { Logger } from '../../base/logger.ts';
import { OmnitoolError } from '../../omnitool/errors.ts';
import type { ServerEvent } from '../../omnitool/server-event.ts';
import type { RunStore } from '../../store/run-store.ts';
import { BlockProgress } from './block-progress.ts';
import type { BlockNames } from '../../model/block-names.ts';
import { readableFailures } from '../../model/block-names.ts';
import { mergeFailures } from '../../model/failures.ts';
import { EventSubscription } from './event-subscription.ts';
import type { JobSnapshot } from './job-registry.ts';
import { isOver, JobRegistry } from './job-registry.ts';
import type { LiveRun, LiveRuns } from '../live-runs.ts';
import type { JobOutcome } from '../../model/run.ts';
import { isIn } from '../../model/run.ts';
import type { Servers } from '../../model/servers.ts';
import { NotReady } from '../../model/servers.ts';
import { JobPoller } from './job-poller.ts';
import { serverReasonOf } from '../failure-policy.ts';

export interface JobWatchPorts {
  readonly store: RunStore;
  readonly live: LiveRuns;
  readonly servers: Servers;
  readonly names: BlockNames;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly random: () => number;
  onProgress(runId: RunId, progress: RunProgressView): void;
  ended(run: LiveRun, outcome: JobOutcome): void;
  /** A stop that the server was not told of, or has not heard. */
  unheard(run: LiveRun): void;
  /** The jobs of a profile could not be looked at, or looked after. Must not throw. */
  failed(profileId: ProfileId, failure: unknown, message: string): void;
  /** Does work on the database about runs now, or once that can be written (WriteRetry). */
  insist(key: string, about: readonly RunId[], work: () => void): void;
  /** News of a job that is no run of this process. */
  stranger(stand: JobSnapshot): void;
}

/** A start does not wait longer than this for the event stream, in ms. */
const LONGEST_WAIT_MS = 1_000;

interface Post {
  readonly watcher: JobPoller;
  readonly feed: EventSubscription;
  isFeedOpen: boolean;
  /** Somebody wants the news also while nothing runs. */
  isListenedTo: boolean;
}

/** Watches the jobs of all profiles: through their event streams, with `/jobs` as the net under them. */
export class JobTracker {
  readonly #ports: JobWatchPorts;
  readonly #board: JobRegistry;
  readonly #blocks: BlockProgress;
  readonly #posts = new Map<ProfileId, Post>();
  /** Jobs that the stream, open without a break since, has told of. */
  readonly #heard = new Set<string>();

  constructor(ports: JobWatchPorts) {
    this.#ports = ports;
    this.#board = new JobRegistry(ports.clock, (jobId) => ports.live.ofJob(jobId) !== null);
    this.#blocks = new BlockProgress({ ...ports, insist: (about, work) => ports.insist('blocks', about, work) });
  }

  /**
   * A run is about to be started: its first news must not be missed. Resolves when it would be heard, or soon; and
   * whether it would.
   */
  async ready(profileId: ProfileId): Promise<boolean> {
    this.#followFeed(profileId);
    await this.#post(profileId).feed.opened(LONGEST_WAIT_MS);
    return this.#post(profileId).isFeedOpen;
  }

  /** The server has a job of ours. News of it may be here already. */
  started(run: LiveRun): void {
    const post = this.#post(run.profileId);
    this.#followFeed(run.profileId);
    post.watcher.started();
    const stand = run.jobId === null ? null : this.#board.find(run.jobId);
    if (stand !== null) this.#apply(run, stand);
  }

  /** A job is to be looked at soon: it was told to stop, or an earlier process left it. */
  look(profileId: ProfileId): void {
    this.#followFeed(profileId);
    this.#post(profileId).watcher.pollNow();
  }

  /** A run is no longer running: a stream that only served it can go. */
  finished(profileId: ProfileId): void {
    this.#followFeed(profileId);
  }

  /** Whether news of this profile is wanted also while nothing of ours runs. */
  listen(profileId: ProfileId, wanted: boolean): void {
    const post = this.#post(profileId);
    post.isListenedTo = wanted;
    this.#followFeed(profileId);
    if (wanted) post.feed.tryNow();
  }

  /** Nobody else listens any more. */
  listenOnlyTo(profileId: ProfileId | null): void {
    for (const [id, post] of this.#posts) if (id !== profileId && post.isListenedTo) this.listen(id, false);
    if (profileId !== null) this.listen(profileId, true);
  }

  /** The profile can be used (again). */
  usable(profileId: ProfileId): void {
    this.#posts.get(profileId)?.feed.tryNow();
    if (this.#ports.live.of(profileId, 'running').length > 0) this.#post(profileId).watcher.pollSoon();
  }

  /** Jobs that were told of with another recipe: none of them can be a run of this one. */
  jobsOfOthers(profileId: ProfileId, recipeId: RecipeId): readonly string[] {
    return this.#board
      .all()
      .filter((stand) => stand.profileId === profileId && stand.recipeId !== null && stand.recipeId !== recipeId)
      .map(({ jobId }) => jobId);
  }

  suspend(): void {
    this.#blocks.flush();
    for (const { watcher, feed } of this.#posts.values()) {
      watcher.suspend();
      feed.suspend();
    }
  }

  resume(delayMs: number): void {
    for (const { watcher, feed } of this.#posts.values()) {
      watcher.resume(delayMs);
      feed.resume();
    }
  }

  #followFeed(profileId: ProfileId): void {
    const post = this.#post(profileId);
    const isNeeded = this.#ports.live.of(profileId, 'uploading', 'starting', 'running').length > 0;
    post.feed.want(post.isListenedTo || isNeeded);
  }

  #post(profileId: ProfileId): Post {
    const known = this.#posts.get(profileId);
    if (known !== undefined) return known;
    const post: Post = {
      watcher: this.#makeWatcher(profileId),
      feed: this.#makeFeed(profileId),
      isFeedOpen: false,
      isListenedTo: false,
    };
    this.#posts.set(profileId, post);
    return post;
  }

  #makeWatcher(profileId: ProfileId): JobPoller {
    const { live, servers, clock, random } = this.#ports;
    return new JobPoller({
      clock,
      random,
      running: () => live.of(profileId, 'running'),
      isHeard: (run) => this.#isHeard(run),
      listJobs: async () => (await servers.serverFor(profileId)).listJobs(),
      ended: (run, outcome) => this.#end(run, outcome),
      unheard: (run) => this.#ports.unheard(run),
      looked: (failure) => this.#looked(profileId, failure),
    });
  }

  /** A stop that the stream has not told of may not have been heard by the server: that is looked at. */
  #isHeard({ jobId, stopRequested }: LiveRun): boolean {
    if (jobId === null || !this.#heard.has(jobId)) return false;
    return !stopRequested || this.#board.find(jobId)?.state === 'forceStop';
  }

  #makeFeed(profileId: ProfileId): EventSubscription {
    const { servers, clock, random, logger } = this.#ports;
    return new EventSubscription({
      clock,
      random,
      open: async (signal) => (await servers.serverFor(profileId)).listen({ signal }),
      heard: (event) => this.#guarded(() => this.#hear(profileId, event)),
      changed: (isOpen) => this.#guarded(() => this.#feedChanged(profileId, isOpen)),
      failed: (failure) => logger.error('The event stream could not be followed.', { failure }),
    });
  }

  /** What was told before a break says nothing about what was missed in it. */
  #feedChanged(profileId: ProfileId, isOpen: boolean): void {
    const post = this.#post(profileId);
    post.isFeedOpen = isOpen;
    for (const { jobId } of this.#ports.live.of(profileId, 'running')) if (jobId !== null) this.#heard.delete(jobId);
    if (this.#ports.live.of(profileId, 'running').length > 0) post.watcher.pollNow();
  }

  #hear(profileId: ProfileId, event: ServerEvent): void {
    const stand = this.#board.hear(profileId, event);
    if (stand === null) return;
    const run = this.#ports.live.ofJob(stand.jobId);
    if (run === null) this.#ports.stranger(stand);
    else if (run.state === 'running') this.#apply(run, stand);
  }

  #apply(run: LiveRun, stand: JobSnapshot): void {
    const { names } = this.#ports;
    const post = this.#post(run.profileId);
    if (post.isFeedOpen) this.#heard.add(stand.jobId);
    this.#noteFailures(run, stand);
    if (isOver(stand.state)) {
      this.#end(run, stand.state);
      return;
    }
    this.#explain(run, null);
    const done = this.#blocks.done(run.id, stand);
    // Between two blocks there is nothing to tell: the next one follows at once, and has a name.
    if (stand.active !== null) this.#ports.onProgress(run.id, progressOf(names, run.profileId, stand, done));
    post.watcher.slowDown();
  }

  #end(run: LiveRun, outcome: JobOutcome): void {
    if (run.jobId !== null) {
      this.#heard.delete(run.jobId);
      this.#board.forget(run.jobId);
    }
    this.#blocks.drop(run.id);
    this.#ports.ended(run, outcome);
  }

  /** A job that cannot be looked at is not silent about it; one whose server was forgotten comes to its end. */
  #looked(profileId: ProfileId, failure: unknown): void {
    const { live, servers } = this.#ports;
    try {
      if (failure === null) servers.report(profileId, null);
      else this.#ports.failed(profileId, failure, 'Running jobs could not be looked at.');
      const reason = failure === null ? null : reasonOf(failure);
      for (const run of live.of(profileId, 'running')) {
        if (reason === 'profile-forgotten') this.#end(run, 'unknown');
        else this.#explain(run, reason);
      }
    } catch (unforeseen) {
      this.#ports.failed(profileId, unforeseen, 'Running jobs could not be looked after.');
    }
  }

  /** Why a run stays where it is; null: for no other reason than that it was told to stop, if it was. */
  #explain(run: LiveRun, why: RunReason | null): void {
    const reason = why ?? (run.stopRequested ? 'stopping' : null);
    if (run.reason === reason) return;
    this.#ports.insist(`explain ${run.id}`, [run.id], () => {
      const found = this.#ports.store.find(run.id);
      if (found !== null && isIn(found, 'running')) this.#ports.store.explain(found, reason);
    });
  }

  #noteFailures(run: LiveRun, stand: JobSnapshot): void {
    if (stand.failures.length === 0) return;
    const more = readableFailures(this.#ports.names, run.profileId, run.recipeId, stand.failures);
    this.#ports.insist(`failures ${run.id}`, [run.id], () => {
      const known = this.#ports.store.find(run.id)?.failures ?? [];
      const merged = mergeFailures(known, more);
      if (merged.length !== known.length) this.#ports.store.noteFailures(run.id, merged);
    });
  }

  /** A stream goes on whatever one message did. */
  #guarded(work: () => void): void {
    try {
      work();
    } catch (failure) {
      this.#ports.logger.error('News of a job could not be taken in.', { failure });
    }
  }
}

/** Why the running jobs of a profile could not be looked at. */
function reasonOf(failure: unknown): RunReason | null {
  if (failure instanceof NotReady) return failure.reason;
  return failure instanceof OmnitoolError ? serverReasonOf(failure) : 'stalled';
}

/** How far a job is, in readable words; `done` is how many blocks have ended, null where they were not counted. */
export function progressOf(
  names: BlockNames,
  profileId: ProfileId,
  stand: JobSnapshot,
  done: number | null,
): RunProgressView {
  const { recipeId, active } = stand;
  const of = names.countOf(profileId, recipeId);
  return {
    block: active === null ? null : names.titleOf(profileId, recipeId, active.nodeId, active.block),
    done: of === null || done === null ? done : Math.min(done, of),
    of,
  };
}
