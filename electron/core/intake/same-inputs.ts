import { rm } from 'node:fs/promises';
import type { ErrorCode } from '../../contract/errors.ts';
import { AppError } from '../base/coded-error.ts';
import { isUploaded } from '../model/assemble.ts';
import type { FileErrorCode } from '../base/file-error.ts';
import { errnoOf } from '../base/errno.ts';
import { FileError } from '../base/file-error.ts';
import type { HashedFile } from '../user-files/hash-file.ts';
import { hashFile } from '../user-files/hash-file.ts';
import { diskError } from '../base/error-view.ts';
import { copyWhole, inputCopyPath } from './input-copies.ts';
import type { Run, RunInput } from '../model/run.ts';

/** The folders of an earlier run and of the new one. */
export interface Folders {
  /** The folder of the earlier run, which may hold copies of its inputs. */
  readonly from: string;
  /** The folder of the new run. Created only when a copy is used. */
  readonly to: string;
}

/**
 * Returns the inputs of an earlier run after checking that their bytes are those that were sent: by hash for files that
 * were uploaded, otherwise by size and time. A file that changed or is gone is replaced by its stored copy. A known
 * upload is kept; the sender decides whether it is still valid.
 *
 * Texts, links and values of JSON files are stored in the database as they were sent, so no file is read for them.
 *
 * @throws AppError one of INPUT_LOSS_CODES with the file's name; `disk-full`, `disk-refused`. `to` is empty then.
 */
export async function sameInputs({ inputs, takes }: Run, folders: Folders): Promise<readonly RunInput[]> {
  const same: RunInput[] = [];
  try {
    for (const input of inputs) {
      const { path } = input;
      same.push(
        path !== null && isUploaded(input, takes)
          ? await sameFile({ ...input, path }, folders)
          : { ...input, copy: null },
      );
    }
    return same;
  } catch (failure) {
    await rm(folders.to, { recursive: true, force: true });
    throw failure;
  }
}

async function sameFile(input: RunInput & { readonly path: string }, { from, to }: Folders): Promise<RunInput> {
  const found = await findInput(input, from);
  if ('loss' in found) throw new AppError(ERRORS[found.loss], input.name);
  if (found.copy === null) return { ...input, ...found.file, copy: null };
  const path = inputCopyPath(to, input.position, found.copy);
  await takeCopy(found.path, path);
  const taken = await look(path);
  if (taken instanceof FileError || taken.sha256 !== found.file.sha256)
    throw new AppError('inputs-changed', input.name);
  return { ...input, ...taken, path };
}

const ERRORS = {
  gone: 'inputs-changed',
  changed: 'inputs-changed',
  unreadable: 'file-unreadable',
  refused: 'file-refused',
  unanswered: 'file-unanswered',
  busy: 'file-busy',
  crowded: 'disk-crowded',
  broken: 'file-broken',
  path: 'file-path',
} as const satisfies Record<InputLoss, ErrorCode>;

/** Codes of an AppError about one input, not about the whole run. */
export const INPUT_LOSS_CODES: readonly ErrorCode[] = Object.values(ERRORS);

/** What happened to a file since it was sent, or why that is unknown. */
export type InputLoss =
  'gone' | 'changed' | 'unreadable' | 'refused' | 'unanswered' | 'busy' | 'crowded' | 'broken' | 'path';

const LOSSES: Readonly<Record<FileErrorCode, InputLoss>> = {
  'file-vanished': 'gone',
  'file-unreadable': 'unreadable',
  'file-refused': 'refused',
  'file-unanswered': 'unanswered',
  'file-busy': 'busy',
  'disk-crowded': 'crowded',
  'file-broken': 'broken',
  'file-path': 'path',
  'file-changed': 'changed',
  'file-too-large': 'changed',
};

interface FoundInput {
  readonly path: string;
  readonly file: HashedFile;
  /** The name of the copy that was found; null when it is the file itself. */
  readonly copy: string | null;
}

/** Finds the exact bytes of an input: at its own path, otherwise in the stored copy. */
export async function findInput(
  input: RunInput & { readonly path: string },
  folder: string,
): Promise<FoundInput | { readonly loss: InputLoss }> {
  const { path, position, copy } = input;
  const there = await look(path);
  if (!(there instanceof FileError) && isSame(there, input, true)) return { path, file: there, copy: null };
  if (copy !== null) {
    const kept = inputCopyPath(folder, position, copy);
    const file = await look(kept);
    if (!(file instanceof FileError) && isSame(file, input, false)) return { path: kept, file, copy };
  }
  if (!(there instanceof FileError)) return { loss: 'changed' };
  return { loss: LOSSES[there.code] };
}

async function look(path: string): Promise<HashedFile | FileError> {
  try {
    return await hashFile(path);
  } catch (failure) {
    if (failure instanceof FileError) return failure;
    throw failure;
  }
}

/** A file that was never uploaded has no hash to compare. The time of a copy is its own and is not compared. */
function isSame(found: HashedFile, { sha256, size, mtimeMs }: RunInput, isOriginal: boolean): boolean {
  if (sha256 !== null) return found.sha256 === sha256;
  return found.size === size && (!isOriginal || found.mtimeMs === mtimeMs);
}

async function takeCopy(kept: string, path: string): Promise<void> {
  try {
    await copyWhole(kept, path);
  } catch (cause) {
    if (errnoOf(cause) === null) throw cause;
    throw diskError(cause, null);
  }
}
