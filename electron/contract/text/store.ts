/** Texts for stored records that cannot be read. */
import { countWords } from '../formats.ts';
import type { UnreadableView } from '../views.ts';

const keptWords = (many: number): string => `${many === 1 ? 'It is' : 'They are'} kept, and left out of the lists.`;

/** One or two sentences per kind of unreadable record; empty if all can be read. */
export function unreadableWords({ runs, results, recipes, others }: UnreadableView): readonly string[] {
  return [
    unreadableRunsWords(runs),
    results === 0 ? null : `${countWords(results, 'part')} of results could not be read. ${keptWords(results)}`,
    recipes === 0
      ? null
      : `${countWords(recipes, 'recipe')} could not be read. Refresh the list of recipes to get ${recipes === 1 ? 'it' : 'them'} back.`,
    others === 0 ? null : 'Some smaller data could not be read: a favourite, a log entry or the draft.',
  ].filter((words) => words !== null);
}

/** null if all runs can be read. */
export const unreadableRunsWords = (runs: number): string | null =>
  runs === 0 ? null : `${countWords(runs, 'run')} could not be read. ${keptWords(runs)}`;
