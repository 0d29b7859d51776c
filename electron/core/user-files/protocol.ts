/** What the main thread and a file thread say to each other. Everything in here can be cloned or transferred. */

export interface FileFacts {
  readonly kind: 'file' | 'folder' | 'other';
  /** In bytes. */
  readonly size: number;
  readonly mtimeMs: number;
  /** The permission bits. */
  readonly mode: number;
}

/** An entry of a folder. A link is `other`: it is not followed. */
export interface FolderEntry {
  readonly name: string;
  readonly kind: FileFacts['kind'];
}

/** A file that a thread opened. File descriptors belong to the whole process, so any thread can go on with one. */
export interface OpenedFile {
  readonly fd: number;
  readonly facts: FileFacts;
  /** The root of the file system it is on; the whole path where that is the root of everything. */
  readonly place: string;
}

/** A file that was read through. */
export interface DigestedFile {
  readonly before: FileFacts;
  readonly after: FileFacts;
  readonly read: number;
  /** In hex; null for what is not a regular file, which is not read. */
  readonly sha256: string | null;
}

/** `new`: fails with EEXIST where something is. `replace`: its bytes take the place of what is there. */
export type WriteMode = 'new' | 'replace';

export interface CopyWish {
  readonly write: WriteMode;
  /** Permission bits of the copy; null: those of the original. */
  readonly mode: number | null;
  /** Returns only once the bytes are on the disk. */
  readonly flush: boolean;
}

interface Operations {
  stat: { ask: { readonly path: string }; answer: FileFacts };
  realpath: { ask: { readonly path: string }; answer: string };
  list: { ask: { readonly path: string }; answer: readonly FolderEntry[] };
  open: { ask: { readonly path: string }; answer: OpenedFile };
  facts: { ask: { readonly fd: number }; answer: FileFacts };
  /** Fills the buffer from `position` on, which is handed over and comes back. */
  read: {
    ask: { readonly fd: number; readonly position: number; readonly into: ArrayBuffer };
    answer: { readonly bytes: ArrayBuffer; readonly length: number };
  };
  close: { ask: { readonly fd: number }; answer: null };
  digest: { ask: { readonly path: string }; answer: DigestedFile };
  copy: { ask: { readonly from: string; readonly to: string } & CopyWish; answer: null };
  write: { ask: { readonly path: string; readonly text: string; readonly write: WriteMode }; answer: null };
  makeFolder: { ask: { readonly path: string; readonly recursive: boolean }; answer: null };
}

export type OperationName = keyof Operations;
export type AskOf<Name extends OperationName> = Operations[Name]['ask'];
export type AnswerOf<Name extends OperationName> = Operations[Name]['answer'];

/** One request; `name` decides the shape of `ask`. */
export type FileRequest = {
  readonly [Name in OperationName]: { readonly name: Name; readonly ask: AskOf<Name> };
}[OperationName];

/** A failed system call, without what cannot be cloned of it. */
export interface FileFailure {
  readonly code: string | null;
  readonly message: string;
  /** The path that the system refused, where it says so. */
  readonly path: string | null;
}

export type FileReply = { readonly answer: unknown } | { readonly failure: FileFailure };

/** Slots of the shared memory by which a thread says how far it is while it cannot send messages. */
export const SLOT = {
  /** Goes up with every system call that returned. */
  beat: 0,
  /** Which of the request's paths is being touched. */
  path: 1,
  /** How many letters of that path are being touched. */
  length: 2,
  /** What the present system call may take on top of the usual limit, in ms: it writes out what the system held back. */
  allowance: 3,
  /** Set by the main thread: the caller no longer waits for the answer. */
  givenUp: 4,
} as const;

export const SLOTS = Object.keys(SLOT).length;
