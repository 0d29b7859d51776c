import type { Dirent } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { errnoOf } from './errno.ts';
import { isMissingError } from './file-error.ts';

/** The entries of a folder of ours; empty when the folder was never made. @throws the file system's own errors */
export async function entriesOf(folder: string): Promise<readonly Dirent[]> {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch (failure) {
    if (errnoOf(failure) === 'ENOENT') return [];
    throw failure;
  }
}

/** The size in bytes; 0 for a file that no longer exists. @throws the file system's own errors */
export async function sizeOf(path: string): Promise<number> {
  try {
    return (await stat(path)).size;
  } catch (failure) {
    if (isMissingError(failure)) return 0;
    throw failure;
  }
}
