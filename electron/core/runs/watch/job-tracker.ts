import type { ProfileId, RecipeId, RunProgressView, RunReason } from '../../../contract/views.ts';
import { type BlockNames, readableFailures } from '../../model/block-names.ts';
import { mergeFailures } from '../../model/failures.ts';
import { isIn, type JobOutcome } from '../../model/run.ts';
import { NotReady } from '../../model/servers.ts';
import { OmnitoolError } from '../../omnitool/errors.ts';
import type { ServerEvent } from '../../omnitool/server-event.ts';
import { serverReasonOf } from '../failure-policy.ts';
import type { LiveRun } from '../live-runs.ts';
import type { JobSnapshot } from '../run-events.ts';
import type { JobNews, Stage } from '../stage.ts';
import { BlockProgress } from './block-progress.ts';
import { EventSubscription } from './event-subscription.ts';
import { JobPoller } from './job-poller.ts';
import { isOver, JobRegistry } from './job-registry.ts';

/** The longest time that a start waits for the event stream, in ms. */
const LONGEST_WAIT_MS = 1_000;

interface Followed {
  readonly poller: JobPoller;
  readonly stream: EventSubscription;
  isStreamOpen: boolean;
  /** Events are wanted also while none of our runs is running. */
  isListenedTo: boolean;
}

/** Follows the jobs of all profiles through their event streams, and polls `/jobs` for what a stream missed. */
export class JobTracker implements JobNews {
  readonly #stage: Stage;
  readonly #registry: JobRegistry;
  readonly #blocks: BlockProgress;
  readonly #followed = new Map<ProfileId, Followed>();
  /** Jobs that the stream has reported since it was opened last. */
  readonly #reported = new Set<string>();

  constructor(stage: Stage) {
    this.#stage = stage;
    this.#registry = new JobRegistry(stage.clock, (jobId) => stage.live.ofJob(jobId) !== null);
    this.#blocks = new BlockProgress(stage);
  }

  /** Called before a start, so that the first event of its job is not missed. */
  async ready(profileId: ProfileId): Promise<boolean> {
    this.#followStream(profileId);
    await this.#of(profileId).stream.opened(LONGEST_WAIT_MS);
    return this.#of(profileId).isStreamOpen;
  }

  /** The server has the job of a run. Events of it may have come already. */
  started(run: LiveRun): void {
    const followed = this.#of(run.profileId);
    this.#followStream(run.profileId);
    followed.poller.started();
    const job = run.jobId === null ? null : this.#registry.find(run.jobId);
    if (job !== null) this.#apply(run, job);
  }

  /** Polls the jobs of a profile soon, after a stop request. */
  poll(profileId: ProfileId): void {
    this.#followStream(profileId);
    this.#of(profileId).poller.pollNow();
  }

  /** A run is no longer running: the stream is closed if no other run needs it. */
  finished(profileId: ProfileId): void {
    this.#followStream(profileId);
  }

