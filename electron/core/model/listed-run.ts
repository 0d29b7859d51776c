import type { Run, RunInput } from './run.ts';

/** As much of a run as a list shows. `message` may be cut; it is shown as an excerpt only. */
export type ListedRun = Pick<
  Run,
  | 'id'
  | 'profileId'
  | 'serverName'
  | 'recipeId'
  | 'recipeName'
  | 'message'
  | 'state'
  | 'since'
  | 'reason'
  | 'reasonDetail'
  | 'createdAt'
  | 'listedAt'
  | 'startedAt'
  | 'endedAt'
  | 'stopRequested'
  | 'failures'
  | 'candidates'
  | 'unseen'
  | 'batchId'
  | 'favourite'
> & { readonly inputs: readonly Pick<RunInput, 'kind' | 'name' | 'size'>[] };

/** Letters looked at for an excerpt: a message can be megabytes. */
export const EXCERPT_SOURCE = 2_000;
