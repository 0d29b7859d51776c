import type { RunId } from '../../contract/views.ts';
import { backOffDelay } from '../base/back-off.ts';
import type { Clock } from '../base/clock.ts';
import type { Emitter } from '../base/emitter.ts';
import { sqliteDiskCode } from '../base/sqlite-error.ts';
import type { RunEvents } from './run-events.ts';

const BACK_OFF = { first: 1_000, longest: 30_000 };

interface Piece {
  work: () => void;
  about: () => readonly RunId[];
  readonly done: () => void;
  readonly promise: Promise<void>;
}

/**
 * Writes that must not be lost: made at once, or as soon as the database can be written. A full disk, or another
 * program that locks the database, only delays them.
 *
 * Delayed work must read the runs again: they may have changed meanwhile.
 */
export class WriteRetry {
  readonly #clock: Clock;
  readonly #events: Emitter<RunEvents>;
  readonly #pending = new Map<string, Piece>();
  /** Why the database could not be written, until a write succeeds. */
  #failing: { readonly failure: unknown; readonly cancelTimer: () => void } | null = null;
  #failures = 0;
  #closed = false;

  constructor(clock: Clock, events: Emitter<RunEvents>) {
    this.#clock = clock;
    this.#events = events;
  }

  /**
   * Does `work` about these runs. It replaces pending work of the same `key`. Resolves once the work is done, or has
   * failed for a reason other than the disk; never after `close`.
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
    // An attempt at a locked database blocks the whole program for seconds: one attempt serves all pending work.
    if (this.#failing === null) this.#attempt(key, piece);
    else this.#events.emit('not-written', { runIds: about(), failure: this.#failing.failure });
    return promise;
  }

  /** Pending work stays undone: the next start finds the rows as they are. */
  close(): void {
    this.#closed = true;
    this.#failing?.cancelTimer();
    this.#pending.clear();
  }

  #attempt(key: string, piece: Piece): void {
    try {
      piece.work();
    } catch (failure) {
      if (sqliteDiskCode(failure) !== null) {
        this.#delay(failure);
        this.#events.emit('not-written', { runIds: piece.about(), failure });
        return;
      }
      this.#events.emit('failed', { message: 'A change of a run could not be written.', failure });
    }
    this.#pending.delete(key);
    piece.done();
  }

  #delay(failure: unknown): void {
    if (this.#closed) return;
    this.#failing?.cancelTimer();
    this.#failures += 1;
    const delay = backOffDelay(BACK_OFF, this.#failures);
    this.#failing = { failure, cancelTimer: this.#clock.after(delay, () => this.#tryAll()) };
  }

  #tryAll(): void {
    this.#failing = null;
    for (const [key, piece] of this.#pending) {
      this.#attempt(key, piece);
      if (this.#isFailing()) return;
    }
    this.#failures = 0;
  }

  /** A method, because work that was begun inside other work may have failed, too. */
  #isFailing(): boolean {
    return this.#failing !== null;
  }
}
