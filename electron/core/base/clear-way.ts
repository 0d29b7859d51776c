import { renameSync, statSync } from 'node:fs';

/**
 * Renames what is in the place of a file or folder of ours and is something else: a folder, a pipe, a device. To open a
 * pipe would wait for whoever writes into it, and to write to a folder fails at each start. Answers the new path of what
 * was in the way; null where nothing was.
 *
 * @param now ms since 1970, which make the new name
 * @throws the file system's own errors
 */
export function clearWay(path: string, kind: 'file' | 'folder', now: number): string | null {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined || (kind === 'file' ? found.isFile() : found.isDirectory())) return null;
  const aside = `${path}.set-aside-${now}`;
  renameSync(path, aside);
  return aside;
}
