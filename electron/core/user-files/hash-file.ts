import { basename } from 'node:path';
import { userFiles } from './user-files.ts';
import { FileError, fileErrorOf } from '../base/file-error.ts';

/** A file's facts at the time it was read. */
export interface HashedFile {
  readonly size: number;
  readonly mtimeMs: number;
  /** In hex, like that of an upload. */
  readonly sha256: string;
}

/**
 * Reads a whole file, one chunk in memory at a time.
 *
 * @throws FileError `file-vanished`, `file-unanswered`, `file-unreadable` (also for anything but a file),
 * `file-changed` when it changed meanwhile
 */
export async function hashFile(path: string): Promise<HashedFile> {
  const name = basename(path);
  try {
    const { before, after, read, sha256 } = await userFiles.digest(path);
    if (sha256 === null) throw new FileError('file-unreadable', name);
    const { size, mtimeMs } = after;
    if (read !== size || mtimeMs !== before.mtimeMs) throw new FileError('file-changed', name);
    return { size, mtimeMs, sha256 };
  } catch (failure) {
    throw fileErrorOf(failure, name);
  }
}
