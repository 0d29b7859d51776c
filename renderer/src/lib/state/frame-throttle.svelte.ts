/** Runs `work` before the next frame. A hidden window draws no frames, so a timer is used there. */
const nextFrame = (work: () => void): void => {
  if (document.hidden) setTimeout(work);
  else requestAnimationFrame(work);
};

/**
 * Notifies readers of a change at once, and of further changes at most once per frame: a drop can create a thousand
 * runs, each with its own event.
 */
export class FrameThrottle {
  #count = $state(0);
  #isResting = false;
  #isDue = false;

  /** Makes the surrounding `$derived` or `$effect` depend on the changes. */
  follow(): number {
    return this.#count;
  }

  fire(): void {
    if (this.#isResting) this.#isDue = true;
    else this.#notify();
  }

  /** Notifies without waiting for a frame, for actions of the user. */
  fireNow(): void {
    this.#isDue = false;
    this.#count += 1;
  }

  #notify(): void {
    this.#count += 1;
    this.#isResting = true;
    nextFrame(() => {
      this.#isResting = false;
      if (!this.#isDue) return;
      this.#isDue = false;
      this.#notify();
    });
  }
}
