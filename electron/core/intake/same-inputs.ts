import { rm } from 'node:fs/promises';
import type { ErrorCode } from '../../contract/errors.ts';
import { AppError } from '../base/coded-error.ts';
import { isUploaded } from '../model/assemble.ts';
import { FileError, type FileErrorCode, isFileErrorCode } from '../base/file-error.ts';
import { type HashedFile, hashFile } from '../user-files/hash-file.ts';
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
 * @throws AppError `inputs-changed` or a code of FileError, with the file's name; `disk-full`, `disk-refused`. `to` is empty then.
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
  if ('loss' in found) throw new AppError(isOtherFile(found.loss) ? 'inputs-changed' : found.loss, input.name);
  if (found.copy === null) return { ...input, ...found.file, copy: null };
  const path = inputCopyPath(to, input.position, found.copy);
  await takeCopy(found.path, path);
  const taken = await look(path);
  if (taken instanceof FileError || taken.sha256 !== found.file.sha256)
    throw new AppError('inputs-changed', input.name);
  return { ...input, ...taken, path };
}

/** Whether the bytes that were sent are certainly no longer in the file's place. */
const isOtherFile = (loss: FileErrorCode): boolean =>
  loss === 'file-vanished' || loss === 'file-changed' || loss === 'file-too-large';

/** Whether an error code of `sameInputs` concerns one input and not the whole run. */
export const isInputLoss = (code: ErrorCode): boolean => code === 'inputs-changed' || isFileErrorCode(code);

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
): Promise<FoundInput | { readonly loss: FileErrorCode }> {
  const { path, position, copy } = input;
  const there = await look(path);
  if (!(there instanceof FileError) && isSame(there, input, true)) return { path, file: there, copy: null };
  if (copy !== null) {
    const kept = inputCopyPath(folder, position, copy);
    const file = await look(kept);
    if (!(file instanceof FileError) && isSame(file, input, false)) return { path: kept, file, copy };
  }
  return { loss: there instanceof FileError ? there.code : 'file-changed' };
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
  } catch (failure) {
    throw diskError(failure, null);
  }
}
