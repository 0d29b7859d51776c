import { opendir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { FolderUse } from '../../contract/views.ts';
import { errnoOf } from '../base/errno.ts';
import { sizeOf } from '../base/files.ts';

/** Most files counted in one folder: some seconds on a slow disk. */
const MOST_FILES = 50_000;

/**
 * Sums the files in a folder and its subfolders. A file removed meanwhile counts nothing, and a missing folder is
 * empty. Does not follow links.
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
 * Sums the files directly in a folder whose names have this prefix.
 *
 * @throws the file system's own errors
 */
export async function filesUse(folder: string, beginning: string): Promise<FolderUse> {
  const names = (await readdir(folder)).filter((name) => name.startsWith(beginning));
  const sizes = await Promise.all(names.map((name) => sizeOf(join(folder, name))));
  return { bytes: sizes.reduce((sum, size) => sum + size, 0), whole: true };
}
