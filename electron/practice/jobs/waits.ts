import { setTimeout as sleep } from 'node:timers/promises';

/** Longer than anything runs that starts a practice server, in ms. */
const HELD = 24 * 3_600_000;

/** The time that blocks take. It can be held and cut short, so that a test decides when a job goes on. */
export class Waits {
  #cut = new AbortController();
  #isHeld = false;

  /** Resolves after that time, or when `finish` says so; rejects when `signal` is aborted meanwhile. */
  async wait(milliseconds: number, signal: AbortSignal): Promise<void> {
    try {
      const options = { signal: AbortSignal.any([signal, this.#cut.signal]) };
      await sleep(this.#isHeld ? HELD : milliseconds, undefined, options);
    } catch (failure) {
      if (signal.aborted) throw failure;
    }
  }

  /** Waits that begin from now on last until `finish`. */
  hold(): void {
    this.#isHeld = true;
  }

  /** Ends all waits, those of now and those to come. */
  finish(): void {
    this.#cut.abort();
  }

  /** Waits that begin from now on take their own time again. */
  restore(): void {
    this.#isHeld = false;
    this.#cut = new AbortController();
  }
}