  #listen(profileId: ProfileId, wanted: boolean): void {
    const followed = this.#of(profileId);
    followed.isListenedTo = wanted;
    this.#followStream(profileId);
    if (wanted) followed.stream.tryNow();
  }

  /** Keeps the stream of this profile open also while none of our runs is running, and of no other profile. */
  listenOnlyTo(profileId: ProfileId | null): void {
    for (const [id, followed] of this.#followed) if (id !== profileId && followed.isListenedTo) this.#listen(id, false);
    if (profileId !== null) this.#listen(profileId, true);
  }

  /** The profile can be used (again). */
  usable(profileId: ProfileId): void {
    this.#followed.get(profileId)?.stream.tryNow();
    if (this.#stage.live.of(profileId, 'running').length > 0) this.#of(profileId).poller.pollSoon();
  }

  jobsOfOthers(profileId: ProfileId, recipeId: RecipeId): readonly string[] {
    return this.#registry
      .all()
      .filter((job) => job.profileId === profileId && job.recipeId !== null && job.recipeId !== recipeId)
      .map(({ jobId }) => jobId);
  }

  suspend(): void {
    this.#blocks.flush();
    for (const { poller, stream } of this.#followed.values()) {
      poller.suspend();
      stream.suspend();
    }
  }

  resume(delayMs: number): void {
    for (const { poller, stream } of this.#followed.values()) {
      poller.resume(delayMs);
      stream.resume();
    }
  }

  #followStream(profileId: ProfileId): void {
    const followed = this.#of(profileId);
    const isNeeded = this.#stage.live.of(profileId, 'uploading', 'starting', 'running').length > 0;
    followed.stream.want(followed.isListenedTo || isNeeded);
  }

  #of(profileId: ProfileId): Followed {
    const known = this.#followed.get(profileId);
    if (known !== undefined) return known;
    const followed: Followed = {
      poller: this.#makePoller(profileId),
      stream: this.#makeStream(profileId),
      isStreamOpen: false,
      isListenedTo: false,
    };
    this.#followed.set(profileId, followed);
    return followed;
  }

  #makePoller(profileId: ProfileId): JobPoller {
    const { live, servers, clock, random, events } = this.#stage;
    return new JobPoller({
      clock,
      random,
      running: () => live.of(profileId, 'running'),
      isReported: (run) => this.#isReported(run),
      listJobs: async () => (await servers.serverFor(profileId)).listJobs(),
      ended: (run, outcome) => this.#end(run, outcome),
      unheard: (run) => events.emit('stop-unknown', run),
      polled: (failure) => this.#polled(profileId, failure),
    });
  }

  /** A stop that the stream has not confirmed may not have reached the server, so the job is polled. */
  #isReported({ jobId, stopRequested }: LiveRun): boolean {
    if (jobId === null || !this.#reported.has(jobId)) return false;
    return !stopRequested || this.#registry.find(jobId)?.state === 'forceStop';
  }

  #makeStream(profileId: ProfileId): EventSubscription {
    const { servers, clock, random, logger } = this.#stage;
    return new EventSubscription({
      clock,
      random,
      open: async (signal) => (await servers.serverFor(profileId)).listen({ signal }),
      received: (event) => this.#guarded(() => this.#received(profileId, event)),
      changed: (isOpen) => this.#guarded(() => this.#streamChanged(profileId, isOpen)),
      failed: (failure) => logger.error('The event stream could not be followed.', { failure }),
    });
  }

  /** Events may have been missed while the stream was closed. */
  #streamChanged(profileId: ProfileId, isOpen: boolean): void {
    const followed = this.#of(profileId);
    followed.isStreamOpen = isOpen;
    for (const { jobId } of this.#stage.live.of(profileId, 'running')) if (jobId !== null) this.#reported.delete(jobId);
    if (this.#stage.live.of(profileId, 'running').length > 0) followed.poller.pollNow();
  }

  #received(profileId: ProfileId, event: ServerEvent): void {
    const job = this.#registry.update(profileId, event);
    if (job === null) return;
    const run = this.#stage.live.ofJob(job.jobId);
    if (run === null) this.#stage.events.emit('external', job);
    else if (run.state === 'running') this.#apply(run, job);
  }

  #apply(run: LiveRun, job: JobSnapshot): void {
    const { names, events } = this.#stage;
    const followed = this.#of(run.profileId);
    if (followed.isStreamOpen) this.#reported.add(job.jobId);
    this.#noteFailures(run, job);
    if (isOver(job.state)) {
      this.#end(run, job.state);
      return;
    }
    this.#explain(run, null);
    const done = this.#blocks.done(run.id, job);
    // Between two blocks nothing is shown: the next one follows at once.
    if (job.active !== null)
      events.emit('progress', { runId: run.id, progress: progressOf(names, run.profileId, job, done) });
    followed.poller.slowDown();
  }

  #end(run: LiveRun, outcome: JobOutcome): void {
    if (run.jobId !== null) {
      this.#reported.delete(run.jobId);
      this.#registry.forget(run.jobId);
    }
    this.#blocks.drop(run.id);
    this.#stage.events.emit('ended', { runId: run.id, outcome });
  }

  /** Notes why the jobs of a profile cannot be polled. The runs of a removed profile end. */
  #polled(profileId: ProfileId, failure: unknown): void {
    const { live, servers, events } = this.#stage;
    try {
      if (failure === null) servers.report(profileId, null);
      else events.emit('failed', { message: 'Running jobs could not be polled.', failure, profileId });
      const reason = failure === null ? null : reasonOf(failure);
      for (const run of live.of(profileId, 'running')) {
        if (reason === 'profile-forgotten') this.#end(run, 'unknown');
        else this.#explain(run, reason);
      }
    } catch (unforeseen) {
      events.emit('failed', {
        message: 'The answer to a poll could not be processed.',
        failure: unforeseen,
        profileId,
      });
    }
  }

  /** Stores why a run stays in its state. Without another reason that is its stop request, if there is one. */
  #explain(run: LiveRun, why: RunReason | null): void {
    const reason = why ?? (run.stopRequested ? 'stopping' : null);
    if (run.reason === reason) return;
    const { store } = this.#stage;
    this.#write('explain', run, () => {
      const found = store.find(run.id);
      if (found !== null && isIn(found, 'running')) store.explain(found, reason);
    });
  }

  #noteFailures(run: LiveRun, job: JobSnapshot): void {
    if (job.failures.length === 0) return;
    const { store, names } = this.#stage;
    const more = readableFailures(names, run.profileId, run.recipeId, job.failures);
    this.#write('failures', run, () => {
      const known = store.find(run.id)?.failures ?? [];
      const merged = mergeFailures(known, more);
      if (merged.length !== known.length) store.noteFailures(run.id, merged);
    });
  }

  #write(key: string, { id }: LiveRun, work: () => void): void {
    void this.#stage.writes.writeEventually(`${key} ${id}`, work, () => [id]);
  }

  /** A failure at one event must not end the stream. */
  #guarded(work: () => void): void {
    try {
      work();
    } catch (failure) {
      this.#stage.logger.error('An event of a job could not be processed.', { failure });
    }
  }
}

/** Why the running jobs of a profile could not be polled. */
function reasonOf(failure: unknown): RunReason | null {
  if (failure instanceof NotReady) return failure.reason;
  return failure instanceof OmnitoolError ? serverReasonOf(failure) : 'stalled';
}

/** The progress of a job in readable words. `done` is the number of finished blocks; null when not counted. */
export function progressOf(
  names: BlockNames,
  profileId: ProfileId,
  job: JobSnapshot,
  done: number | null,
): RunProgressView {
  const { recipeId, active } = job;
  const of = names.countOf(profileId, recipeId);
  return {
    block: active === null ? null : names.titleOf(profileId, recipeId, active.nodeId, active.block),
    done: of === null || done === null ? done : Math.min(done, of),
    of,
  };
}
