import { opendir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { FolderUse } from '../../contract/views.ts';
import { errnoOf } from '../base/errno.ts';
import { sizeOf } from '../base/files.ts';

/** Files that are counted in one folder before it is given up: some seconds on a slow disk. */
const MOST_FILES = 50_000;

/**
 * How much there is in a folder and all below it. What goes away meanwhile counts nothing, and a folder that is not
 * there is empty. Links are not followed.
 *
 * @throws the file system's own errors
 */
export async function folderUse(folder: string, most = MOST_FILES): Promise<FolderUse> {
  let bytes = 0;
  let files = 0;
  try {
    for await (const entry of await opendir(folder, { recursive: true })) {
      if (!entry.isFile()) continue;
      if (files === most) return { bytes, whole: false };
      files += 1;
      bytes += await sizeOf(join(entry.parentPath, entry.name));
    }
  } catch (failure) {
    if (errnoOf(failure) !== 'ENOENT') throw failure;
  }
  return { bytes, whole: true };
}

/**
 * How much the files right in a folder take whose names begin so.
 *
 * @throws the file system's own errors
 */
export async function filesUse(folder: string, beginning: string): Promise<FolderUse> {
  const names = (await readdir(folder)).filter((name) => name.startsWith(beginning));
  const sizes = await Promise.all(names.map((name) => sizeOf(join(folder, name))));
  return { bytes: sizes.reduce((sum, size) => sum + size, 0), whole: true };
}
