/** Describes a change of the draft that can be undone. */
import { middleTruncate } from '../formats.ts';
import type { DraftStepView } from '../views.ts';

/** null for a change that needs no text, because the screen shows it. */
export function draftStepWords({ what, name }: DraftStepView): string | null {
  switch (what) {
    case 'cleared':
      return 'Everything was cleared';
    case 'replaced':
      return 'Your draft was replaced';
    case 'removed':
      return `${middleTruncate(name ?? 'One thing', 40)} was removed`;
    case 'data-replaced':
      return 'The data you had written was replaced';
    case 'added':
      return 'Added to your draft';
    case 'filled-in':
      return `Filled in with ${middleTruncate(name ?? 'a preset', 40)}`;
    case 'table-closed':
      return `${middleTruncate(name ?? 'The table', 40)} was closed`;
    // The screen shows these.
    case 'converted':
    case 'table-opened':
    case 'table-changed':
      return null;
  }
}
