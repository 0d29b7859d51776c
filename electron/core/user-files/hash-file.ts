import { basename } from 'node:path';
import { userFiles } from './user-files.ts';
import { FileError, fileErrorOf } from '../base/file-error.ts';

/** A file as it was while it was read through. */
export interface HashedFile {
  readonly size: number;
  readonly mtimeMs: number;
  /** In hex, as an upload's is. */
  readonly sha256: string;
}

/**
 * Reads a file through, one chunk in memory at a time.
 *
 * @throws FileError `file-vanished`, `file-unanswered`, `file-unreadable` (also what is no file), `file-changed` while it
 * was read
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
