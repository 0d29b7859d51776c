import type { Run, RunInput } from './run.ts';

/** The columns of a run that a list shows. `message` may be cut, because a list shows an excerpt only. */
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
