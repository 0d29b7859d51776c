import { statfs } from 'node:fs/promises';
import { DiskError } from './disk-error.ts';
import { errnoOf } from './errno.ts';

/**
 * Bytes that this user can still write to the disk of `folder`, which must exist. Infinity when the disk does not tell,
 * as network drives and FUSE may: then writing itself reports when it is full.
 */
export async function freeBytes(folder: string): Promise<number> {
  try {
    const { blocks, bavail, bsize } = await statfs(folder);
    return blocks === 0 ? Infinity : bavail * bsize;
  } catch (failure) {
    if (errnoOf(failure) === null) throw failure;
    return Infinity;
  }
}

/** Checks that `needed` bytes may be written. @throws DiskError `disk-full`, with the missing bytes */
export async function requireSpace(needed: number, mayWrite: () => Promise<number>): Promise<void> {
  const room = await mayWrite();
  if (needed > room) throw new DiskError('disk-full', { missing: Math.ceil(needed - room) });
}
