import stringWidth from 'string-width';
import type { ErrorView } from '../contract/errors.ts';
import { errorView } from '../core/base/error-view.ts';
import { diskErrorOf } from '../core/base/disk-error.ts';
import { EXIT } from './exit-codes.ts';
import { terminalErrorWords } from './words.ts';

/** Where a command writes. Results are separate from everything else, so that they can be piped. */
export interface Output {
  readonly json: boolean;
  result(text: string): void;
  /** A message for the user; not printed with --quiet. */
  note(text: string): void;
  /** A message for the user, printed even with --quiet. */
  problem(text: string): void;
  /** Asks for input on the same line, even with --quiet. */
  ask(prompt: string): void;
}

/** Escapes control characters, so that content of a server cannot move the cursor or repaint the terminal. */
export const plain = (text: string): string =>
  text.replace(/\r\n/g, '\n').replace(/(?![\n\t])\p{Cc}/gu, (character) => {
    const code = character.charCodeAt(0).toString(16).padStart(2, '0');
    return `\\x${code}`;
  });

/**
 * Ignores a reader that is gone: a closed pipe (`omnitray recipes | head -1`) or a closed terminal window (EIO, which
 * comes with SIGHUP). The command goes on to its end. Reports output that cannot be written to a file (a full disk) and
 * sets the exit code.
 */
export function outliveReaders(): void {
  const isReaderGone = ({ code }: NodeJS.ErrnoException): boolean => code === 'EPIPE' || code === 'EIO';
  process.stdout.on('error', (failure: NodeJS.ErrnoException) => {
    if (isReaderGone(failure)) return;
    const words = sentences(errorView(diskErrorOf(failure)));
    process.stderr.write(
      `What was printed is not whole. ${plain(words)}\nomnitray show <run> prints a result again.\n`,
    );
    process.once('exit', () => (process.exitCode = EXIT.disk));
  });
  // Without standard error there is no place left to report to.
  process.stderr.on('error', () => undefined);
}

/** Results go to standard output, notes and problems to standard error. JSON results are written unchanged. */
export function terminalOutput(options: { readonly json: boolean; readonly quiet: boolean }): Output {
  const write = (stream: NodeJS.WriteStream, text: string): void => void stream.write(`${text}\n`);
  return {
    json: options.json,
    result: (text) => write(process.stdout, options.json ? text : plain(text)),
    note: (text) => {
      if (!options.quiet) write(process.stderr, plain(text));
    },
    problem: (text) => write(process.stderr, plain(text)),
    ask: (prompt) => void process.stderr.write(prompt),
  };
}

/** Prints an error and what helps. */
export function sayError(output: Output, error: ErrorView): void {
  output.problem(sentences(error));
}

/** Prints the error that ends a command, with --json also as the one JSON value. */
export function endWithError(output: Output, error: ErrorView): void {
  sayError(output, error);
  if (output.json) output.result(JSON.stringify({ error: { code: error.code, message: sentences(error) } }));
}

function sentences(error: ErrorView): string {
  const words = terminalErrorWords(error);
  return `${words.title}. ${words.next}`.replace('..', '.');
}

/** Lines of columns, as wide as they need to be on a terminal: CJK and emoji take two places there. */
export function table(rows: readonly (readonly string[])[]): string {
  const printed = rows.map((row) => row.map(plain));
  const widths = (printed[0] ?? []).map((_, column) =>
    Math.max(...printed.map((row) => stringWidth(row[column] ?? ''))),
  );
  const padded = (cell: string, column: number): string =>
    cell + ' '.repeat(Math.max(0, (widths[column] ?? 0) - stringWidth(cell)));
  return printed.map((row) => row.map(padded).join('  ').trimEnd()).join('\n');
}
