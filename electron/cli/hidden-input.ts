import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import { AppError } from '../core/base/coded-error.ts';

/** A secret that is typed or pasted at a terminal. */
export interface HiddenInput {
  /** The first line, also one that came before it was asked for. @throws AppError `cancelled` for Ctrl+C and Ctrl+D */
  line(): Promise<string>;
  /** Rejects with AppError `cancelled` for Ctrl+C; to be raced with work that does not read. */
  readonly cancelled: Promise<never>;
  /** Gives the terminal back. */
  close(): void;
}

/**
 * Takes over the terminal: from now on nothing that is typed or pasted is shown. To be opened before anything is
 * waited for, as a person may paste while the server is asked.
 */
export function openHiddenInput(): HiddenInput {
  // readline echoes to its output, and puts the terminal into raw mode: an output that drops everything shows nothing.
  const dropped = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: process.stdin, output: dropped, terminal: true });
  const first = Promise.withResolvers<string>();
  const cancel = Promise.withResolvers<never>();
  lines.once('line', first.resolve);
  lines.once('SIGINT', () => cancel.reject(new AppError('cancelled')));
  lines.once('close', () => cancel.reject(new AppError('cancelled')));
  // Not everybody waits for either of them.
  first.promise.catch(() => undefined);
  cancel.promise.catch(() => undefined);
  return {
    line: () => Promise.race([first.promise, cancel.promise]),
    cancelled: cancel.promise,
    close: () => lines.close(),
  };
}
