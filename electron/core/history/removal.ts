import { rm } from 'node:fs/promises';
import type { RunId } from '../../contract/views.ts';
import { AppError } from '../base/coded-error.ts';
import type { Clock } from '../base/clock.ts';
import type { Logger } from '../base/logger.ts';
import type { Run } from '../model/run.ts';
import type { RunStore } from '../store/run-store.ts';
import type { StoredRuns } from '../store/stored-runs.ts';

/** How long a removed run can be brought back, in ms. */
const UNDO_MS = 10_000;

/** Runs dropped in one write: few enough that nothing else waits for it. */
const PURGED_AT_ONCE = 100;

export interface RemovalPorts {
  readonly store: RunStore;
  readonly stored: StoredRuns;
  readonly clock: Clock;
  readonly logger: Logger;
  folderOf(runId: RunId): string;
}

/** Takes runs out of sight at once, and out of the world after a while in which they can be brought back. */
export class Removal {
  readonly #ports: RemovalPorts;
  #cancelTimer: (() => void) | null = null;
  #purging: Promise<void> = Promise.resolve();
  #closed = false;

  constructor(ports: RemovalPorts) {
    this.#ports = ports;
  }

  /**
   * Removes ended runs. All of them, or none when one is still under way. What is gone already is left out. Answers
   * until when they can be brought back.
   *
   * @throws AppError `run-under-way`; `run-unknown` when none is there
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
   * Brings removed runs back, those that are still there.
   *
   * @throws AppError `run-not-removed` when none is
   */
  restore(runIds: readonly RunId[]): readonly Run[] {
    const runs = this.#ports.store.restore(runIds);
    if (runs.length === 0) throw new AppError('run-not-removed');
    return runs;
  }

  /** Goes on with what an earlier process, which may have crashed, had removed. */
  start(): void {
    this.#plan();
  }

  /** Drops ended runs with their files at once and for good: nobody is there to bring them back. */
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
      // The rows first: what is left of the files by a crash in between belongs to nobody, and goes at the next start.
      for (const id of store.purge(runIds.slice(from, from + PURGED_AT_ONCE))) {
        try {
          await rm(this.#ports.folderOf(id), { recursive: true, force: true });
        } catch (failure) {
          logger.warn('The files of a removed run could not be removed.', { run: id, failure });
        }
      }
    }
  }

  /** One timer, for the run whose time is up first; none while nothing waits. */
  #plan(): void {
    if (this.#closed) return;
    const { stored, clock } = this.#ports;
    this.#cancelTimer?.();
    this.#cancelTimer = null;
    const first = stored.firstRemoval();
    if (first === null) return;
    // A clock that was set back must not keep them for longer.
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
      // A database that cannot be written: they stay hidden, and go at the next start.
      logger.error('Removed runs could not be dropped.', { failure });
    }
  }
}
