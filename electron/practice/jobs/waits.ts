import { setTimeout as sleep } from 'node:timers/promises';

/** Longer than any process with a practice server runs, in ms. */
const HELD = 24 * 3_600_000;

/** The waits of blocks. A test can hold and end them, so that it decides when a job goes on. */
export class Waits {
  #cut = new AbortController();
  #isHeld = false;

  /** Resolves after this time or at `finish`. Rejects when `signal` is aborted before. */
  async wait(milliseconds: number, signal: AbortSignal): Promise<void> {
    try {
      const options = { signal: AbortSignal.any([signal, this.#cut.signal]) };
      await sleep(this.#isHeld ? HELD : milliseconds, undefined, options);
    } catch (failure) {
      if (signal.aborted) throw failure;
    }
  }

  /** Later waits last until `finish`. */
  hold(): void {
    this.#isHeld = true;
  }

  /** Ends all current and later waits. */
  finish(): void {
    this.#cut.abort();
  }

  /** Later waits last as long as they say again. */
  restore(): void {
    this.#isHeld = false;
    this.#cut = new AbortController();
  }
}
