import { globalShortcut } from 'electron';

/** The keys that bring the window up from anywhere. At most one set of them is taken. */
export class GlobalShortcut {
  readonly #press: () => void;
  #held: string | null = null;

  constructor(press: () => void) {
    this.#press = press;
  }

  /** The keys that are ours now; null when there are none. */
  get held(): string | null {
    return this.#held;
  }

  /** Takes these keys in place of the others; null only gives those back. False, with the old ones kept, where another program has them. */
  take(accelerator: string | null): boolean {
    if (accelerator === this.#held) return true;
    if (accelerator !== null && !globalShortcut.register(accelerator, this.#press)) return false;
    if (this.#held !== null) globalShortcut.unregister(this.#held);
    this.#held = accelerator;
    return true;
  }
}
