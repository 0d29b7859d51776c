import type { StartFailureView, StartPart } from '../contract/views.ts';
import { errorView } from '../core/base/error-view.ts';
import { Listeners } from '../core/base/emitter.ts';
import type { Logger } from '../core/base/logger.ts';

/** Runs the parts of a start. A part that fails is logged and reported; the others still run. */
export class StartParts {
  readonly #logger: Logger;
  readonly #failed: StartFailureView[] = [];
  readonly #changes = new Listeners<readonly StartFailureView[]>();
  #isRead = false;

  constructor(logger: Logger) {
    this.#logger = logger;
  }

  /** Returns what `work` returns; null when it failed. */
  run<T>(part: StartPart, work: () => T): T | null {
    try {
      return work();
    } catch (failure) {
      this.#note(part, failure);
      return null;
    }
  }

  /** Resolves when `work` has ended, also when it failed. */
  async finish(part: StartPart, work: () => Promise<unknown>): Promise<void> {
    try {
      await work();
    } catch (failure) {
      this.#note(part, failure);
    }
  }

  /** Reports a part that failed without throwing. */
  report(part: StartPart): void {
    this.#add({ part, problem: null });
  }

  /** All failures. */
  all(): readonly StartFailureView[] {
    return this.#failed;
  }

  /** The failures; empty after the user has read them. */
  unread(): readonly StartFailureView[] {
    return this.#isRead ? [] : this.#failed;
  }

  read(): void {
    this.#isRead = true;
  }

  onChange(listener: (unread: readonly StartFailureView[]) => void): () => void {
    return this.#changes.add(listener);
  }

  #note(part: StartPart, failure: unknown): void {
    this.#logger.error('A part of the start failed.', { part, failure });
    this.#add({ part, problem: errorView(failure) });
  }

  #add(failure: StartFailureView): void {
    this.#failed.push(failure);
    this.#isRead = false;
    this.#changes.emit(this.#failed);
  }
}
