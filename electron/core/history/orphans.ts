import { rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { entriesOf } from '../base/files.ts';
import type { RunStorage } from '../store/run-storage.ts';

const RUN_ID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/**
 * Removes folders of runs that are in no list: leftovers of a crash between the removal of a row and of its files.
 * Considers only folders with a run's id as name that are older than `startedAt`, because a new run has its folder
 * before its row. Returns their names.
 *
 * Removes nothing while a damaged database is set aside (database.ts): its runs are in no list, and their results may
 * be all that is left of them.
 *
 * @throws the file system's own errors
 */
export async function removeOrphans(
  results: string,
  stored: RunStorage,
  startedAt: number,
  isDatabaseAside: boolean,
): Promise<readonly string[]> {
  if (isDatabaseAside) return [];
  const entries = await entriesOf(results);
  const named = entries.filter((entry) => entry.isDirectory() && RUN_ID.test(entry.name)).map(({ name }) => name);
  const removed: string[] = [];
  for (const name of stored.unknownOf(named)) {
    const folder = join(results, name);
    if ((await stat(folder)).mtimeMs >= startedAt) continue;
    await rm(folder, { recursive: true, force: true });
    removed.push(name);
  }
  return removed;
}
