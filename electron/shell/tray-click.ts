/** A second click within this time is a double click. */
const DOUBLE_CLICK_MS = 400;
/** On Windows and some Linux panels, a click on the icon takes the focus from the window before Electron reports it. */
const JUST_BLURRED_MS = 300;

interface WindowFacts {
  readonly isVisible: boolean;
  readonly isFocused: boolean;
  /** When the window last lost the focus, in ms on the clock of `TrayClick`; null when it never did. */
  readonly blurredAt: number | null;
}

/** Decides whether a click on the tray icon shows or hides the window. */
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
