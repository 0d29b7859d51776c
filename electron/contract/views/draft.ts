/** The draft: what was dropped and not yet run. */
import type { AttachmentId, RecipeId } from './ids.ts';
import type { AttachmentKind, InputKind } from './kinds.ts';

/** Why an attachment cannot be sent. It stays visible until the user removes it. */
export type AttachmentProblem =
  | 'unreadable'
  | 'refused'
  | 'unanswered'
  /** Another program keeps it from being read. */
  | 'busy'
  /** Too many files are open on this computer. */
  | 'crowded'
  /** Its drive reported a fault. */
  | 'broken'
  /** Its path is too long, or a link in it leads in a circle. */
  | 'path'
  /** Nothing is known of it yet: it is being looked at. */
  | 'looking'
  | 'vanished'
  | 'empty'
  | 'too-large'
  | 'folder'
  | 'not-a-file'
  | 'invalid-json'
  | 'too-deep';

/** What time or the user can mend while the file stays where it is: it can be looked at again. */
export const PASSING_PROBLEMS: readonly AttachmentProblem[] = ['unanswered', 'busy', 'crowded', 'refused', 'broken'];

/** Why a file that is called JSON is not sent as data. */
export type NotDataReason = 'utf-16' | 'not-utf-8' | 'not-json' | 'single-value' | 'too-deep' | 'too-long';

/** The picture that a PNG was made of, and how. */
export interface MadeFromView {
  readonly name: string;
  readonly mime: string | null;
  readonly size: number;
  /** In hex; null where the file could not be read once more. */
  readonly sha256: string | null;
  /** Pixels of the PNG. */
  readonly width: number;
  readonly height: number;
  /** Pixels of the picture where the PNG has others; null where they are the same. */
  readonly scaledFrom: { readonly width: number; readonly height: number } | null;
}

/** One way in which what is sent, or what the server makes of it, is not the file as it is on the disk. */
export type InputChange =
  /** Other pixels: a PNG was made of it. */
  | { readonly kind: 'png'; readonly from: MadeFromView }
  /** Another name: `sent` by OmniTray, `kept` by the server where its answer is known. */
  | { readonly kind: 'name'; readonly sent: string; readonly kept: string | null }
  /** A byte order mark is left out. */
  | { readonly kind: 'mark' }
  /** The server reads a number as another; `read` is null for one that it cannot hold. */
  | { readonly kind: 'number'; readonly written: string; readonly read: string | null }
  /** The server keeps the last of a key that is there twice. */
  | { readonly kind: 'key'; readonly key: string }
  /** Not sent as data, though it is called JSON. */
  | { readonly kind: 'not-data'; readonly why: NotDataReason };

export interface AttachmentView {
  readonly id: AttachmentId;
  readonly kind: AttachmentKind;
  readonly name: string;
  readonly size: number;
  readonly mime: string | null;
  /** The argument the user chose to send it under; null: the recipe decides (contract/kinds.ts). */
  readonly sendAs: InputKind | null;
  /** The first words of a text, the address of a link. */
  readonly excerpt: string | null;
  readonly problem: AttachmentProblem | null;
  /** An address the page may show as a picture (`omnitray-artifact://draft/...`); null when there is none. */
  readonly picture: string | null;
  /** The page can make a PNG of this picture, which not every recipe can open as it is. */
  readonly convertible: boolean;
  /** Whatever would be changed on the way; what of it applies depends on the argument (`changesAt`). */
  readonly changes: readonly InputChange[];
  /** What is in a folder; null for everything else. */
  readonly folder: FolderView | null;
}

/** What was found in a folder and all folders below it. Hidden files do not count. */
export interface FolderView {
  readonly files: number;
  /** Of all of them together. */
  readonly bytes: number;
  /** By their names: nothing was opened yet. */
  readonly kinds: Readonly<Partial<Record<AttachmentKind, number>>>;
  /** There is more than can be taken at once. */
  readonly isCut: boolean;
}

export interface DraftView {
  readonly attachments: readonly AttachmentView[];
  readonly recipeId: RecipeId | null;
  readonly message: string;
  /** JSON written by hand, as it was written; '' for none. */
  readonly data: string;
  /** All attachments in one run, or a run for each of them. */
  readonly mode: DraftMode;
  /** The last change that took something away and can be undone (`draft:undo`); null where there is none. */
  readonly undoable: DraftStepView | null;
  /** Set where an undo can itself be undone (`draft:redo`); another number for each. */
  readonly redoable: number | null;
}

/**
 * What a change did to the draft: emptied it, put something else in its place, took one thing away, replaced the written
 * data, added to what was there, or turned one thing into another.
 */
export type DraftChange = 'cleared' | 'replaced' | 'removed' | 'data-replaced' | 'added' | 'converted';

export interface DraftStepView {
  /** Counts up. */
  readonly step: number;
  readonly what: DraftChange;
  /** Of the one thing that it was about. */
  readonly name: string | null;
}

export type DraftMode = 'together' | 'each';
