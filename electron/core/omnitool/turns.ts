import { setImmediate } from 'node:timers/promises';

/** Longer than this nothing else in the process waits for a stream of small pieces of work, in ms. */
const TURN_MS = 10;

/** Takes turns with everything else in the process, for work that comes in many small pieces and may never end. */
export class Turns {
  #since = performance.now();

  /** Resolves at once, or after everything else had its turn. */
  async next(): Promise<void> {
    if (performance.now() - this.#since < TURN_MS) return;
    await setImmediate();
    this.#since = performance.now();
  }
}
