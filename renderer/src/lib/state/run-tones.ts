import { isAnswerCut, type RunState, type RunView } from '../contract.ts';

type RunTone = 'accent' | 'good' | 'doubt' | 'warn' | 'bad' | 'quiet';

const TONES: Record<RunState, RunTone> = {
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

/** The colour of a run's mark; `doubt` also has a dashed outline. The text beside it says the same. */
export const runTone = (run: Pick<RunView, 'state' | 'reason'>): RunTone =>
  isAnswerCut(run) ? 'doubt' : TONES[run.state];
