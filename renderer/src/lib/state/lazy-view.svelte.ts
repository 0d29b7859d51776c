import type { ErrorView } from '../contract.ts';

/** A view whose code is loaded on first use and kept afterwards. */
export class LazyView<View> {
  /** The component; null until its code is loaded. */
  component = $state.raw<View | null>(null);
  /** Why loading failed, e.g. because the program's files were replaced or removed while it ran. */
  problem = $state.raw<ErrorView | null>(null);
  readonly #fetch: () => Promise<{ readonly default: View }>;
  #isLoading = false;

  constructor(fetch: () => Promise<{ readonly default: View }>) {
    this.#fetch = fetch;
  }

  /** Loads the code, unless it is loaded or loading. A failure is stored in `problem`. */
  async load(): Promise<void> {
    if (this.component !== null || this.#isLoading) return;
    this.#isLoading = true;
    this.problem = null;
    try {
      this.component = (await this.#fetch()).default;
    } catch {
      // The error of a failed import has no usable reason.
      this.problem = { code: 'internal', detail: null };
    }
    this.#isLoading = false;
  }
}
