import { basename } from 'node:path';
import { userFiles } from './user-files.ts';
import { FileError, fileErrorOf } from '../base/file-error.ts';

/**
 * Checks that a file is still the one that was inspected, so that nothing is sent that the user did not see.
 *
 * @throws FileError `file-vanished`, `file-changed`, `file-unanswered`, `file-unreadable`
 */
export async function assertUnchanged(
  path: string,
  seen: { readonly size: number; readonly mtimeMs: number | null },
): Promise<void> {
  const name = basename(path);
  try {
    const { size, mtimeMs } = await userFiles.stat(path);
    if (size !== seen.size || mtimeMs !== seen.mtimeMs) throw new FileError('file-changed', name);
  } catch (failure) {
    throw fileErrorOf(failure, name);
  }
}
