import type { DraftMode, FormValues, PresetId, RecipeId } from '../../contract/views.ts';
import type { Attachment } from '../model/attachment.ts';

/** The contents of the draft: everything that a later start of the program needs to show the same draft. */
export interface DraftContents {
  readonly attachments: readonly Attachment[];
  readonly recipeId: RecipeId | null;
  readonly message: string;
  /** Hand-written JSON as the user wrote it. */
  readonly data: string;
  /** What the form of the recipe was filled in with. */
  readonly values: FormValues;
  /** The preset from which the values came, also when they were changed since; null: from none. */
  readonly presetId: PresetId | null;
  readonly mode: DraftMode;
}

/** Fields of the draft to change together; fields left out stay as they are. */
export interface DraftEdit {
  readonly recipeId?: RecipeId | null | undefined;
  readonly message?: string | undefined;
  readonly data?: string | undefined;
  readonly values?: FormValues | undefined;
  readonly presetId?: PresetId | null | undefined;
  readonly mode?: DraftMode | undefined;
}

/** The empty fields of a draft. Its recipe and mode stay. */
export const EMPTY = { attachments: [], message: '', data: '' } as const;

/** Whether a draft has no attachments, message or data. */
export const isEmpty = ({ attachments, message, data }: DraftContents): boolean =>
  attachments.length === 0 && message === '' && data === '';

/** Returns the draft with these changes. */
export const edited = (contents: DraftContents, edit: DraftEdit): DraftContents => ({
  ...contents,
  recipeId: edit.recipeId === undefined ? contents.recipeId : edit.recipeId,
  message: edit.message ?? contents.message,
  data: edit.data ?? contents.data,
  values: edit.values ?? (isOther(contents, edit) ? {} : contents.values),
  presetId: edit.presetId === undefined ? (isOther(contents, edit) ? null : contents.presetId) : edit.presetId,
  mode: edit.mode ?? contents.mode,
});

/** The values of one form mean nothing to another. */
const isOther = (contents: DraftContents, { recipeId }: DraftEdit): boolean =>
  recipeId !== undefined && recipeId !== contents.recipeId;

/** The paths of all files of these drafts, including the files from which others were made. */
export const pathsIn = (drafts: readonly DraftContents[]): ReadonlySet<string> =>
  new Set(
    drafts.flatMap(({ attachments }) =>
      attachments.flatMap(({ path, madeFrom }) => [path ?? [], madeFrom?.path ?? []].flat()),
    ),
  );
