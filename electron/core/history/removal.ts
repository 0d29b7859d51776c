import { rm } from 'node:fs/promises';
import type { RunId } from '../../contract/views.ts';
import { AppError } from '../base/coded-error.ts';
import type { Clock } from '../base/clock.ts';
import type { Logger } from '../base/logger.ts';
import type { Run } from '../model/run.ts';
import type { RunStore } from '../store/run-store.ts';
import type { RunStorage } from '../store/run-storage.ts';

/** Milliseconds for which a removed run can be restored. */
const UNDO_MS = 10_000;

/** Runs deleted in one transaction: few enough that no other write waits long. */
const PURGED_AT_ONCE = 100;

interface RemovalPorts {
  readonly store: RunStore;
  readonly stored: RunStorage;
  readonly clock: Clock;
  readonly logger: Logger;
  folderOf(runId: RunId): string;
}

/** Hides removed runs at once and deletes them after the time in which they can be restored. */
export class Removal {
  readonly #ports: RemovalPorts;
  #cancelTimer: (() => void) | null = null;
  #purging: Promise<void> = Promise.resolve();
  #closed = false;

  constructor(ports: RemovalPorts) {
    this.#ports = ports;
  }

  /**
   * Removes ended runs: all of them, or none when one is in progress. Ignores those that are gone already. Returns
   * until when they can be restored.
   *
   * @throws AppError `run-under-way`; `run-unknown` when none exists
   */
  remove(runIds: readonly RunId[]): { readonly until: number } {
    const { store, stored, clock } = this.#ports;
    if (stored.isAnyUnderWay(runIds)) throw new AppError('run-under-way');
    const now = clock.now();
    if (store.hide(runIds, now) === 0) throw new AppError('run-unknown');
    this.#plan();
    return { until: now + UNDO_MS };
  }

  /**
   * Restores those of the removed runs that still exist.
   *
   * @throws AppError `run-not-removed` when none does
   */
  restore(runIds: readonly RunId[]): readonly Run[] {
    const runs = this.#ports.store.restore(runIds);
    if (runs.length === 0) throw new AppError('run-not-removed');
    return runs;
  }

  /** Continues the removals of an earlier process. */
  start(): void {
    this.#plan();
  }

  /** Deletes ended runs and their files at once. They cannot be restored. */
  async drop(runIds: readonly RunId[]): Promise<void> {
    const { store, clock } = this.#ports;
    store.hide(runIds, clock.now() - UNDO_MS);
    await this.#purge(runIds);
  }

  /** Resolves once nothing is being removed. */
  async settled(): Promise<void> {
    await this.#purging;
  }

  close(): void {
    this.#closed = true;
    this.#cancelTimer?.();
    this.#cancelTimer = null;
  }

  async #purge(runIds: readonly RunId[]): Promise<void> {
    const { store, logger } = this.#ports;
    for (let from = 0; from < runIds.length && !this.#closed; from += PURGED_AT_ONCE) {
      // Deletes rows first: files left by a crash in between are removed at the next start (orphans.ts).
      for (const id of store.purge(runIds.slice(from, from + PURGED_AT_ONCE))) {
        try {
          await rm(this.#ports.folderOf(id), { recursive: true, force: true });
        } catch (failure) {
          logger.warn('The files of a removed run could not be removed.', { run: id, failure });
        }
      }
    }
  }

  /** One timer for the run that expires first; none when no run waits. */
  #plan(): void {
    if (this.#closed) return;
    const { stored, clock } = this.#ports;
    this.#cancelTimer?.();
    this.#cancelTimer = null;
    const first = stored.firstRemoval();
    if (first === null) return;
    // The clock may have been set back, which must not extend the wait.
    const wait = Math.min(Math.max(0, first + UNDO_MS - clock.now()), UNDO_MS);
    this.#cancelTimer = clock.after(wait, () => {
      this.#cancelTimer = null;
      this.#purging = this.#purging.then(() => this.#purgeDue());
    });
  }

  async #purgeDue(): Promise<void> {
    const { stored, clock, logger } = this.#ports;
    if (this.#closed) return;
    try {
      await this.#purge(stored.removedUntil(clock.now() - UNDO_MS));
      this.#plan();
    } catch (failure) {
      // The database could not be written: the runs stay hidden and are deleted at the next start.
      logger.error('Removed runs could not be dropped.', { failure });
    }
  }
}
