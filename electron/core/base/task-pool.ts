import type { RunId } from '../../contract/views.ts';

/** Work on runs, so many at a time, first come first served. A run is in it once. */
export class Lane {
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

  /** One that is at work already is taken again after it: there is something new about it. */
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
