import type { Clock } from '../base/clock.ts';
import type { Logger } from '../base/logger.ts';
import { isEnd } from '../model/run-states.ts';
import type { Settings } from '../settings/schema.ts';
import type { SettingsStore } from '../settings/settings.ts';
import type { RunStore } from '../store/run-store.ts';
import type { Droppable, StoredRuns } from '../store/stored-runs.ts';
import type { Removal } from './removal.ts';

const DAY_MS = 24 * 60 * 60 * 1_000;

/** After a start or the end of a run: a moment in which everything else comes first, and further ends join in. */
const MOMENT_MS = 3_000;

type Limits = Pick<Settings, 'keepDays' | 'keepBytes'>;

export interface RetentionPorts {
  readonly runs: RunStore;
  readonly stored: StoredRuns;
  readonly removal: Removal;
  readonly settings: SettingsStore;
  readonly clock: Clock;
  readonly logger: Logger;
}

/**
 * Keeps what is stored within the limits that the user set; without limits it does nothing at all. Favourites and runs
 * under way are never touched.
 *
 * By age, a run goes when it ended longer ago than the limit, looked at or not. By size, the oldest go first, but only
 * those that somebody has looked at or stopped: a result that nobody saw is kept for its days, even beyond the limit on
 * size.
 */
export class Retention {
  readonly #ports: RetentionPorts;
  #cancelTimer: (() => void) | null = null;
  #work: Promise<void> = Promise.resolve();
  #unsubscribe: readonly (() => void)[] = [];
  #closed = false;
  #limits: Limits = { keepDays: null, keepBytes: null };

  constructor(ports: RetentionPorts) {
    this.#ports = ports;
  }

  /** Looks in a moment, and from then on whenever a run ends or the limits change. There is no timer otherwise. */
  start(): void {
    const { settings, runs } = this.#ports;
    this.#limits = settings.read();
    this.#unsubscribe = [
      settings.onChange((now) => {
        const { keepDays, keepBytes } = this.#limits;
        this.#limits = now;
        if (keepDays !== now.keepDays || keepBytes !== now.keepBytes) this.#soon();
      }),
      runs.onChange((change) => {
        if ('run' in change && isEnd(change.run.state)) this.#soon();
      }),
    ];
    this.#soon();
  }

  /** Resolves once nothing is being looked at or dropped. */
  async settled(): Promise<void> {
    await this.#work;
  }

  close(): void {
    this.#closed = true;
    for (const end of this.#unsubscribe) end();
    this.#cancelTimer?.();
    this.#cancelTimer = null;
  }

  #soon(): void {
    const { keepDays, keepBytes } = this.#limits;
    if (this.#cancelTimer !== null || (keepDays === null && keepBytes === null)) return;
    this.#cancelTimer = this.#ports.clock.after(MOMENT_MS, () => {
      this.#cancelTimer = null;
      this.#work = this.#work.then(() => this.#apply());
    });
  }

  /** The program may end while old results are dropped. */
  #isClosed(): boolean {
    return this.#closed;
  }

  async #apply(): Promise<void> {
    const { stored, removal, clock, logger } = this.#ports;
    const { keepDays, keepBytes } = this.#limits;
    try {
      if (this.#isClosed()) return;
      if (keepDays !== null) await removal.drop(stored.endedBefore(clock.now() - keepDays * DAY_MS));
      if (keepBytes === null || this.#isClosed()) return;
      const excess = stored.totalBytes() - keepBytes;
      if (excess > 0) await removal.drop(firstOver(stored.noNewsWithBytes(), excess));
    } catch (failure) {
      logger.error('Old results could not be dropped.', { failure });
    }
  }
}

/** The first runs that together make up `excess` bytes; all where that is not enough. */
function firstOver(runs: readonly Droppable[], excess: number): readonly string[] {
  let freed = 0;
  const dropped: string[] = [];
  for (const { id, bytes } of runs) {
    if (freed >= excess) break;
    freed += bytes;
    dropped.push(id);
  }
  return dropped;
}
