/** The draft: what will be started next. */
import type { FormValues } from './forms.ts';
import type { AttachmentId, PresetId, RecipeId } from './ids.ts';
import type { AttachmentKind, InputKind } from './kinds.ts';

/** Why an attachment cannot be sent. It stays visible until the user removes it. */
export type AttachmentProblem =
  | 'unreadable'
  | 'refused'
  | 'unanswered'
  /** Another program locks it. */
  | 'busy'
  /** Too many files are open on this computer. */
  | 'crowded'
  /** Its drive reported a fault. */
  | 'broken'
  /** Its path is too long, or has a circular link. */
  | 'path'
  /** It is still being inspected. */
  | 'looking'
  | 'vanished'
  | 'empty'
  | 'too-large'
  | 'folder'
  | 'not-a-file'
  | 'invalid-json'
  | 'too-deep';

/** Problems that can end while the file stays in its place, so that it can be inspected again. */
export const PASSING_PROBLEMS: readonly AttachmentProblem[] = ['unanswered', 'busy', 'crowded', 'refused', 'broken'];

/** Why a file named `.json` is not sent as data. */
export type NotDataReason = 'utf-16' | 'not-utf-8' | 'not-json' | 'single-value' | 'too-deep' | 'too-long';

/** What the user drew: on the picture itself, or a mask of the same size. */
export const DRAWN_KINDS = ['picture', 'mask'] as const;
export type DrawnKind = (typeof DRAWN_KINDS)[number];

/** The picture from which a PNG was made. */
export interface MadeFromView {
  readonly name: string;
  readonly mime: string | null;
  readonly size: number;
  /** In hex; null when the file could not be read again. */
  readonly sha256: string | null;
  /** Size of the PNG in pixels. */
  readonly width: number;
  readonly height: number;
  /** Size of the picture in pixels; null when the PNG has the same size. */
  readonly scaledFrom: { readonly width: number; readonly height: number } | null;
  /** Left out when nothing was drawn. */
  readonly drawn?: DrawnKind | undefined;
}

/** One difference between the file on this machine and what is sent, or what the server makes of it. */
export type InputChange =
  /** It is sent as a PNG. */
  | { readonly kind: 'png'; readonly from: MadeFromView }
  /** Another name: `sent` by OmniTray, `kept` by the server; null while the server has not answered. */
  | { readonly kind: 'name'; readonly sent: string; readonly kept: string | null }
  /** A byte order mark is left out. */
  | { readonly kind: 'mark' }
  /** The server changes a number; `read` is null for a number that it cannot store. */
  | { readonly kind: 'number'; readonly written: string; readonly read: string | null }
  /** The server keeps only the last value of a key that occurs twice. */
  | { readonly kind: 'key'; readonly key: string }
  /** It is named `.json` but not sent as data. */
  | { readonly kind: 'not-data'; readonly why: NotDataReason };

/** One attachment of the draft. */
export interface AttachmentView {
  readonly id: AttachmentId;
  readonly kind: AttachmentKind;
  readonly name: string;
  readonly size: number;
  readonly mime: string | null;
  /** The argument that the user chose; null: the recipe decides (contract/kinds.ts). */
  readonly sendAs: InputKind | null;
  /** The field of the form that the user chose; null: the first that takes it (contract/form-files.ts). */
  readonly field: string | null;
  /** The beginning of a text, or the address of a link; null for files. */
  readonly excerpt: string | null;
  readonly problem: AttachmentProblem | null;
  /** The address of its picture (`omnitray-artifact://draft/...`); null when it has none. */
  readonly picture: string | null;
  /** Whether not every recipe can open this picture and the page can make a PNG of it. */
  readonly convertible: boolean;
  /** All possible changes; `changesAt` selects those of one argument. */
  readonly changes: readonly InputChange[];
  /** The contents of a folder; null for everything else. */
  readonly folder: FolderView | null;
  /** Whether it looks like a table, by its name, or as a text of lines with tabs. */
  readonly isTable: boolean;
}

/** The contents of a folder and its subfolders, without hidden files. */
export interface FolderView {
  readonly files: number;
  /** The sum of all files. */
  readonly bytes: number;
  /** The number of files of each kind, by their names: no file was opened. */
  readonly kinds: Readonly<Partial<Record<AttachmentKind, number>>>;
  /** Whether the folder has more files than can be added at once. */
  readonly isCut: boolean;
}

/** The whole draft. */
export interface DraftView {
  readonly attachments: readonly AttachmentView[];
  readonly recipeId: RecipeId | null;
  readonly message: string;
  /** Hand-written JSON, unchanged; '' for none. */
  readonly data: string;
  /** What the form of the recipe was filled in with; fields that are left out hold their first value. */
  readonly values: FormValues;
  /** The preset from which the values came, also when they were changed since; null: from none. */
  readonly presetId: PresetId | null;
  readonly mode: DraftMode;
  /** A table of which each row is a run of the recipe; null when there is none. */
  readonly table: TableSummary | null;
  /** The last change that can be undone (`draft:undo`); null when there is none. */
  readonly undoable: DraftStepView | null;
  /** The number of the last undo, when it can be undone itself (`draft:redo`); otherwise null. */
  readonly redoable: number | null;
}

/** The table of the draft in short. Its cells are read apart (`table:read`), because a table can be long. */
export interface TableSummary {
  /** Of the file, or `Pasted rows`. */
  readonly name: string;
  readonly rows: number;
  readonly columns: number;
  /** Another number after each change of the cells, the match or what is known of the files. */
  readonly revision: number;
}

/**
 * The kind of a change of the draft. `converted`: a picture was replaced by a PNG of it, or the reverse. `filled-in`: a
 * preset replaced the values of the form.
 */
export type DraftChange =
  | 'cleared'
  | 'replaced'
  | 'removed'
  | 'data-replaced'
  | 'added'
  | 'converted'
  | 'filled-in'
  | 'table-opened'
  | 'table-changed'
  | 'table-closed';

/** A change of the draft that can be undone. */
export interface DraftStepView {
  /** The number of the change; each one is larger than the one before. */
  readonly step: number;
  readonly what: DraftChange;
  /** The name of the one attachment or preset that it concerned; null for other changes. */
  readonly name: string | null;
}

/** Whether all attachments go into one run, or each into a run of its own. */
export type DraftMode = 'together' | 'each';
