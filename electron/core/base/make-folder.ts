import { existsSync, mkdirSync, statSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { errnoOf } from './errno.ts';

/** Access for this user only. */
const OWN = 0o700;

/**
 * Makes a folder and its parents, one by one. Node's own `mkdir` with `recursive` looks for the folder after most
 * failures (`MKDirpAsync` in node_file.cc): it reports ENOENT for a disk that is read-only, over its quota or broken.
 * And when the parent exists but takes no folder, as in the root of an automounter, it never returns.
 *
 * @returns the first folder that was made; undefined when all existed
 * @throws the file system's own error, which tells why the folder cannot be made
 */
export async function makeFolders(path: string): Promise<string | undefined> {
  let first: string | undefined;
  for (const folder of missingIn(path)) {
    try {
      await mkdir(folder, OWN);
      first ??= folder;
    } catch (failure) {
      refuseUnlessThere(folder, failure);
    }
  }
  return first;
}

/** Like `makeFolders`, for the start of the program and for worker threads. @throws the file system's own error */
export function makeFoldersSync(path: string, mode = OWN): void {
  for (const folder of missingIn(path)) {
    try {
      mkdirSync(folder, mode);
    } catch (failure) {
      refuseUnlessThere(folder, failure);
    }
  }
}

/** The folder and those of its parents that do not exist, the outermost first. */
function missingIn(path: string): readonly string[] {
  const missing = [resolve(path)];
  for (let above = dirname(resolve(path)); !existsSync(above) && dirname(above) !== above; above = dirname(above))
    missing.unshift(above);
  return missing;
}

/** Another program may have made it meanwhile. Some systems give another error than EEXIST for an existing folder. */
function refuseUnlessThere(folder: string, failure: unknown): void {
  if (errnoOf(failure) === 'ENOENT' || statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true)
    throw failure;
}
