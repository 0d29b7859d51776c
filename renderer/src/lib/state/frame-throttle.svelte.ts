/** The next picture the window draws; soon, where it draws none. */
const nextFrame = (work: () => void): void => {
  if (document.hidden) setTimeout(work);
  else requestAnimationFrame(work);
};

/**
 * Tells whoever reads it that something changed: at once, and then at most once a picture, however much changes
 * meanwhile. A thousand runs that are made by one drop are a thousand pieces of news.
 */
export class Beat {
  #count = $state(0);
  #isResting = false;
  #isDue = false;

  /** Depends on the changes, inside whatever is derived. */
  follow(): number {
    return this.#count;
  }

  tell(): void {
    if (this.#isResting) this.#isDue = true;
    else this.#strike();
  }

  /** For what the user did: it is seen before anything else is. */
  tellAtOnce(): void {
    this.#isDue = false;
    this.#count += 1;
  }

  #strike(): void {
    this.#count += 1;
    this.#isResting = true;
    nextFrame(() => {
      this.#isResting = false;
      if (!this.#isDue) return;
      this.#isDue = false;
      this.#strike();
    });
  }
}
