import { randomUUID } from 'node:crypto';
import type { ProfileId, RecipeId, RunFailureView } from '../../contract/views.ts';
import { type JobOutcome, NEW_RUN, type RunIn } from './run.ts';

/** A job on the server that another client started. */
export interface ExternalJob {
  readonly profile: { readonly id: ProfileId; readonly origin: string; readonly name: string };
  readonly jobId: string;
  readonly recipeId: RecipeId | null;
  readonly recipeName: string;
  readonly outcome: JobOutcome;
  readonly failures: readonly RunFailureView[];
  /** When this program first saw it, in ms since 1970. */
  readonly seenAt: number;
  readonly owner: string;
}

/** Makes a run of a job that another client started. Nothing was sent from here; its result is still to be fetched. */
export const externalRun = (job: ExternalJob, now: number): RunIn<'collecting'> => ({
  ...NEW_RUN,
  id: randomUUID(),
  profileId: job.profile.id,
  origin: job.profile.origin,
  serverName: job.profile.name,
  recipeId: job.recipeId ?? '',
  recipeName: job.recipeName,
  takes: null,
  message: '',
  form: null,
  state: 'collecting',
  since: now,
  createdAt: job.seenAt,
  listedAt: job.seenAt,
  startedAt: job.seenAt,
  jobId: job.jobId,
  outcome: job.outcome,
  owner: job.owner,
  failures: job.failures,
  // Its chat messages went to another session (wire 9.4).
  drained: true,
  batchId: null,
  inputs: [],
});
