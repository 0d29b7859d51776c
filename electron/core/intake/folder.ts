import { join } from 'node:path';
import type { FolderView } from '../../contract/views.ts';
import type { FolderEntry } from '../user-files/protocol.ts';
import { userFiles } from '../user-files/user-files.ts';
import { isUnansweredError, isMissingError } from '../base/file-error.ts';
import { typeOfName } from '../model/file-kind.ts';
import { mapLimit } from '../base/map-limit.ts';

/** The most files that one drop may add. */
const MOST_FILES = 1_000;
/** The most entries inspected in a folder: a home folder must not take minutes. */
const MOST_ENTRIES = 20_000;
const DEEPEST = 32;
/** Files whose size is read at a time. */
const LOOKS_AT_ONCE = 16;

/** The files in a folder and its subfolders. */
export interface FolderContents {
  /** In the order of a file manager: the files of a folder before its subfolders. */
  readonly paths: readonly string[];
  readonly summary: FolderView;
}

/**
 * Lists the files in a folder and its subfolders. Leaves out hidden files (`.DS_Store`) and links: a link out of the
 * folder adds files that were not dropped, and a link to a parent never ends. Leaves out unreadable subfolders too, but
 * fails on a drive that does not answer, because its contents are unknown.
 *
 * @throws the file system's own error when the folder itself cannot be read
 */
export async function listFolder(path: string): Promise<FolderContents> {
  const found: string[] = [];
  const walk = { entries: 0, isCut: false };
  await collect(path, await userFiles.list(path), 1, found, walk);
  const sizes = await mapLimit(found, LOOKS_AT_ONCE, sizeOf);
  const kinds: Partial<Record<ReturnType<typeof typeOfName>['kind'] | 'json', number>> = {};
  for (const file of found) {
    const kind = /\.json$/i.test(file) ? 'json' : typeOfName(file).kind;
    kinds[kind] = (kinds[kind] ?? 0) + 1;
  }
  return {
    paths: found,
    summary: { files: found.length, bytes: sizes.reduce((sum, size) => sum + size, 0), kinds, isCut: walk.isCut },
  };
}

async function collect(
  folder: string,
  entries: readonly FolderEntry[],
  depth: number,
  found: string[],
  walk: { entries: number; isCut: boolean },
): Promise<void> {
  const shown = entries.filter(({ name }) => !name.startsWith('.')).sort(byName);
  for (const entry of shown.filter((each) => each.kind === 'file')) {
    walk.entries += 1;
    if (found.length >= MOST_FILES || walk.entries > MOST_ENTRIES) walk.isCut = true;
    else found.push(join(folder, entry.name));
  }
  for (const entry of shown.filter((each) => each.kind === 'folder')) {
    walk.entries += 1;
    if (walk.isCut || depth >= DEEPEST || walk.entries > MOST_ENTRIES) {
      walk.isCut = true;
      return;
    }
    const below = join(folder, entry.name);
    await collect(below, await readable(below), depth + 1, found, walk);
  }
}

const byName = (one: FolderEntry, other: FolderEntry): number =>
  one.name.localeCompare(other.name, 'en', { numeric: true, sensitivity: 'base' });

/** In bytes; 0 for a file that was removed meanwhile. */
async function sizeOf(path: string): Promise<number> {
  try {
    return (await userFiles.stat(path)).size;
  } catch (failure) {
    if (isMissingError(failure)) return 0;
    throw failure;
  }
}

async function readable(folder: string): Promise<readonly FolderEntry[]> {
  try {
    return await userFiles.list(folder);
  } catch (failure) {
    if (isUnansweredError(failure)) throw failure;
    // The subfolder is unreadable or was removed: the other files are still useful.
    return [];
  }
}
