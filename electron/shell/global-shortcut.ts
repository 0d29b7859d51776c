import { globalShortcut } from 'electron';

/** The shortcut that shows the window from any program. At most one is registered. */
export class GlobalShortcut {
  readonly #press: () => void;
  #held: string | null = null;

  constructor(press: () => void) {
    this.#press = press;
  }

  /** The registered shortcut; null when there is none. */
  get held(): string | null {
    return this.#held;
  }

  /**
   * Registers a shortcut in place of the former one; null only removes that. Returns false when another program has it:
   * the former one stays.
   */
  take(accelerator: string | null): boolean {
    if (accelerator === this.#held) return true;
    if (accelerator !== null && !globalShortcut.register(accelerator, this.#press)) return false;
    if (this.#held !== null) globalShortcut.unregister(this.#held);
    this.#held = accelerator;
    return true;
  }
}
