import type { ErrorView } from '../contract.ts';

/** A view whose code is fetched when it is first wanted; from then on it is there at once. */
export class Later<View> {
  /** The view itself; null until its code is here. */
  component = $state.raw<View | null>(null);
  /** Why its code could not be had: the program's files were replaced or removed while it ran. */
  problem = $state.raw<ErrorView | null>(null);
  readonly #fetch: () => Promise<{ readonly default: View }>;
  #isLoading = false;

  constructor(fetch: () => Promise<{ readonly default: View }>) {
    this.#fetch = fetch;
  }

  /** Fetches the code, unless that is done or under way. What goes wrong is in `problem`. */
  async load(): Promise<void> {
    if (this.component !== null || this.#isLoading) return;
    this.#isLoading = true;
    this.problem = null;
    try {
      this.component = (await this.#fetch()).default;
    } catch {
      // An import tells a page nothing of the reason.
      this.problem = { code: 'internal', detail: null };
    }
    this.#isLoading = false;
  }
}
