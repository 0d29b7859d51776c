/** The messages between the main thread and a file thread. Everything here can be cloned or transferred. */

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

/** A file that a thread opened. File descriptors belong to the whole process, so any thread can use it. */
export interface OpenedFile {
  readonly fd: number;
  readonly facts: FileFacts;
  /** The root of its file system; the whole path when that is the root of everything. */
  readonly place: string;
}

/** A file that was read completely. */
export interface DigestedFile {
  readonly before: FileFacts;
  readonly after: FileFacts;
  readonly read: number;
  /** In hex; null for anything but a regular file, which is not read. */
  readonly sha256: string | null;
}

/** `new`: fails with EEXIST when the target exists. `replace`: replaces the bytes of the target. */
export type WriteMode = 'new' | 'replace';

/** How a copy treats an existing file, and when it is cancelled. */
export interface CopyOptions {
  readonly write: WriteMode;
  /** Permission bits of the copy; null: those of the original. */
  readonly mode: number | null;
  /** Returns only when the bytes are on the disk. */
  readonly flush: boolean;
}

interface Operations {
  stat: { ask: { readonly path: string }; answer: FileFacts };
  realpath: { ask: { readonly path: string }; answer: string };
  list: { ask: { readonly path: string }; answer: readonly FolderEntry[] };
  open: { ask: { readonly path: string }; answer: OpenedFile };
  facts: { ask: { readonly fd: number }; answer: FileFacts };
  /** Fills the buffer from `position` on. The buffer is transferred and comes back. */
  read: {
    ask: { readonly fd: number; readonly position: number; readonly into: ArrayBuffer };
    answer: { readonly bytes: ArrayBuffer; readonly length: number };
  };
  close: { ask: { readonly fd: number }; answer: null };
  digest: { ask: { readonly path: string }; answer: DigestedFile };
  copy: { ask: { readonly from: string; readonly to: string } & CopyOptions; answer: null };
  write: { ask: { readonly path: string; readonly text: string; readonly write: WriteMode }; answer: null };
  makeFolder: { ask: { readonly path: string; readonly recursive: boolean }; answer: null };
}

/** The name of a file operation. */
export type OperationName = keyof Operations;
/** The argument of a file operation. */
export type AskOf<Name extends OperationName> = Operations[Name]['ask'];
/** The result of a file operation. */
export type AnswerOf<Name extends OperationName> = Operations[Name]['answer'];

/** One request; `name` decides the shape of `ask`. */
export type FileRequest = {
  readonly [Name in OperationName]: { readonly name: Name; readonly ask: AskOf<Name> };
}[OperationName];

/** A failed system call, reduced to what can be cloned. */
export interface FileFailure {
  readonly code: string | null;
  readonly message: string;
  /** The path that the system refused, if it told. */
  readonly path: string | null;
}

/** The reply of a file thread: the result or the failure. */
export type FileReply = { readonly answer: unknown } | { readonly failure: FileFailure };

/** Slots of the shared memory in which a thread reports its progress, because it cannot send messages during a call. */
export const SLOT = {
  /** Increases with every system call that returned. */
  beat: 0,
  /** The index of the request's path that is being touched. */
  path: 1,
  /** How many letters of that path are being touched. */
  length: 2,
  /** The extra time for the current system call, in ms: it writes out what the system had buffered. */
  allowance: 3,
  /** Set by the main thread: the caller no longer waits for the result. */
  givenUp: 4,
} as const;

/** The number of slots in the shared memory of a thread. */
export const SLOTS = Object.keys(SLOT).length;
