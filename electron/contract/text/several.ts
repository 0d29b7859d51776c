import { countWords, middleTruncate } from '../formats.ts';
import { MOST_COMBINATIONS, type SeveralValues } from '../combinations.ts';
import type { FormField } from '../views.ts';

/** Texts of the dialog that makes a run for each combination of values. */
export const SEVERAL_WORDS = {
  open: 'Several values',
  title: 'Run with several values',
  text: 'Write several values for some fields. Each combination is a run. Fields that you leave empty keep what the form holds.',
  none: 'Write at least two values.',
  cancel: 'Cancel',
} as const;

/** How several values of a field are written. */
export const severalHintWords = ({ control }: Pick<FormField, 'control'>): string =>
  control.kind === 'text' ? 'One on each line' : 'With commas between them';

/** `3 × 4 = 12 runs` */
export function combinationWords(lists: readonly SeveralValues[], count: number): string {
  const counts = lists.flatMap(({ values }) => (values.length > 1 ? [values.length] : []));
  const product = counts.length > 1 ? `${counts.join(' × ')} = ` : '';
  if (count > MOST_COMBINATIONS)
    return `${product}${count.toLocaleString('en-GB')} runs; ${MOST_COMBINATIONS.toLocaleString('en-GB')} is the most.`;
  return `${product}${countWords(count, 'run')}`;
}

/** The button that opens the table of the combinations. */
export const makeTableWords = (count: number): string =>
  count > 1 && count <= MOST_COMBINATIONS ? `See the ${countWords(count, 'run')}` : 'See the runs';

/** `“900”: Use 512 or less.` */
export const badSeveralWords = (value: string, problem: string): string => `“${middleTruncate(value, 40)}”: ${problem}`;
