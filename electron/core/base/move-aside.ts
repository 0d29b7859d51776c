import { renameSync, statSync } from 'node:fs';

/**
 * Renames anything else in the place of one of our files or folders: a folder, a pipe, a device. Opening a pipe would
 * block until a writer comes, and writing to a folder fails at each start. Returns the new path of what was in the way;
 * null when the place was free.
 *
 * @param now ms since 1970, used in the new name
 * @throws the file system's own errors
 */
export function moveAside(path: string, kind: 'file' | 'folder', now: number): string | null {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined || (kind === 'file' ? found.isFile() : found.isDirectory())) return null;
  const aside = `${path}.set-aside-${now}`;
  renameSync(path, aside);
  return aside;
}
