import { setTimeout as sleep } from 'node:timers/promises';

/** The time that blocks take. It can be cut short, so that a test decides when a job goes on. */
export class Waits {
  #cut = new AbortController();

  /** Resolves after that time, or at once after `finish`; rejects when `signal` is aborted meanwhile. */
  async wait(milliseconds: number, signal: AbortSignal): Promise<void> {
    try {
      await sleep(milliseconds, undefined, { signal: AbortSignal.any([signal, this.#cut.signal]) });
    } catch (failure) {
      if (signal.aborted) throw failure;
    }
  }

  /** Ends all waits, those of now and those to come. */
  finish(): void {
    this.#cut.abort();
  }

  /** Waits that begin from now on take their time again. */
  restore(): void {
    this.#cut = new AbortController();
  }
}
