import { backOffDelay } from '../base/back-off.ts';

const BACK_OFF = { first: 1_000, longest: 60_000, spread: 0.25 };
/** The end of a stream that lasted this long is not counted as one more failure, in ms. */
const GOOD_STREAM_MS = 60_000;

/** The pauses between the attempts to keep a stream open. */
export class StreamBackOff {
  #failures = 0;

  /** The next pause is as short as the first. */
  reset(): void {
    this.#failures = 0;
  }

  /**
   * The pause after a stream, in ms.
   *
   * @param lastedMs how long the stream was open; 0 when it could not be opened
   * @param random from 0 to 1
   */
  pauseAfter(lastedMs: number, random: number): number {
    this.#failures = lastedMs >= GOOD_STREAM_MS ? 1 : this.#failures + 1;
    return backOffDelay(BACK_OFF, this.#failures, random);
  }
}
