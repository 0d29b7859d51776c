import { join } from 'node:path';
import type { OldRunsView, RemovedRunsView, RunId, StorageView } from '../../contract/views.ts';
import type { Clock } from '../base/clock.ts';
import { picturesFolder, practiceFolder, resultsFolder } from '../base/folders.ts';
import { filesUse, folderUse } from './storage-use.ts';
import type { Removal } from './removal.ts';
import type { StoredRuns } from '../store/stored-runs.ts';
import type { StoredUse } from '../store/stored-use.ts';

const DAY_MS = 24 * 60 * 60 * 1_000;

/** Removed at a time: as many as can be named to bring them back. */
const MOST_REMOVED = 10_000;

export interface StoragePorts {
  readonly folder: string;
  readonly stored: StoredRuns;
  readonly use: StoredUse;
  readonly removal: Removal;
  readonly clock: Clock;
}

/** What this program keeps on the disk, shown and removed by the user's own hand; the limits are Retention's. */
export class Storage {
  readonly #ports: StoragePorts;

  constructor(ports: StoragePorts) {
    this.#ports = ports;
  }

  /** @throws the file system's own errors */
  async view(): Promise<StorageView> {
    const { folder, use } = this.#ports;
    const [results, pictures, practice, log, database] = await Promise.all([
      folderUse(resultsFolder(folder)),
      folderUse(picturesFolder(folder)),
      folderUse(practiceFolder(folder)),
      folderUse(join(folder, 'logs')),
      filesUse(folder, 'omnitray.'),
    ]);
    return { folder, runs: use.count(), results, pictures, practice, log, database };
  }

  /** Ended runs that `remove` would take. @param days null: whatever their age */
  old(days: number | null): OldRunsView {
    const ids = this.#old(days);
    return { runs: ids.length, bytes: this.#ports.use.bytesOf(ids) };
  }

  /**
   * Removes ended runs of that age, favourites left out; they can be brought back for a while.
   *
   * @throws AppError `run-unknown` when there is none
   */
  remove(days: number | null): RemovedRunsView {
    const runIds = this.#old(days);
    return { runIds, ...this.#ports.removal.remove(runIds) };
  }

  /** Drops every ended run, favourites too, at once and for good. Answers how many. */
  async clear(): Promise<number> {
    const ids = this.#ports.use.ended();
    await this.#ports.removal.drop(ids);
    return ids.length;
  }

  #old(days: number | null): readonly RunId[] {
    const { stored, clock } = this.#ports;
    // Ended in this very moment counts as well.
    const before = days === null ? clock.now() + 1 : clock.now() - days * DAY_MS;
    return stored.endedBefore(before).slice(0, MOST_REMOVED);
  }
}
