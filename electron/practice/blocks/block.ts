import type { FileRecord } from '../files/file-record.ts';
import type { FileStore } from '../files/file-store.ts';

/** The value of a connection. */
export type Value =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'files'; readonly files: readonly FileRecord[] }
  | { readonly kind: 'objects'; readonly objects: readonly unknown[] | null };

/** One value for each connection of each connected input, in their order. A disabled block gives none. */
export type Inputs = Readonly<Record<string, readonly Value[]>>;
/** One value per output of a block. */
export type Outputs = Readonly<Record<string, Value>>;

/** What a block can use while it runs. */
export interface BlockRun {
  readonly inputs: Inputs;
  /** The values of the block's fields. */
  readonly data: Readonly<Record<string, unknown>>;
  /** The `args` of the exec call, for the chat input block and the form block. */
  readonly args: Readonly<Record<string, unknown>>;
  readonly files: FileStore;
  /** Stores a file and announces it on the user's streams. Without a name the bytes decide its type; `type` is believed. */
  makeFile(bytes: Uint8Array, name: string | null, as?: { document?: boolean; type?: string }): Promise<FileRecord>;
  makeText(text: string): Promise<FileRecord>;
  /** Stores a document in the File Manager only: nothing there names its job (wire 13.5). */
  putAside(bytes: Uint8Array, name: string): Promise<FileRecord>;
  /** Rejects when the server shuts down meanwhile; a stop does not end a block (wire 8). */
  wait(milliseconds: number): Promise<void>;
  /** Sends a chat message to the session that started the run: a list of texts from output blocks, one text from others. */
  say(text: string | readonly string[], type: string, attachments: Readonly<Record<string, unknown>>): void;
  /** Writes the run's result, in place of an earlier one. */
  conclude(result: RunResult): Promise<void>;
}

/** The result of a run. `artifacts` holds file records by kind. */
export interface RunResult {
  readonly text?: readonly string[];
  readonly objects?: readonly unknown[] | null;
  readonly artifacts: Readonly<Record<string, readonly unknown[]>>;
}

/** The work of one block. An error that it throws fails the job. */
export type Block = (run: BlockRun) => Promise<Outputs>;

/** An error that a block returns instead of throwing it: the stream then has no `error` event (wire 9.3). */
export class ReturnedError extends Error {}

/** A text as the value of an output. */
export const textValue = (text: string): Value => ({ kind: 'text', text });
/** Files as the value of an output. */
export const filesValue = (files: readonly FileRecord[]): Value => ({ kind: 'files', files });
/** JSON objects as the value of an output; null: the output gives none. */
export const objectsValue = (objects: readonly unknown[] | null): Value => ({ kind: 'objects', objects });

/** The texts that reach an input, in the order of its connections. */
export const textsOf = (inputs: Inputs, port: string): readonly string[] =>
  (inputs[port] ?? []).flatMap((value) => (value.kind === 'text' ? [value.text] : []));

/** The files that reach an input, in the order of its connections. */
export const filesOf = (inputs: Inputs, port: string): readonly FileRecord[] =>
  (inputs[port] ?? []).flatMap((value) => (value.kind === 'files' ? value.files : []));

/** The objects that reach an input; null if there are none. */
export function objectsOf(inputs: Inputs, port: string): readonly unknown[] | null {
  const objects = (inputs[port] ?? []).flatMap((value) => (value.kind === 'objects' ? (value.objects ?? []) : []));
  return objects.length === 0 ? null : objects;
}
