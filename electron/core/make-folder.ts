import { existsSync, mkdirSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { errnoOf } from './errno.ts';

/** Only this user may look into it. */
const OWN = 0o700;

/**
 * Makes a folder and those above it, as `mkdir` with `recursive`, but with the errno that tells why it cannot be made.
 * Node looks for the folder after most failures (`MKDirpAsync` in node_file.cc), and then says ENOENT of a disk that is
 * read-only, over its quota or broken.
 *
 * @returns the first folder that was made; undefined where all were there
 * @throws the file system's own error
 */
export async function makeFolders(path: string): Promise<string | undefined> {
  try {
    return await mkdir(path, { recursive: true, mode: OWN });
  } catch (failure) {
    if (errnoOf(failure) !== 'ENOENT') throw failure;
    const missing = firstMissing(path);
    await mkdir(missing, OWN);
    await mkdir(path, { recursive: true, mode: OWN });
    return missing;
  }
}

/** As `makeFolders`, for the start of the program and for threads of their own. @throws the file system's own error */
export function makeFoldersSync(path: string, mode = OWN): void {
  try {
    mkdirSync(path, { recursive: true, mode });
  } catch (failure) {
    if (errnoOf(failure) !== 'ENOENT') throw failure;
    mkdirSync(firstMissing(path), mode);
    mkdirSync(path, { recursive: true, mode });
  }
}

/** The folder whose parent is there. */
function firstMissing(path: string): string {
  let missing = path;
  while (!existsSync(dirname(missing)) && dirname(missing) !== missing) missing = dirname(missing);
  return missing;
}
