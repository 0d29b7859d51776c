import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import { AppError } from '../core/base/coded-error.ts';

/** A secret that is typed or pasted at a terminal. */
export interface HiddenInput {
  /** The first line, even if it was entered before this call. @throws AppError `cancelled` for Ctrl+C and Ctrl+D */
  line(): Promise<string>;
  /** Rejects with AppError `cancelled` for Ctrl+C. Race it with work that does not read. */
  readonly cancelled: Promise<never>;
  /** Restores the terminal. */
  close(): void;
}

/**
 * Stops the terminal from showing what is typed or pasted. Call it before the first request, because the user may paste
 * during the request.
 */
export function openHiddenInput(): HiddenInput {
  // readline sets raw mode and echoes to its output. This output drops everything, so nothing is shown.
  const dropped = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: process.stdin, output: dropped, terminal: true });
  const first = Promise.withResolvers<string>();
  const cancel = Promise.withResolvers<never>();
  lines.once('line', first.resolve);
  lines.once('SIGINT', () => cancel.reject(new AppError('cancelled')));
  lines.once('close', () => cancel.reject(new AppError('cancelled')));
  // Avoids an unhandled rejection if a caller waits for only one of them.
  first.promise.catch(() => undefined);
  cancel.promise.catch(() => undefined);
  return {
    line: () => Promise.race([first.promise, cancel.promise]),
    cancelled: cancel.promise,
    close: () => lines.close(),
  };
}
