import { existsSync, mkdirSync, statSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { errnoOf } from './errno.ts';

/** Only this user may look into it. */
const OWN = 0o700;

/**
 * Makes a folder and those above it, one by one. Node's own way (`mkdir` with `recursive`) looks for the folder after most
 * failures (`MKDirpAsync` in node_file.cc): it says ENOENT of a disk that is read-only, over its quota or broken. And
 * where the parent is there and takes no folder all the same, as in the root of an automounter, it never comes back.
 *
 * @returns the first folder that was made; undefined where all were there
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

/** As `makeFolders`, for the start of the program and for threads of their own. @throws the file system's own error */
export function makeFoldersSync(path: string, mode = OWN): void {
  for (const folder of missingIn(path)) {
    try {
      mkdirSync(folder, mode);
    } catch (failure) {
      refuseUnlessThere(folder, failure);
    }
  }
}

/** The folder itself, and before it those above it that are not there, the outermost first. */
function missingIn(path: string): readonly string[] {
  const missing = [resolve(path)];
  for (let above = dirname(resolve(path)); !existsSync(above) && dirname(above) !== above; above = dirname(above))
    missing.unshift(above);
  return missing;
}

/** Where another program was quicker, that is as good. Some systems give another error than EEXIST for a folder that is there. */
function refuseUnlessThere(folder: string, failure: unknown): void {
  if (errnoOf(failure) === 'ENOENT' || statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true)
    throw failure;
}
