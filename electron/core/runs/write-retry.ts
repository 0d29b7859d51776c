import type { RunId } from '../../contract/views.ts';
import type { Clock } from '../base/clock.ts';
import { sqliteDiskCode } from '../base/sqlite-error.ts';

const FIRST_MS = 1_000;
const LONGEST_MS = 30_000;

export interface StoreWorkPorts {
  readonly clock: Clock;
  /** The database cannot be written just now, and these runs do not go on because of it. Must not throw. */
  troubled(runs: readonly RunId[], failure: unknown): void;
  /** Work failed for another reason than the disk, and is not tried again. Must not throw. */
  failed(failure: unknown): void;
}

interface Piece {
  work: () => void;
  about: () => readonly RunId[];
  readonly done: () => void;
  readonly promise: Promise<void>;
}

/**
 * Writes that nobody may forget: they are made at once, or as soon as the database can be written. A disk without room,
 * or another program that holds the database, keeps them waiting and loses none.
 *
 * Work that waits looks at the runs anew when its time comes: they may have moved meanwhile.
 */
export class WriteRetry {
  readonly #ports: StoreWorkPorts;
  readonly #pending = new Map<string, Piece>();
  /** Why the database could not be written, for as long as it is not known to be writable again. */
  #trouble: { readonly failure: unknown; readonly cancelTimer: () => void } | null = null;
  #failures = 0;
  #closed = false;

  constructor(ports: StoreWorkPorts) {
    this.#ports = ports;
  }

  /**
   * Does `work`, which is about these runs. Where work of the same `key` still waits, this takes its place. Resolves
   * once it is done, or has failed for another reason than the disk; never after `close`.
   */
  writeEventually(key: string, work: () => void, about: () => readonly RunId[]): Promise<void> {
    const waiting = this.#pending.get(key);
    if (waiting !== undefined) {
      Object.assign(waiting, { work, about });
      return waiting.promise;
    }
    const { promise, resolve } = Promise.withResolvers<undefined>();
    const piece = { work, about, done: () => resolve(undefined), promise };
    this.#pending.set(key, piece);
    // An attempt at a database that somebody holds stops the whole program for seconds: one of them asks for all.
    if (this.#trouble === null) this.#attempt(key, piece);
    else this.#ports.troubled(about(), this.#trouble.failure);
    return promise;
  }

  /** What waits stays undone: the next start finds the rows as they are. */
  close(): void {
    this.#closed = true;
    this.#trouble?.cancelTimer();
    this.#pending.clear();
  }

  #attempt(key: string, piece: Piece): void {
    try {
      piece.work();
    } catch (failure) {
      if (sqliteDiskCode(failure) !== null) {
        this.#later(failure);
        this.#ports.troubled(piece.about(), failure);
        return;
      }
      this.#ports.failed(failure);
    }
    this.#pending.delete(key);
    piece.done();
  }

  #later(failure: unknown): void {
    if (this.#closed) return;
    this.#trouble?.cancelTimer();
    const delay = Math.min(FIRST_MS * 2 ** this.#failures, LONGEST_MS);
    this.#failures += 1;
    this.#trouble = { failure, cancelTimer: this.#ports.clock.after(delay, () => this.#tryAll()) };
  }

  #tryAll(): void {
    this.#trouble = null;
    for (const [key, piece] of this.#pending) {
      this.#attempt(key, piece);
      if (this.#isTroubled()) return;
    }
    this.#failures = 0;
  }

  /** Also by work that other work began. */
  #isTroubled(): boolean {
    return this.#trouble !== null;
  }
}
