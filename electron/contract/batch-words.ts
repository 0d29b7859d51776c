import { countWords, listWords } from './formats.ts';
import { runStateWords } from './run-words.ts';
import type { RunState, RunView } from './views.ts';

const ORDER: readonly RunState[] = [
  'succeeded',
  'unverified',
  'failed',
  'lost',
  'empty',
  'stopped',
  'unconfirmed',
  'running',
  'collecting',
  'uploading',
  'starting',
  'waiting',
  'queued',
];

/** How the runs of one drop are doing: `12 done, 2 failed`. */
export function batchWords(runs: readonly Pick<RunView, 'state'>[]): string {
  const counts = new Map<RunState, number>();
  for (const { state } of runs) counts.set(state, (counts.get(state) ?? 0) + 1);
  const parts = ORDER.flatMap((state) => {
    const count = counts.get(state);
    const label = runStateWords(state, null, null).label.toLowerCase();
    return count === undefined ? [] : [countWords(count, label, label)];
  });
  return listWords(parts);
}

/** What a drop is called: `14 runs`. */
export const batchSizeWords = (runs: readonly unknown[]): string => countWords(runs.length, 'run');

/** Which jobs on the server an unconfirmed run may be; null while that is not known. */
export function candidatesWords(candidates: number | null): string | null {
  if (candidates === null) return null;
  if (candidates === 0) return 'The server has no job that can be this run. It did not start, or is forgotten by now.';
  if (candidates === 1) return 'One job on the server can be this run.';
  return `${countWords(candidates, 'job')} on the server can be this run.`;
}
