import { systemClock, yieldToOthers } from '../base/clock.ts';

/** The longest time that a stream of small pieces of work may block the rest of the process, in ms. */
const TURN_MS = 10;

/** Yields to the rest of the process, for work that comes in many small pieces and may never end. */
export class Turns {
  #since = systemClock.monotonic();

  /** Resolves at once, or after the event loop has run other work. */
  async next(): Promise<void> {
    if (systemClock.monotonic() - this.#since < TURN_MS) return;
    await yieldToOthers();
    this.#since = systemClock.monotonic();
  }
}
