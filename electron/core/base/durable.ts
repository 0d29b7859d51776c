/** Writes files so that they survive a power cut complete. */
import { open, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import { errnoOf } from './errno.ts';
import { makeFolders } from './make-folder.ts';

/**
 * Makes a folder and its parents, for this user alone, and flushes them to the disk.
 *
 * @throws the file system's own error
 */
export async function makeFolder(path: string): Promise<void> {
  const first = await makeFolders(path);
  for (let made = path; first !== undefined && made.length >= first.length; made = dirname(made))
    await flushFolder(dirname(made));
}

/**
 * Renames a finished file, whose bytes are on the disk already, to its final name. Without the flush of the folder the
 * name is lost in a power cut, while a row of the database, flushed on its own, says that the file is here (fsync(2):
 * "Calling fsync() does not necessarily ensure that the entry in the directory containing the file has also reached
 * disk").
 *
 * @throws the file system's own error
 */
export async function moveIntoPlace(from: string, to: string): Promise<void> {
  await rename(from, to);
  await flushFolder(dirname(to));
}

async function flushFolder(path: string): Promise<void> {
  // Windows has no such call for folders; NTFS keeps a journal of names.
  if (process.platform === 'win32') return;
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } catch (failure) {
    // Some network file systems cannot flush folders and answer EINVAL; there is no other way.
    if (errnoOf(failure) !== 'EINVAL') throw failure;
  } finally {
    await folder.close();
  }
}
