import type { RunId } from '../../../contract/views.ts';
import type { Job } from '../../omnitool/schemas.ts';

/** A run whose start was sent and whose job is not known. */
export interface Unanswered {
  readonly id: RunId;
  /** The jobs on the server just before the start was sent; null when they are not known. */
  readonly jobsBefore: readonly string[] | null;
}

export interface JobsOnServer {
  readonly jobsNow: readonly Job[];
  /** Our own id there; null while it is not known. Everybody's jobs are listed for everybody (wire 6). */
  readonly user: string | null;
  /**
   * Jobs that are accounted for: those of all our runs, removed ones too, and those known to have been started
   * elsewhere or to be of another recipe. To be read after `jobsNow` came, or a run started meanwhile is missing.
   */
  readonly known: ReadonlySet<string>;
}

export interface Reconciled {
  /** The jobs that can be this run's; null when that cannot be said. None: it did not start, or is forgotten by now. */
  readonly candidates: readonly string[] | null;
  /** The one job that can be taken for this run's; null when none or several can, or when it can be another run's. */
  readonly adoptable: string | null;
}

/**
 * The jobs that can be an unanswered run's: ours, new since its start was sent, and nobody else's. null when that
 * cannot be said, because who we are or what was there before is not known.
 *
 * `ready` is no candidate: it is what a refused start leaves behind, and nothing runs there (wire 4, 6). A start that
 * was refused while its answer got lost is thus found without a candidate, as it should be. A start that the server is
 * still working on may pass through `ready`, so a later look can find more, never less, within the 20 minutes that
 * the server remembers. `forceStop` is a candidate: it is a job that somebody stopped, unless it is such a ghost after
 * a stop of everything, which cannot be told apart.
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
 * What can be said of every run whose start was sent and whose job is not known: the unconfirmed, those being started
 * at this moment, and those that the user gave up while they were unconfirmed (their job may well be there). Leaving
 * one out could give its job to another.
 *
 * Nobody is given a job that can also be another's: of two unconfirmed runs that see the same new job, either may be
 * the one that never started.
 */
export function reconcile(runs: readonly Unanswered[], jobs: JobsOnServer): ReadonlyMap<RunId, Reconciled> {
  const found = runs.map((run) => ({ id: run.id, candidates: candidatesOf(run, jobs) }));
  // A run of which nothing can be said may be any job.
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
