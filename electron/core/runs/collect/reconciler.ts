import type { RunId } from '../../../contract/views.ts';
import { OmnitoolError } from '../../omnitool/errors.ts';
import type { Job } from '../../omnitool/schemas.ts';
import type { JobNews, Stage } from '../stage.ts';
import type { SessionReader } from './session-reader.ts';
import { isIn, type Run, type RunIn } from '../../model/run.ts';
import { NotReady } from '../../model/servers.ts';

/** Finds the job of a start whose answer was lost. Never sends the run again. */
export class Reconciler {
  readonly #stage: Stage;
  readonly #reader: SessionReader;
  readonly #news: JobNews;

  constructor(stage: Stage, reader: SessionReader, news: JobNews) {
    this.#stage = stage;
    this.#reader = reader;
    this.#news = news;
  }

  /**
   * Looks for the run's job. First in the run's own session, which was used for this start alone: the server sends it
   * the job id (`job_started`, wire 9.4), and the run continues. Without that, the jobs are compared, and the user
   * decides unless the settings allow to take a single candidate.
   *
   * @throws OmnitoolError, NotReady when the server cannot be asked now
   */
  async examine(run: RunIn<'unconfirmed'>, signal: AbortSignal): Promise<Run> {
    const { store, servers, settings } = this.#stage;
    const server = await servers.serverFor(run.profileId);
    const jobId = await this.#reader.startedJob(run, server, signal);
    servers.report(run.profileId, null);
    if (jobId !== null) return this.#take(run, jobId);
    const { candidates, adoptable } = await this.#compare(run, signal);
    if (adoptable !== null && settings.read().adoptAlone) return this.#take(run, adoptable);
    return store.noteCandidates(run.id, candidates ?? []);
  }

  /**
   * Takes the only candidate, or the candidate that the user names, as the run's job.
   *
   * @returns null when there is no such candidate (any more)
   * @throws OmnitoolError, NotReady
   */
  async adopt(run: RunIn<'unconfirmed'>, jobId: string | null, signal: AbortSignal): Promise<Run | null> {
    const { candidates, adoptable } = await this.#compare(run, signal);
    const named = candidates?.find((candidate) => candidate === jobId) ?? null;
    const taken = jobId === null ? adoptable : named;
    if (taken !== null) return this.#take(run, taken);
    this.#stage.store.noteCandidates(run.id, candidates ?? []);
    return null;
  }

  async #compare(run: RunIn<'unconfirmed'>, signal: AbortSignal): Promise<Reconciled> {
    const { store, servers } = this.#stage;
    const server = await servers.serverFor(run.profileId);
    const jobsNow = await server.listJobs(signal);
    // Read after the answer, so that it includes a run that was started meanwhile.
    const known = new Set([
      ...store.jobsOfRuns(
        run.profileId,
        jobsNow.map(({ id }) => id),
      ),
      ...this.#news.jobsOfOthers(run.profileId, run.recipeId),
    ]);
    const user = servers.userOf(run.profileId);
    return (
      reconcile(store.unanswered(run.profileId), { jobsNow, user, known }).get(run.id) ?? {
        candidates: null,
        adoptable: null,
      }
    );
  }

  /** Returns a run that the user ended meanwhile as it is. */
  #take(run: RunIn<'unconfirmed'>, jobId: string): Run {
    const { store } = this.#stage;
    const now = store.find(run.id) ?? run;
    if (!isIn(now, 'unconfirmed')) return now;
    return store.move(now, 'running', { jobId, startedAt: now.since });
  }
}

/** Whether a failure is an expected one that a later attempt may not meet. */
export const isForNow = (failure: unknown): boolean => failure instanceof OmnitoolError || failure instanceof NotReady;

/** A run whose start was sent and whose job is unknown. */
export interface Unanswered {
  readonly id: RunId;
  /** The jobs on the server just before the start was sent; null when unknown. */
  readonly jobsBefore: readonly string[] | null;
}

/** The jobs of one server, as far as they matter for lost starts. */
export interface JobsOnServer {
  readonly jobsNow: readonly Job[];
  /** Our own user id; null while unknown. `/jobs` lists the jobs of all users (wire 6). */
  readonly user: string | null;
  /**
   * Jobs that belong to another run, also a removed one, and jobs that another client started with another recipe.
   * Must be read after `jobsNow`, or a run that started meanwhile is missing.
   */
  readonly known: ReadonlySet<string>;
}

/** What the comparison says about one run. */
export interface Reconciled {
  /** The jobs that can be this run's; null when unknown. Empty: it did not start, or the server has forgotten it. */
  readonly candidates: readonly string[] | null;
  /** The only job that can be this run's; null when none or several can, or when it can be another run's, too. */
  readonly adoptable: string | null;
}

/**
 * The jobs that can be the run of a lost start: ours, newer than the start, and of no other run. Null when our user or
 * the jobs before the start are unknown.
 *
 * `ready` is no candidate: a refused start leaves such a job behind, and nothing runs there (wire 4, 6). A start in
 * progress may pass through `ready`, so a later comparison can find more, within the 20 minutes that the server
 * lists a job. `forceStop` is a candidate: a job that was stopped, although a refused start looks the same after all
 * jobs were stopped.
 */
export function candidatesOf({ jobsBefore }: Unanswered, jobs: JobsOnServer): readonly string[] | null {
  const { jobsNow, user, known } = jobs;
  if (jobsBefore === null || user === null) return null;
  const before = new Set(jobsBefore);
  const isCandidate = (job: Job): boolean =>
    job.user === user && job.state !== 'ready' && !before.has(job.id) && !known.has(job.id);
  return [...new Set(jobsNow.filter(isCandidate).map(({ id }) => id))];
}

/**
 * Compares all runs whose start was sent and whose job is unknown: unconfirmed runs, those that are being started now,
 * and those that the user gave up while unconfirmed. If one were left out, another run could get its job.
 *
 * A job that can be the job of two runs is given to none: either of them may never have started.
 */
export function reconcile(runs: readonly Unanswered[], jobs: JobsOnServer): ReadonlyMap<RunId, Reconciled> {
  const found = runs.map((run) => ({ id: run.id, candidates: candidatesOf(run, jobs) }));
  // A run with unknown candidates may be any of the jobs.
  const isBlind = found.some(({ candidates }) => candidates === null);
  const claims = new Map<string, number>();
  for (const job of found.flatMap(({ candidates }) => candidates ?? [])) claims.set(job, (claims.get(job) ?? 0) + 1);
  return new Map(
    found.map(({ id, candidates }) => {
      const [only, ...others] = candidates ?? [];
      const isSure = only !== undefined && others.length === 0 && claims.get(only) === 1 && !isBlind;
      return [id, { candidates, adoptable: isSure ? only : null }];
    }),
  );
}
