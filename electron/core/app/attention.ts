import { yieldToOthers } from '../base/clock.ts';
import type { AttentionView, RunId } from '../../contract/views.ts';
import { Listeners } from '../base/emitter.ts';
import type { Runs } from '../history/run-views.ts';
import type { RunAttention } from '../store/run-attention.ts';

/** Counts the runs that need the user's attention and reports each change of the counts. */
export class Attention {
  readonly #store: RunAttention;
  readonly #changes = new Listeners<AttentionView>();
  #last: AttentionView | null = null;
  #isStale = false;
  #isClosed = false;
  /** The runs that the last `seeAll` marked, so that it can be undone. */
  #marked: readonly RunId[] = [];

  constructor(store: RunAttention, runs: Runs) {
    this.#store = store;
    // A change without a new state leaves the counts as they are, and is frequent.
    runs.onChange(({ run, before }) => {
      if (before !== run.state || run.state === 'waiting') this.#refresh();
    });
    runs.onRemoved(() => this.#refresh());
  }

  view(): AttentionView {
    return this.#store.count();
  }

  /** Calls `listener` when a count has changed. Several changes in one turn of the event loop are reported once. */
  onChange(listener: (view: AttentionView) => void): () => void {
    return this.#changes.add(listener);
  }

  /** Marks every ended run as seen. Returns how many were not. */
  seeAll(): number {
    this.#marked = this.#store.seeAll();
    this.#refresh();
    return this.#marked.length;
  }

  /** Undoes the last `seeAll`. */
  unsee(): void {
    this.#store.unsee(this.#marked);
    this.#marked = [];
    this.#refresh();
  }

  close(): void {
    this.#isClosed = true;
  }

  #refresh(): void {
    if (this.#isStale) return;
    this.#isStale = true;
    void yieldToOthers().then(() => {
      this.#isStale = false;
      if (this.#isClosed) return;
      const view = this.view();
      if (view.needsYou === this.#last?.needsYou && view.unseen === this.#last.unseen) return;
      this.#last = view;
      this.#changes.emit(view);
    });
  }
}
