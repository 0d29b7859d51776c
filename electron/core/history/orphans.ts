import { rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { entriesOf } from '../base/files.ts';
import type { StoredRuns } from '../store/stored-runs.ts';

const RUN_ID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/**
 * Removes the folders of runs that are in no list any more: what a crash between the row and the files of a removed run
 * left behind. Only folders that are named like a run and older than `startedAt` are looked at: a run that is being
 * made has its folder before its row. Answers their names.
 *
 * While a database rests aside (database.ts), nothing is removed: its runs are in no list, and their results may be all
 * that is left of them.
 *
 * @throws the file system's own errors
 */
export async function removeOrphans(
  results: string,
  stored: StoredRuns,
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
