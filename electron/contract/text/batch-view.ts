/** Texts of the view that shows the runs of a batch side by side. */
import { isFullProduct } from '../batch-rules.ts';
import { countWords, dayWords, listWords, middleTruncate, timeWords } from '../formats.ts';
import type { BatchColumn, BatchProgressView, BatchView } from '../views.ts';

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

/** `12 runs, 3 styles × 4 prompts`. */
export function batchSummaryWords(view: Pick<BatchView, 'columns' | 'members' | 'moreColumns'>): string {
  const differs = batchDiffersWords(view);
  const runs = countWords(view.members.length, 'run');
  return differs === '' ? runs : `${runs}, ${differs}`;
}

/** From when to when a batch ran: `today 11:40 to 11:44`; only its begin while it goes on. */
export function batchTimeWords(
  { createdAt }: Pick<BatchView, 'createdAt'>,
  { endedAt }: BatchProgressView,
  now: number,
): string {
  const begin = dayWords(createdAt, now) === 'today' ? `today ${timeWords(createdAt, now)}` : timeWords(createdAt, now);
  if (endedAt === null) return `since ${begin}`;
  const end = timeWords(endedAt, createdAt > endedAt || dayWords(endedAt, createdAt) === 'today' ? endedAt : now);
  return begin.endsWith(end) ? begin : `${begin} to ${end}`;
}

/** Texts around the runs of a batch. */
export const BATCH_WORDS = {
  show: 'Side by side',
  differs: 'What differs',
  same: (runs: number): string => `The same in all ${runs.toLocaleString('en-GB')}`,
  empty: 'Empty',
  noRun: 'No run',
  nothingDiffers: 'All runs were given the same.',
  took: 'Took',
  state: 'State',
  answer: 'Answer',
  inOrder: 'In order',
  sorted: 'Sorted as the table',
  /** `43 s, as number 8 of 12`. */
  placeWords: (took: string | null, place: number, of: number): string =>
    `${took ?? 'Not known'}, as number ${place.toLocaleString('en-GB')} of ${of.toLocaleString('en-GB')}`,
  saveCsv: 'Save as CSV',
  saveAll: (runs: number): string => `Save all ${runs.toLocaleString('en-GB')}`,
  saving: (done: number, of: number): string =>
    `Exporting run ${(done + 1).toLocaleString('en-GB')} of ${of.toLocaleString('en-GB')}`,
  exportStopped: (folder: string): string => `Stopped. The runs that were exported are in ${folder}`,
  moreDiffer: (count: number): string =>
    `${countWords(count, 'more field')} ${count === 1 ? 'differs' : 'differ'}. A CSV has all of them.`,
} as const;

/** The first text that is not empty, or a word for none. */
export const orEmptyWords = (...texts: readonly (string | undefined)[]): string =>
  texts.find((text) => text !== undefined && text !== '') ?? BATCH_WORDS.empty;
