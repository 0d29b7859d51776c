import { countWords, listWords, middleTruncate } from '../formats.ts';
import { runStateWords } from './runs.ts';
import type { BatchCount, RunState, RunView } from '../views.ts';

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

/** Counts the runs of a drop by state: `12 done, 2 failed`. */
export const batchWords = (runs: readonly Pick<RunView, 'state' | 'reason'>[]): string =>
  batchCountWords(runs.map(({ state, reason }) => ({ state, reason, count: 1 })));

/** As `batchWords`, for runs that are counted already. */
export function batchCountWords(counted: readonly BatchCount[]): string {
  const counts = new Map<string, number>();
  for (const state of ORDER)
    for (const { reason, count } of counted.filter((each) => each.state === state)) {
      const label = runStateWords(state, reason, null).label.toLowerCase();
      counts.set(label, (counts.get(label) ?? 0) + count);
    }
  return listWords([...counts].map(([label, count]) => countWords(count, label, label)));
}

/** The announcement when the last run of a drop ends. */
export const batchEndWords = (recipeName: string): string =>
  `${middleTruncate(recipeName, 40)}: all runs of the drop have ended`;

/** The size of a drop: `14 runs`. */
export const batchSizeWords = (runs: readonly unknown[]): string => countWords(runs.length, 'run');

/** How many jobs on the server may be the unconfirmed run; null if the number is unknown. */
export function candidatesWords(candidates: number | null): string | null {
  if (candidates === null) return null;
  if (candidates === 0)
    return 'The server has no job that could be this run. It did not start, or the server has forgotten it.';
  if (candidates === 1) return 'One job on the server could be this run.';
  return `${countWords(candidates, 'job')} on the server could be this run.`;
}
