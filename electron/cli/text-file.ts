import { resolve } from 'node:path';
import { MAX_BYTES } from '../contract/limits.ts';
import type { AttachmentProblem } from '../contract/views.ts';
import { readProblemOf } from '../core/intake/inspect.ts';
import { readStart } from '../core/user-files/open-file.ts';
import { userFiles } from '../core/user-files/user-files.ts';
import { UsageError } from './arguments.ts';
import { textOf, utf8Of } from './standard-input.ts';
import { terminalFileWords } from './words.ts';

/**
 * The text of a file, or of standard input for `-`.
 *
 * @throws UsageError that says what is wrong with the file: missing, no file, not readable, too large, not UTF-8
 */
export async function textOfFile(path: string): Promise<string> {
  if (path === '-') return textOf(process.stdin);
  const refuse = (problem: AttachmentProblem): UsageError => new UsageError(terminalFileWords(problem, path));
  const bytes = await readOf(path).catch((failure: unknown) => {
    throw refuse(readProblemOf(failure));
  });
  if (typeof bytes === 'string') throw refuse(bytes);
  const text = utf8Of(bytes);
  if (text === null) throw new UsageError(`"${path}" is not text in UTF-8. Save it as UTF-8, then use it again`);
  return text;
}

/** The bytes of a file, or why it is not read. What is no file is not opened: a pipe could wait for ever. */
async function readOf(path: string): Promise<Uint8Array | AttachmentProblem> {
  const full = resolve(path);
  const { kind } = await userFiles.stat(full);
  if (kind !== 'file') return kind === 'folder' ? 'folder' : 'not-a-file';
  const bytes = await userFiles.withFile(full, (file) => readStart(file, MAX_BYTES + 1));
  return bytes.byteLength > MAX_BYTES ? 'too-large' : bytes;
}
