import { untrack } from 'svelte';
import { SvelteMap, SvelteSet } from 'svelte/reactivity';
import { needsYou, type RunId, type RunView } from '../contract.ts';
import { FrameThrottle } from './frame-throttle.svelte.ts';
import { isLive } from './run-groups.ts';

/**
 * The runs that the page knows: the newest, all under way, and older ones that were asked for. Who shows one run follows
 * that run alone (`get`); lists follow only what moves a run in them, so that the progress of one costs nothing more
 * than its own line, however many there are.
 */
export class RunCache {
  readonly #byId = new SvelteMap<RunId, RunView>();
  /** Seen under way, and shown for good: also one that is older than the rest. */
  readonly #followed = new SvelteSet<RunId>();
  readonly #order = new FrameThrottle();
  /** The time before which there are runs that are not here yet; null when all are. */
  oldest = $state<number | null>(null);

  /**
   * Those without a gap between them and now, newest first. The runs of a drop have one time of birth: they are kept in
   * the order they came. How far one is by now says `get`.
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

  /** Those of `ids` that are known, as lists follow them. */
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

  /** Marks these as looked at, or not; answers which of them changed. */
  setUnseen(ids: Iterable<RunId>, unseen: boolean): readonly RunId[] {
    const marked = [...ids]
      .flatMap((id) => untrack(() => this.#byId.get(id)) ?? [])
      .filter((run) => run.unseen !== unseen);
    for (const run of marked) this.set({ ...run, unseen });
    return marked.map(({ id }) => id);
  }

  /** Every run that is known here. */
  ids(): readonly RunId[] {
    return untrack(() => [...this.#byId.keys()]);
  }

  delete(id: RunId): void {
    this.#followed.delete(id);
    if (this.#byId.delete(id)) this.#order.fireNow();
  }
}

/** All that decides where, and under which filter, a run is listed. */
const placeOf = (run: RunView): string =>
  [isLive(run) ? 'live' : run.state, needsYou(run), run.listedAt, run.endedAt, run.batchId, run.favourite].join();
