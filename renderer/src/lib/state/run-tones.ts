import type { RunState } from '../contract.ts';

/** How a state is coloured; `doubt` has a dashed outline as well. The words say the same. */
export const RUN_TONES: Record<RunState, 'accent' | 'good' | 'doubt' | 'warn' | 'bad' | 'quiet'> = {
  queued: 'quiet',
  waiting: 'warn',
  uploading: 'accent',
  starting: 'accent',
  unconfirmed: 'warn',
  running: 'accent',
  collecting: 'accent',
  succeeded: 'good',
  unverified: 'doubt',
  failed: 'bad',
  stopped: 'quiet',
  empty: 'quiet',
  lost: 'warn',
};
