import type { StartFailureView, StartPart } from '../contract/views.ts';
import { errorView } from '../core/base/error-view.ts';
import { Listeners } from '../core/base/emitter.ts';
import type { Logger } from '../core/base/logger.ts';

/** Does the parts of a start, each by itself: one that fails is logged and told, and does not keep the others from working. */
export class StartParts {
  readonly #logger: Logger;
  readonly #failed: StartFailureView[] = [];
  readonly #changes = new Listeners<readonly StartFailureView[]>();
  #isRead = false;

  constructor(logger: Logger) {
    this.#logger = logger;
  }

  /** What `work` returns; null after it failed. */
  run<T>(part: StartPart, work: () => T): T | null {
    try {
      return work();
    } catch (failure) {
      this.#note(part, failure);
      return null;
    }
  }

  /** Resolves when `work` is over, also when it failed. */
  async finish(part: StartPart, work: () => Promise<unknown>): Promise<void> {
    try {
      await work();
    } catch (failure) {
      this.#note(part, failure);
    }
  }

  /** A part that failed without throwing. */
  tell(part: StartPart): void {
    this.#add({ part, problem: null });
  }

  /** Everything that failed. */
  all(): readonly StartFailureView[] {
    return this.#failed;
  }

  /** What failed and was not read yet. */
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
    this.#changes.tell(this.unread());
  }
}
