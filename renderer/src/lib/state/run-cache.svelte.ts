import { untrack } from 'svelte';
import { SvelteMap, SvelteSet } from 'svelte/reactivity';
import { needsYou, type RunId, type RunView } from '../contract.ts';
import { FrameThrottle } from './frame-throttle.svelte.ts';
import { isLive } from './run-groups.ts';

/**
 * The runs that the page knows: the newest ones, all in progress, and older ones that were loaded. `get` reacts to each
 * change of one run. Lists react only to changes that move a run in a list, so that progress redraws only its own row.
 */
export class RunCache {
  readonly #byId = new SvelteMap<RunId, RunView>();
  /** Runs that were seen in progress. They stay in `all` even if they are older than `oldest`. */
  readonly #followed = new SvelteSet<RunId>();
  readonly #order = new FrameThrottle();
  /** The time before which further runs exist that are not loaded; null if all are loaded. */
  oldest = $state<number | null>(null);

  /**
   * All runs since `oldest`, and those in progress, newest first. The runs of a drop share one time; they keep the order
   * in which they arrived. Use `get` for the current state of a run.
   */
  readonly all: readonly RunView[] = $derived.by(() => {
    this.#order.follow();
    const { oldest } = this;
    const isHere = (run: RunView): boolean => oldest === null || run.listedAt >= oldest || this.#followed.has(run.id);
    return untrack(() => [...this.#byId.values()].filter(isHere))
      .toReversed()
      .toSorted((one, other) => other.listedAt - one.listedAt);
  });

  get(id: RunId): RunView | undefined {
    return this.#byId.get(id);
  }

  /** The known runs among `ids`. Reacts like a list. */
  pick(ids: Iterable<RunId>): readonly RunView[] {
    this.#order.follow();
    return untrack(() => [...ids].flatMap((id) => this.#byId.get(id) ?? []));
  }

  /** @param runs newest first */
  replaceAll(runs: readonly RunView[], oldest: number | null): void {
    this.#byId.clear();
    this.#followed.clear();
    this.oldest = oldest;
    this.add(runs);
  }

  /** @param runs newest first */
  add(runs: readonly RunView[]): void {
    for (const run of runs.toReversed()) this.set(run);
  }

  set(run: RunView): void {
    const before = untrack(() => this.#byId.get(run.id));
    this.#byId.set(run.id, run);
    if (isLive(run)) this.#followed.add(run.id);
    if (before === undefined || placeOf(before) !== placeOf(run)) this.#order.fire();
  }

  /** Sets `unseen` on these runs. Returns those that changed. */
  setUnseen(ids: Iterable<RunId>, unseen: boolean): readonly RunId[] {
    const marked = [...ids]
      .flatMap((id) => untrack(() => this.#byId.get(id)) ?? [])
      .filter((run) => run.unseen !== unseen);
    for (const run of marked) this.set({ ...run, unseen });
    return marked.map(({ id }) => id);
  }

  /** The ids of all known runs. Does not react. */
  ids(): readonly RunId[] {
    return untrack(() => [...this.#byId.keys()]);
  }

  delete(id: RunId): void {
    this.#followed.delete(id);
    if (this.#byId.delete(id)) this.#order.fireNow();
  }
}

/** All properties that decide where and under which filters a run is listed. */
const placeOf = (run: RunView): string =>
  [isLive(run) ? 'live' : run.state, needsYou(run), run.listedAt, run.endedAt, run.batchId, run.favourite].join();
