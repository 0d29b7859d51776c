/** What came back, and what was sent for it. */
import type { FileDiskCode } from '../disk.ts';
import type { InputChange } from './draft.ts';
import type { AttachmentKind } from './kinds.ts';
import type { InputKind } from './kinds.ts';
import type { TextEncoding } from '../text-encodings.ts';
import type { RunReason, RunState, RunView } from './runs.ts';

/**
 * Why a part of an answer is not here. `unkept-value` is no file: a text or an object that cannot be kept. `over-limit`:
 * larger than what is fetched without being asked for (the setting `largestFileBytes`).
 */
export type ArtifactProblem =
  'gone' | 'broken' | 'timed-out' | 'no-space' | 'unkept-value' | 'over-limit' | FileDiskCode;

export interface ArtifactView {
  readonly position: number;
  readonly name: string;
  readonly kind: 'image' | 'audio' | 'video' | 'document' | 'file';
  readonly mime: string;
  readonly size: number;
  readonly width: number | null;
  readonly height: number | null;
  /** Where the page finds the bytes (`omnitray-artifact://...`); null when the file could not be had. */
  readonly url: string | null;
  readonly problem: ArtifactProblem | null;
  /** Not here, and asking the server for it once more may bring it (`results:fetch`). */
  readonly mayComeAgain: boolean;
  /** The chat message it came with; null for one of the output block. */
  readonly message: number | null;
}

/** In points, as the file itself says. */
export interface PictureSizeView {
  readonly width: number;
  readonly height: number;
}

/** One answer of the recipe in Omnitool's chat. Its files are the artifacts that name its position. */
export interface ChatMessageView {
  readonly position: number;
  /** As the server sent it: never trusted. '' for a message of files only. */
  readonly text: string;
  readonly format: 'markdown' | 'plain';
}

/** One thing that was sent, to be held against what came back. */
export interface ResultInputView {
  readonly position: number;
  readonly name: string;
  readonly kind: AttachmentKind;
  readonly mime: string | null;
  readonly size: number;
  /** Where the page finds the picture as it was sent; null for other kinds, and where it is no longer on this machine. */
  readonly picture: string | null;
}

/** What a file of a result says, as far as a page can show it. */
export type PreviewView =
  | {
      readonly kind: 'text';
      readonly text: string;
      readonly encoding: TextEncoding;
      /** The bytes do not say so: it is the likeliest reading. */
      readonly assumed: boolean;
      /** There is more in the file than was read. */
      readonly truncated: boolean;
      /** Of the whole file, in bytes. */
      readonly size: number;
    }
  | { readonly kind: 'none' };

export interface ResultView {
  readonly run: RunView;
  readonly inputs: readonly ResultInputView[];
  readonly texts: readonly string[];
  /** Each as JSON text, indented. */
  readonly objects: readonly string[];
  readonly messages: readonly ChatMessageView[];
  /** Chat messages that were not kept (limits.ts). */
  readonly leftOut: number;
  readonly artifacts: readonly ArtifactView[];
  readonly receipt: ReceiptView;
}

/** What of an input was sent, beside the file that it is. */
export interface SentFactsView {
  /** The argument it went under; null for what did not go. */
  readonly sentAs: InputKind | null;
  /** The bytes that were sent for it: the file's own, or the text of its data. SHA-256 in hex; null before an upload. */
  readonly sent: { readonly size: number; readonly sha256: string | null };
  /** In what way what was sent, or what the server makes of it, is not the file. */
  readonly changes: readonly InputChange[];
}

export interface ReceiptFileView extends SentFactsView {
  readonly name: string;
  readonly kind: AttachmentKind;
  /** Of the file on this machine. */
  readonly size: number;
  readonly sha256: string | null;
}

export interface ReceiptView {
  readonly address: string;
  /** Whether the server has the run: `unknown` while, or because, its answer never came. */
  readonly start: 'taken' | 'unknown' | 'not-sent';
  readonly sentAt: number | null;
  readonly message: string | null;
  /** JSON written by hand; null where there was none. */
  readonly data: string | null;
  readonly files: readonly ReceiptFileView[];
  readonly bytes: number;
  /** From the server taking the job to its end, as this machine saw it. */
  readonly tookMs: number | null;
}

/** One request of a run, as a person reads it: without the token, cookies and the server's own names of files. */
export interface SentRequestView {
  readonly method: 'POST';
  readonly path: string;
  /** What it was for: `harbour.png` for a file; null for the start. */
  readonly file: string | null;
  /** What it carried, as lines of text. */
  readonly body: string;
  /** Characters of a long body that are not in `body`. */
  readonly cut: number;
}

/** What was sent, in order: the files, then the start. */
export interface SentView {
  readonly start: ReceiptView['start'];
  readonly requests: readonly SentRequestView[];
}

export interface RunLogEntryView {
  readonly at: number;
  readonly state: RunState;
  readonly reason: RunReason | null;
  readonly detail: string | null;
}

/** What happened to a run, oldest first. */
export interface RunLogView {
  readonly entries: readonly RunLogEntryView[];
  /** What it sends: files that go by themselves. */
  readonly files: number;
  readonly bytes: number;
  /** How long the server had the job, in ms; null where it never did, or that is not known. */
  readonly tookMs: number | null;
}

/** What saving all files of a result would do. */
export interface SavePlanView {
  readonly rule: string;
  /** Where to; null while none was chosen. */
  readonly folder: string | null;
  /** The names the first files would get. */
  readonly names: readonly string[];
  /** How many files there are in all. */
  readonly files: number;
}

/** What became of copies that were asked for. */
export interface SavedView {
  /** null when the user changed their mind. */
  readonly folder: string | null;
  readonly files: number;
  /** Those that could not be copied, by name. */
  readonly failed: readonly string[];
}
