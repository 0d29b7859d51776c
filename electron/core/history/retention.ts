import { DAY } from '../../contract/formats.ts';
import { isEnded } from '../../contract/views.ts';
import type { Clock } from '../base/clock.ts';
import type { Logger } from '../base/logger.ts';
import type { Settings } from '../settings/schema.ts';
import type { SettingsStore } from '../settings/settings.ts';
import type { RunStore } from '../store/run-store.ts';
import type { RunStorage } from '../store/run-storage.ts';
import type { Removal } from './removal.ts';

/**
 * Milliseconds after a start or the end of a run, so that urgent work comes first and further ends are handled
 * together.
 */
const MOMENT_MS = 3_000;

type Limits = Pick<Settings, 'keepDays' | 'keepBytes'>;

interface RetentionPorts {
  readonly runs: RunStore;
  readonly stored: RunStorage;
  readonly removal: Removal;
  readonly settings: SettingsStore;
  readonly clock: Clock;
  readonly logger: Logger;
}

/**
 * Keeps stored results within the user's limits; does nothing without limits. Never removes favourites and runs in
 * progress.
 *
 * By age, a run is removed when it ended longer ago than the limit, seen or not. By size, the oldest are removed first,
 * but only those that the user has seen or stopped: an unseen result stays for its days, even beyond the limit on size.
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

  /** Enforces the limits soon, and then whenever a run ends or the limits change. There is no other timer. */
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
        if ('run' in change && isEnded(change.run)) this.#soon();
      }),
    ];
    this.#soon();
  }

  /** Resolves once nothing is being checked or removed. */
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

  /** The program may end during a removal. */
  #isClosed(): boolean {
    return this.#closed;
  }

  async #apply(): Promise<void> {
    const { stored, removal, clock, logger } = this.#ports;
    const { keepDays, keepBytes } = this.#limits;
    try {
      if (this.#isClosed()) return;
      if (keepDays !== null) await removal.drop(stored.endedBefore(clock.now() - keepDays * DAY));
      if (keepBytes === null || this.#isClosed()) return;
      const excess = stored.totalBytes() - keepBytes;
      if (excess > 0) await removal.drop(stored.oldestSeen(excess));
    } catch (failure) {
      logger.error('Old results could not be dropped.', { failure });
    }
  }
}
