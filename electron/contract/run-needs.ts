/** Which runs cannot go on, or should be known of, without the user. The page and the search of the core agree on it. */
import { RUN_REASONS } from './views.ts';
import type { RunReason, RunState, RunView } from './views.ts';

/** These pass by themselves; every other reason to wait is the user's to lift. */
const PASSES_BY_ITSELF: readonly RunReason[] = [
  'server-away',
  'server-error',
  'rate-limited',
  'stalled',
  'paused',
  'answer-late',
];
export const LIFTED_BY_USER: readonly RunReason[] = RUN_REASONS.filter((reason) => !PASSES_BY_ITSELF.includes(reason));

/** Ends that the user should know of until they were looked at; a chat answer that was cut is one as well. */
export const UNWANTED_ENDS = ['failed', 'lost', 'empty', 'unverified'] as const satisfies readonly RunState[];

/** Whether only the user can bring this run further, or should know how it ended. */
export function needsYou(run: Pick<RunView, 'state' | 'reason' | 'unseen'>): boolean {
  if (run.state === 'unconfirmed') return true;
  if (run.state === 'waiting') return run.reason !== null && LIFTED_BY_USER.includes(run.reason);
  return run.unseen && (UNWANTED_ENDS.some((end) => end === run.state) || run.reason === 'answer-cut');
}
