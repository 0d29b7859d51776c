import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import { FileError, fileErrorOf } from './file-error.ts';
import { withFile } from './open-file.ts';

const CHUNK = 262_144;

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
 * @throws FileError `file-vanished`, `file-unreadable` (also what is no file), `file-changed` while it was read
 */
export async function hashFile(path: string): Promise<HashedFile> {
  const name = basename(path);
  try {
    return await withFile(path, async (file) => {
      const before = await file.stat();
      if (!before.isFile()) throw new FileError('file-unreadable', name);
      const hash = createHash('sha256');
      const chunk = Buffer.allocUnsafeSlow(CHUNK);
      let read = 0;
      for (;;) {
        const { bytesRead } = await file.read(chunk, 0, CHUNK, read);
        if (bytesRead === 0) break;
        read += bytesRead;
        hash.update(chunk.subarray(0, bytesRead));
      }
      const { size, mtimeMs } = await file.stat();
      if (read !== size || mtimeMs !== before.mtimeMs) throw new FileError('file-changed', name);
      return { size, mtimeMs, sha256: hash.digest('hex') };
    });
  } catch (failure) {
    throw fileErrorOf(failure, name);
  }
}
