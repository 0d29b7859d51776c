import type {
  AttachmentId,
  AttachmentKind,
  AttachmentProblem,
  FolderView,
  InputKind,
  NotDataReason,
  ProfileId,
} from '../../contract/views.ts';
import type { JsonLoss } from '../../contract/json-loss.ts';
import type { FileKind } from './file-kind.ts';
import type { MadeFrom } from './made-from.ts';

/** What can be said of a dropped path. */
export interface InspectedFile {
  readonly kind: FileKind;
  readonly name: string;
  readonly path: string;
  /** Where the path leads once every link is followed; what makes two drops the same file. */
  readonly realPath: string;
  readonly size: number;
  /** null when it cannot be known. */
  readonly mtimeMs: number | null;
  readonly mime: string | null;
  /** The text of a JSON file, for recipes that take the value itself; null for every other kind. */
  readonly json: string | null;
  /** Why a file that is called JSON is a document; null for every other one. */
  readonly notData: NotDataReason | null;
  /** Of a JSON file, in hex; null for every other kind: those are read when they are sent. */
  readonly sha256: string | null;
  readonly problem: AttachmentProblem | null;
  /** What is in a folder; null for everything else. */
  readonly folder: FolderView | null;
}

/** A file that is on a server already, as these very bytes. */
export interface Uploaded {
  readonly profileId: ProfileId;
  /** Opens the file to anyone who has it: a secret. */
  readonly fid: string;
  /** Until when the server keeps it, in ms since 1970; null when that is not known. */
  readonly expires: number | null;
  readonly sha256: string | null;
}

/** One thing dropped or pasted. */
export interface Attachment {
  readonly id: AttachmentId;
  readonly kind: AttachmentKind;
  readonly name: string;
  /** The file's place; null for text and links. */
  readonly path: string | null;
  /** See `InspectedFile.realPath`; null for text and links. */
  readonly realPath: string | null;
  /** A pasted text, the address of a link, or the text of a JSON file; null for every other file. */
  readonly text: string | null;
  readonly size: number;
  readonly mtimeMs: number | null;
  readonly mime: string | null;
  /** The argument the user chose to send it under; null: the recipe decides. */
  readonly sendAs: InputKind | null;
  readonly problem: AttachmentProblem | null;
  /** The picture that this PNG was made of; null for everything else. */
  readonly madeFrom: MadeFrom | null;
  /** See `InspectedFile.notData`. */
  readonly notData: NotDataReason | null;
  /** Of a JSON file; null for everything else. */
  readonly sha256: string | null;
  /** What the server would not keep of a JSON file. */
  readonly loss: JsonLoss | null;
  /** What is in a folder; null for everything else. */
  readonly folder: FolderView | null;
  /** The server's own copy of a file that came from there; it is told nobody (`toView`). */
  readonly uploaded?: Uploaded;
}
