import { countWords, listWords, middleTruncate } from '../formats.ts';
import { runStateWords } from './runs.ts';
import { isFullProduct } from '../batch-rules.ts';
import type { BatchColumn, BatchCount, BatchView, RunState, RunView } from '../views.ts';

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

/** Things that are named; more would be hard to read. */
const MOST_NAMED = 3;

/** What differs between the runs of a batch: `3 styles × 4 prompts`, `12 files`, `Style and Prompt differ`; '' for nothing. */
export function batchDiffersWords(view: Pick<BatchView, 'columns' | 'members' | 'moreColumns'>): string {
  const { columns, moreColumns } = view;
  const [first] = columns;
  if (first === undefined) return '';
  if (columns.length + moreColumns === 1) return valuesWords(first);
  if (isFullProduct(view)) return columns.map(valuesWords).join(' × ');
  const named = columns.slice(0, MOST_NAMED).map(({ label }) => middleTruncate(label, 30));
  const others = columns.length + moreColumns - named.length;
  return `${listWords(others === 0 ? named : [...named, `${others.toLocaleString('en-GB')} more`])} differ`;
}

/** `3 styles`. Not every label has a plural that can be told: `Leave out (3)`. */
function valuesWords({ label, count }: BatchColumn): string {
  const hasPlural = /^[A-Z]?[a-z]+$/.test(label) && !/(?:s|ed|ing)$/.test(label);
  if (!hasPlural) return `${middleTruncate(label, 30)} (${count.toLocaleString('en-GB')})`;
  const one = label.toLowerCase();
  return countWords(count, one, pluralOf(one));
}

function pluralOf(word: string): string {
  if (/[^aeiou]y$/.test(word)) return `${word.slice(0, -1)}ies`;
  return /(?:x|z|ch|sh)$/.test(word) ? `${word}es` : `${word}s`;
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
