/** Results, and what was sent for them. */
import type { FileDiskCode } from '../disk.ts';
import type { InputChange } from './draft.ts';
import type { RunFormField } from './forms.ts';
import type { AttachmentKind } from './kinds.ts';
import type { TextEncoding } from '../text-encodings.ts';
import type { RunReason, RunState, RunView } from './runs.ts';

/**
 * Why a part of a result is not stored. `unkept-value`: a text or an object that cannot be stored. `over-limit`: a file
 * above the setting `largestFileBytes`. `too-many-links`: further files that the answer links to.
 */
export type ArtifactProblem =
  'gone' | 'broken' | 'timed-out' | 'no-space' | 'unkept-value' | 'over-limit' | 'too-many-links' | FileDiskCode;

/**
 * Where a file was found that the answer itself does not name (wire 13.5): behind a link in a text of the answer, or in the
 * server's File Manager: stored for the job, or written by a File Output block.
 */
export const ARTIFACT_SOURCES = ['link', 'job', 'file-output'] as const;
export type ArtifactSource = (typeof ARTIFACT_SOURCES)[number];

/** A file of a result. */
export interface ArtifactView {
  readonly position: number;
  readonly name: string;
  readonly kind: 'image' | 'audio' | 'video' | 'document' | 'file';
  readonly mime: string;
  readonly size: number;
  readonly width: number | null;
  readonly height: number | null;
  /** The address of its bytes (`omnitray-artifact://...`); null when the file is not stored. */
  readonly url: string | null;
  readonly problem: ArtifactProblem | null;
  /** Whether the file is not stored but can be requested again (`results:fetch`). */
  readonly mayComeAgain: boolean;
  /** The position of its chat message; null for a file of an output block. */
  readonly message: number | null;
  /** Where it was found; null for one that the answer itself names. */
  readonly source: ArtifactSource | null;
}

/** The size of a picture in pixels, read from the file. */
export interface PictureSizeView {
  readonly width: number;
  readonly height: number;
}

/** One chat message of the recipe. Its files are the artifacts with its position in `message`. */
export interface ChatMessageView {
  readonly position: number;
  /** Unchanged text of the server; untrusted. '' for a message that has only files. */
  readonly text: string;
  readonly format: 'markdown' | 'plain';
}

/** One sent input, shown beside the result for comparison. */
export interface ResultInputView {
  readonly position: number;
  readonly name: string;
  readonly kind: AttachmentKind;
  readonly mime: string | null;
  readonly size: number;
  /** The address of the picture as it was sent; null for other kinds, and when it changed or is gone. */
  readonly picture: string | null;
}

/** The files of this result that its texts link to: the server's id, as it stands in the text, and the position. */
export type LinkedFiles = Readonly<Record<string, number>>;

/** The text of a file; `none` for files that are not text. */
export type PreviewView =
  | {
      readonly kind: 'text';
      readonly text: string;
      readonly encoding: TextEncoding;
      /** Whether the encoding is a guess. */
      readonly assumed: boolean;
      /** Whether only the beginning was read. */
      readonly truncated: boolean;
      /** Bytes of the whole file. */
      readonly size: number;
      /** Absent: the text links to none. */
      readonly linked?: LinkedFiles;
    }
  | { readonly kind: 'none' };

/** The result of a run, with its inputs and receipt. */
export interface ResultView {
  readonly run: RunView;
  readonly inputs: readonly ResultInputView[];
  readonly texts: readonly string[];
  /** Indented JSON texts. */
  readonly objects: readonly string[];
  readonly messages: readonly ChatMessageView[];
  /** The number of chat messages above the limit, which were not stored (limits.ts). */
  readonly leftOut: number;
  readonly artifacts: readonly ArtifactView[];
  readonly linked: LinkedFiles;
  readonly receipt: ReceiptView;
}

/** How an input was sent. */
export interface SentFactsView {
  /** The argument under which it was sent: a kind, or that of a field of a form; null when it was not sent. */
  readonly sentAs: string | null;
  /** The sent bytes: those of the file, or of the text of its data. SHA-256 in hex; null before an upload. */
  readonly sent: { readonly size: number; readonly sha256: string | null };
  /** The differences between the file and what was sent. */
  readonly changes: readonly InputChange[];
}

/** An input in the receipt. */
export interface ReceiptFileView extends SentFactsView {
  readonly name: string;
  readonly kind: AttachmentKind;
  /** Bytes of the file on this machine. */
  readonly size: number;
  readonly sha256: string | null;
}

/** What was sent, and how long the server took. */
export interface ReceiptView {
  readonly address: string;
  /** Whether the server accepted the run. `unknown`: its answer did not arrive. */
  readonly start: 'taken' | 'unknown' | 'not-sent';
  readonly sentAt: number | null;
  readonly message: string | null;
  /** Hand-written JSON; null for none. */
  readonly data: string | null;
  /** What the form was filled in with, without its files; empty for a recipe without a form. */
  readonly form: readonly RunFormField[];
  readonly files: readonly ReceiptFileView[];
  readonly bytes: number;
  /** How long the server had the job, in ms, as far as this machine knows; null when unknown. */
  readonly tookMs: number | null;
}

/** One request of a run for display, without the token, cookies and file ids. */
export interface SentRequestView {
  readonly method: 'POST';
  readonly path: string;
  /** The name of the uploaded file; null for the start. */
  readonly file: string | null;
  /** The body as lines of text. */
  readonly body: string;
  /** The number of characters that were cut from `body`. */
  readonly cut: number;
}

/** All requests of a run in order: the uploads, then the start. */
export interface SentView {
  readonly start: ReceiptView['start'];
  readonly requests: readonly SentRequestView[];
}

/** One transition of a run. */
export interface RunLogEntryView {
  readonly at: number;
  readonly state: RunState;
  readonly reason: RunReason | null;
  readonly detail: string | null;
}

/** The transitions of a run, oldest first. */
export interface RunLogView {
  readonly entries: readonly RunLogEntryView[];
  /** The number of its uploads. */
  readonly files: number;
  readonly bytes: number;
  /** How long the server had the job, in ms; null when unknown. */
  readonly tookMs: number | null;
}

/** What `results:save-all` would do. */
export interface SavePlanView {
  readonly rule: string;
  /** The chosen folder; null when none was chosen yet. */
  readonly folder: string | null;
  /** The names of the first files. */
  readonly names: readonly string[];
  /** The number of all files. */
  readonly files: number;
}

/** The outcome of saving or exporting files. */
export interface SavedView {
  /** Null when the user cancelled. */
  readonly folder: string | null;
  readonly files: number;
  /** The names of files that could not be copied. */
  readonly failed: readonly string[];
}
