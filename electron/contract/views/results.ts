/** What came back, and what was sent for it. */
import type { AttachmentKind } from './draft.ts';
import type { RunView } from './runs.ts';

export type ArtifactProblem = 'gone' | 'broken' | 'timed-out' | 'no-space';

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
  /** The chat message it came with; null for one of the output block. */
  readonly message: number | null;
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
  readonly artifacts: readonly ArtifactView[];
  readonly receipt: ReceiptView;
}

export interface ReceiptView {
  readonly address: string;
  /** Whether the server has the run: `unknown` while, or because, its answer never came. */
  readonly start: 'taken' | 'unknown' | 'not-sent';
  readonly sentAt: number | null;
  readonly message: string | null;
  readonly files: readonly {
    readonly name: string;
    readonly kind: AttachmentKind;
    readonly size: number;
    readonly sha256: string | null;
  }[];
  readonly bytes: number;
  /** From the server taking the job to its end, as this machine saw it. */
  readonly tookMs: number | null;
}
