import type { DraftMode, RecipeId } from '../../contract/views.ts';
import type { Attachment } from '../model/attachment.ts';

/** The contents of the draft: everything a later start of the program needs to show the same draft again. */
export interface DraftContents {
  readonly attachments: readonly Attachment[];
  readonly recipeId: RecipeId | null;
  readonly message: string;
  /** JSON written by hand, as it was written. */
  readonly data: string;
  readonly mode: DraftMode;
}

/** What of a draft is changed together; what is left out stays as it is. */
export interface DraftEdit {
  readonly recipeId?: RecipeId | null | undefined;
  readonly message?: string | undefined;
  readonly data?: string | undefined;
  readonly mode?: DraftMode | undefined;
}

/** A draft with nothing in it, whatever its recipe and mode. */
export const EMPTY = { attachments: [], message: '', data: '' } as const;

export const isEmpty = ({ attachments, message, data }: DraftContents): boolean =>
  attachments.length === 0 && message === '' && data === '';

/** The draft with these changes. */
export const edited = (contents: DraftContents, edit: DraftEdit): DraftContents => ({
  ...contents,
  recipeId: edit.recipeId === undefined ? contents.recipeId : edit.recipeId,
  message: edit.message ?? contents.message,
  data: edit.data ?? contents.data,
  mode: edit.mode ?? contents.mode,
});

/** Every file of these drafts, also those that a file of theirs was made from. */
export const pathsIn = (drafts: readonly DraftContents[]): ReadonlySet<string> =>
  new Set(
    drafts.flatMap(({ attachments }) =>
      attachments.flatMap(({ path, madeFrom }) => [path ?? [], madeFrom?.path ?? []].flat()),
    ),
  );
