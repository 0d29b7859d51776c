/** A second click within this time belongs to a double click. Milliseconds. */
const DOUBLE_CLICK_MS = 400;
/** On Windows, and on some Linux panels, the click on the icon takes the focus from the window before it is reported. Milliseconds. */
const JUST_BLURRED_MS = 300;

interface WindowFacts {
  readonly isVisible: boolean;
  readonly isFocused: boolean;
  /** When the window lost the focus, on the clock of `now`; null where it never had it. */
  readonly blurredAt: number | null;
}

/** Decides what a click on the tray icon does: the first brings the window up, the next one hides it. */
export class TrayClick {
  readonly #now: () => number;
  #actedAt = -Infinity;

  /** @param now monotonic, in milliseconds */
  constructor(now: () => number) {
    this.#now = now;
  }

  /** `none`: the second half of a double click, which some Linux desktops report as a click of its own. */
  next({ isVisible, isFocused, blurredAt }: WindowFacts): 'show' | 'hide' | 'none' {
    const now = this.#now();
    if (now - this.#actedAt < DOUBLE_CLICK_MS) return 'none';
    this.#actedAt = now;
    // A visible window behind others is brought to the front, not hidden.
    const wasInUse = isFocused || (blurredAt !== null && now - blurredAt < JUST_BLURRED_MS);
    return isVisible && wasInUse ? 'hide' : 'show';
  }
}
