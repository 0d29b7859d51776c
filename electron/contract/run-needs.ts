/** Which runs need the user. The page and the search of the core share it. */
import { isLiftedBy, RUN_REASON_NAMES, type RunState, type RunView } from './views.ts';

const isLiftedByUser = (reason: RunView['reason']): boolean => isLiftedBy(reason, 'user', 'keychain', 'new-token');

/** Reasons to wait that only the user can end. `paused` is not among them: the user asked for it. */
export const LIFTED_BY_USER = RUN_REASON_NAMES.filter(isLiftedByUser);

/** End states that the user should see. */
export const UNWANTED_ENDS = ['failed', 'lost', 'empty', 'unverified'] as const satisfies readonly RunState[];

/** Whether only the user can continue this run, or has not yet seen that it ended badly or that its answer was cut. */
export function needsYou(run: Pick<RunView, 'state' | 'reason' | 'unseen'>): boolean {
  if (run.state === 'unconfirmed') return true;
  if (run.state === 'waiting') return isLiftedByUser(run.reason);
  return run.unseen && (UNWANTED_ENDS.some((end) => end === run.state) || run.reason === 'answer-cut');
}
