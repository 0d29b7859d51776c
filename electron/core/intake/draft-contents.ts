import type { DraftMode, FormValues, PresetId, RecipeId } from '../../contract/views.ts';
import type { Attachment } from '../model/attachment.ts';
import type { DraftTable } from '../model/draft-table.ts';

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
  /** A table of which each row is a run; null when there is none. */
  readonly table: DraftTable | null;
}

/** Fields of the draft to change together; fields left out stay as they are. */
export interface DraftEdit {
  readonly recipeId?: RecipeId | null | undefined;
  readonly message?: string | undefined;
  readonly data?: string | undefined;
  readonly values?: FormValues | undefined;
  readonly presetId?: PresetId | null | undefined;
  readonly mode?: DraftMode | undefined;
  readonly table?: DraftTable | null | undefined;
  readonly attachments?: readonly Attachment[] | undefined;
}

/** The empty fields of a draft. Its recipe and mode stay. */
export const EMPTY = { attachments: [], message: '', data: '', table: null } as const;

/** Whether a draft has no attachments, message, data or table. */
export const isEmpty = ({ attachments, message, data, table }: DraftContents): boolean =>
  attachments.length === 0 && message === '' && data === '' && table === null;

/** Returns the draft with these changes. */
export const edited = (contents: DraftContents, edit: DraftEdit): DraftContents => ({
  ...contents,
  recipeId: edit.recipeId === undefined ? contents.recipeId : edit.recipeId,
  message: edit.message ?? contents.message,
  data: edit.data ?? contents.data,
  values: edit.values ?? (isOther(contents, edit) ? {} : contents.values),
  presetId: edit.presetId === undefined ? (isOther(contents, edit) ? null : contents.presetId) : edit.presetId,
  mode: edit.mode ?? contents.mode,
  table: tableIn(contents, edit),
  attachments: edit.attachments ?? contents.attachments,
});

/** The values of one form mean nothing to another. */
const isOther = (contents: DraftContents, { recipeId }: DraftEdit): boolean =>
  recipeId !== undefined && recipeId !== contents.recipeId;

/** A choice of fields means nothing to another form. */
function tableIn(contents: DraftContents, edit: DraftEdit): DraftTable | null {
  if (edit.table !== undefined) return edit.table;
  return contents.table !== null && isOther(contents, edit) ? { ...contents.table, chosen: {} } : contents.table;
}

/** The paths of all files of these drafts, including the files from which others were made. */
export const pathsIn = (drafts: readonly DraftContents[]): ReadonlySet<string> =>
  new Set(
    drafts.flatMap(({ attachments, table }) => [
      ...attachments.flatMap(({ path, madeFrom }) => [path ?? [], madeFrom?.path ?? []].flat()),
      ...[table?.path ?? []].flat(),
    ]),
  );
