import type { RunId } from '../../contract/views.ts';

/** Runs tasks for runs, a limited number at a time, in order of arrival. Each run is queued at most once. */
export class TaskPool {
  readonly #most: number;
  readonly #work: (id: RunId) => Promise<void>;
  readonly #waiting = new Set<RunId>();
  readonly #atWork = new Set<RunId>();
  #closed = false;

  /** `work` must not reject. */
  constructor(most: number, work: (id: RunId) => Promise<void>) {
    this.#most = most;
    this.#work = work;
  }

  /** A run that is being processed is processed again afterwards, because it has changed. */
  push(id: RunId): void {
    this.#waiting.add(id);
    this.#pump();
  }

  close(): void {
    this.#closed = true;
    this.#waiting.clear();
  }

  #pump(): void {
    for (const id of this.#waiting) {
      if (this.#closed || this.#atWork.size >= this.#most) return;
      if (this.#atWork.has(id)) continue;
      this.#waiting.delete(id);
      this.#atWork.add(id);
      void this.#work(id).finally(() => {
        this.#atWork.delete(id);
        this.#pump();
      });
    }
  }
}
