import type { Dirent } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { errnoOf } from './errno.ts';
import { saysVanished } from './file-error.ts';

/** What is right in a folder of ours; nothing where the folder was never made. @throws the file system's own errors */
export async function entriesOf(folder: string): Promise<readonly Dirent[]> {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch (failure) {
    if (errnoOf(failure) === 'ENOENT') return [];
    throw failure;
  }
}

/** In bytes; 0 for a file that is gone meanwhile. @throws the file system's own errors */
export async function sizeOf(path: string): Promise<number> {
  try {
    return (await stat(path)).size;
  } catch (failure) {
    if (saysVanished(failure)) return 0;
    throw failure;
  }
}
