import type { Clock } from '../base/clock.ts';
import { resultsFolder } from '../base/folders.ts';
import type { Draft } from '../intake/draft.ts';
import type { PastedFiles } from '../intake/pasted-files.ts';
import type { Logger } from '../base/logger.ts';
import { removeOrphans } from './orphans.ts';
import type { HandOut } from '../export/hand-out.ts';
import type { Removal } from './removal.ts';
import type { Retention } from './retention.ts';
import type { InputCopies } from '../intake/input-copies.ts';
import type { SettingsStore } from '../settings/settings.ts';
import { hasDatabaseAside } from '../store/database.ts';
import type { RunStore } from '../store/run-store.ts';
import type { RunStorage } from '../store/run-storage.ts';

/** Milliseconds after a start, so that the start itself stays fast. */
const AFTER_START_MS = 5_000;

interface HousekeepingPorts {
  readonly folder: string;
  readonly runs: RunStore;
  readonly stored: RunStorage;
  readonly removal: Removal;
  readonly retention: Retention;
  readonly copies: InputCopies;
  readonly draft: Draft;
  readonly pastedFiles: PastedFiles;
  readonly handOut: HandOut;
  readonly settings: SettingsStore;
  readonly clock: Clock;
  readonly logger: Logger;
  /** The owner of this process's runs (model/owner.ts). */
  readonly owner: string;
}

/** Background work that only the app does: finishes removals, enforces the limits, cleans up after a crash. */
export class Housekeeping {
  readonly #ports: HousekeepingPorts;
  #cancelTimer: (() => void) | null = null;
  #cleaning: Promise<void> = Promise.resolve();
  #closed = false;

  constructor(ports: HousekeepingPorts) {
    this.#ports = ports;
  }

  /** Starts the work. Call it once, after `RunEngine.resume`. */
  start(): void {
    const { removal, retention, clock } = this.#ports;
    const startedAt = clock.now();
    removal.start();
    retention.start();
    this.#keepMissingCopies();
    this.#cancelTimer = clock.after(AFTER_START_MS, () => {
      this.#cleaning = this.#clean(startedAt);
    });
  }

  /** Resolves once no work is in progress. */
  async settled(): Promise<void> {
    await Promise.all([this.#cleaning, this.#ports.removal.settled(), this.#ports.retention.settled()]);
  }

  close(): void {
    this.#closed = true;
    this.#cancelTimer?.();
    this.#ports.retention.close();
  }

  /** An earlier process may have ended before it copied everything. */
  #keepMissingCopies(): void {
    const { settings, copies, runs, owner } = this.#ports;
    if (settings.read().keepInputs) copies.keep(runs.unfinished().filter((run) => run.owner === owner));
  }

  async #clean(startedAt: number): Promise<void> {
    const { folder, stored, handOut, logger } = this.#ports;
    try {
      await handOut.sweep();
      const removed = await removeOrphans(resultsFolder(folder), stored, startedAt, hasDatabaseAside(folder));
      if (removed.length > 0) logger.info('Files of runs that are gone were removed.', { folders: removed.length });
      await this.removeUnused(startedAt);
    } catch (failure) {
      // The program ends, and its database is closed.
      if (this.#closed) return;
      logger.warn('What earlier starts left behind could not be removed.', { failure });
    }
  }

  /**
   * Removes stored inputs that neither the draft nor a run uses. Keeps those younger than `before`, in ms since 1970.
   * Does nothing while a damaged database is set aside, because its runs may use them.
   */
  async removeUnused(before: number): Promise<void> {
    if (hasDatabaseAside(this.#ports.folder)) return;
    const { draft, stored, pastedFiles } = this.#ports;
    await draft.settled();
    const onTable = draft.paths();
    await pastedFiles.removeUnused((path) => onTable.has(path) || stored.isInput(path), before);
  }
}
