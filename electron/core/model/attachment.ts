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

/** What the inspection of a dropped path found. */
export interface InspectedFile {
  readonly kind: FileKind;
  readonly name: string;
  readonly path: string;
  /** The path after all links are resolved. Two drops with the same real path are the same file. */
  readonly realPath: string;
  readonly size: number;
  /** Null when it is unknown. */
  readonly mtimeMs: number | null;
  readonly mime: string | null;
  /** The text of a JSON file, for recipes that take the value itself; null for every other kind. */
  readonly json: string | null;
  /** Why a file named `.json` is sent as a document; null for every other file. */
  readonly notData: NotDataReason | null;
  /** Hash of a JSON file, in hex; null for other kinds, which are hashed when they are sent. */
  readonly sha256: string | null;
  readonly problem: AttachmentProblem | null;
  /** The contents of a folder; null for other kinds. */
  readonly folder: FolderView | null;
}

/** A copy of a file that a server already holds with the same bytes. */
export interface Uploaded {
  readonly profileId: ProfileId;
  /** The server's id of the file. A secret: it opens the file to anyone. */
  readonly fid: string;
  /** When the server deletes it, in ms since 1970; null when unknown. */
  readonly expires: number | null;
  readonly sha256: string | null;
}

/** One thing dropped or pasted. */
export interface Attachment {
  readonly id: AttachmentId;
  readonly kind: AttachmentKind;
  readonly name: string;
  /** The file's path; null for text and links. */
  readonly path: string | null;
  /** See `InspectedFile.realPath`; null for text and links. */
  readonly realPath: string | null;
  /** A pasted text, the address of a link, or the text of a JSON file; null for every other file. */
  readonly text: string | null;
  readonly size: number;
  readonly mtimeMs: number | null;
  readonly mime: string | null;
  /** The argument that the user chose for it; null: the recipe decides. */
  readonly sendAs: InputKind | null;
  /** The field of the form that the user chose for it; null: the first that takes it. */
  readonly field: string | null;
  readonly problem: AttachmentProblem | null;
  /** The picture from which this PNG was made; null for everything else. */
  readonly madeFrom: MadeFrom | null;
  /** See `InspectedFile.notData`. */
  readonly notData: NotDataReason | null;
  /** Hash of a JSON file, in hex; null for everything else. */
  readonly sha256: string | null;
  /** What the server would lose of a JSON file. */
  readonly loss: JsonLoss | null;
  /** The contents of a folder; null for everything else. */
  readonly folder: FolderView | null;
  /** The copy that a server already holds. `toView` leaves it out because the id is a secret. */
  readonly uploaded?: Uploaded;
}
