import type { DraftMode, RecipeId } from '../../contract/views.ts';
import type { Attachment } from './attachments.ts';

/** What is on the table: everything a later start of the program needs to show the same draft again. */
export interface DraftContents {
  readonly attachments: readonly Attachment[];
  readonly recipeId: RecipeId | null;
  readonly message: string;
  /** JSON written by hand, as it was written. */
  readonly data: string;
  readonly mode: DraftMode;
}

/** A draft with nothing in it, whatever its recipe and mode. */
export const EMPTY = { attachments: [], message: '', data: '' } as const;

export const isEmpty = ({ attachments, message, data }: DraftContents): boolean =>
  attachments.length === 0 && message === '' && data === '';
