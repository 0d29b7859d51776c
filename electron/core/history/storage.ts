import { join } from 'node:path';
import { DAY } from '../../contract/formats.ts';
import type { OldRunsView, RemovedRunsView, RunId, StorageView } from '../../contract/views.ts';
import type { Clock } from '../base/clock.ts';
import { picturesFolder, practiceFolder, resultsFolder } from '../base/folders.ts';
import { filesUse, folderUse } from './storage-use.ts';
import type { Removal } from './removal.ts';
import type { RunStorage } from '../store/run-storage.ts';

/** Most runs removed at a time: as many as one restore can name. */
const MOST_REMOVED = 10_000;

interface StoragePorts {
  readonly folder: string;
  readonly stored: RunStorage;
  readonly removal: Removal;
  readonly clock: Clock;
}

/** Shows and removes what this program stores on the disk, at the user's request. `Retention` enforces the limits. */
export class Storage {
  readonly #ports: StoragePorts;

  constructor(ports: StoragePorts) {
    this.#ports = ports;
  }

  /** What is stored, by kind. @throws the file system's own errors */
  async view(): Promise<StorageView> {
    const { folder, stored } = this.#ports;
    const [results, pictures, practice, log, database] = await Promise.all([
      folderUse(resultsFolder(folder)),
      folderUse(picturesFolder(folder)),
      folderUse(practiceFolder(folder)),
      folderUse(join(folder, 'logs')),
      filesUse(folder, 'omnitray.'),
    ]);
    return { folder, runs: stored.count(), results, pictures, practice, log, database };
  }

  /** The ended runs that `remove` would remove. @param days null: of any age */
  old(days: number | null): OldRunsView {
    const ids = this.#old(days);
    return { runs: ids.length, bytes: this.#ports.stored.bytesOf(ids) };
  }

  /**
   * Removes ended runs of that age without favourites; they can be restored for a while.
   *
   * @throws AppError `run-unknown` when there is none
   */
  remove(days: number | null): RemovedRunsView {
    const runIds = this.#old(days);
    return { runIds, ...this.#ports.removal.remove(runIds) };
  }

  /** Deletes every ended run, favourites included, at once. Returns how many. */
  async clear(): Promise<number> {
    const ids = this.#ports.stored.ended();
    await this.#ports.removal.drop(ids);
    return ids.length;
  }

  #old(days: number | null): readonly RunId[] {
    const { stored, clock } = this.#ports;
    // Includes runs that ended in this millisecond.
    const before = days === null ? clock.now() + 1 : clock.now() - days * DAY;
    return stored.endedBefore(before).slice(0, MOST_REMOVED);
  }
}
