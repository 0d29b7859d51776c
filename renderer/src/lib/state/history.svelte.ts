import { SvelteSet } from 'svelte/reactivity';
import type { Bridge } from '../bridge/bridge.ts';
import type {
  BatchId,
  EndState,
  ErrorView,
  RunChoicesView,
  RunId,
  RunMatchView,
  RunSearchFilter,
  RunsPageView,
  RunView,
} from '../contract.ts';
import { RowHeights } from './activity-rows.ts';
import { foundIn, type SearchResults, withOlder } from './search-results.ts';
import { LIVE_STATES, type RunFilter } from './run-groups.ts';
import type { RunCache } from './run-cache.svelte.ts';

type Choice = RunChoicesView['recipes'][number];

/** The filters of the list besides `RunFilter`. */
export interface PickedFilters {
  readonly recipe: Choice | null;
  readonly server: Choice | null;
  readonly favourite: boolean;
  readonly end: EndState | null;
}

const NOTHING_PICKED: PickedFilters = { recipe: null, server: null, favourite: false, end: null };

/** Runs per request: enough to fill a window a few times. */
const PAGE = 100;

/** The state of Activity. It lives as long as the window, so that the view is unchanged when the user returns. */
export class HistoryState {
  filter = $state<RunFilter>('all');
  picked = $state.raw<PickedFilters>(NOTHING_PICKED);
  query = $state('');
  choices = $state.raw<RunChoicesView>({ recipes: [], servers: [] });
  /** Why older runs or search results could not be loaded. */
  problem = $state.raw<ErrorView | null>(null);
  isAsking = $state(false);
  readonly opened = new SvelteSet<BatchId>();
  readonly heights = new RowHeights();
  /** The scroll position when the view was left. */
  scrollTop = 0;
  /** The key of the row whose result was opened. */
  leftFrom: string | null = null;
  #found = $state.raw<SearchResults | null>(null);
  /** Numbers the requests, so that answers to older ones are ignored. */
  #asked = 0;
  readonly #bridge: Bridge;
  readonly #cache: RunCache;

  constructor(bridge: Bridge, cache: RunCache) {
    this.#bridge = bridge;
    this.#cache = cache;
  }

  readonly hasPicked = $derived(
    this.picked.recipe !== null || this.picked.server !== null || this.picked.favourite || this.picked.end !== null,
  );
  readonly isNarrowed = $derived(this.query.trim() !== '' || this.hasPicked);
  /** Lists the runs of a drop separately, because some of them may not match. */
  readonly areApart = $derived(this.#found?.byWords === true || this.picked.favourite || this.picked.end !== null);

  readonly shown: readonly RunView[] = $derived.by(() => {
    const found = this.#found;
    if (found?.byWords === true) return this.#cache.pick(found.matches.keys()).filter((run) => this.#isPicked(run));
    if (found === null && !this.hasPicked) return this.#cache.all;
    const older = this.#cache.pick(found?.matches.keys() ?? []);
    return withOlder(this.#cache.all, older).filter((run) => this.#isPicked(run));
  });

  readonly hasMore = $derived(this.#more !== null);

  /** The number of matching runs if not all of them are loaded; otherwise null. */
  readonly total = $derived(this.hasMore ? (this.#found?.total ?? null) : null);

  matchesOf(id: RunId): readonly RunMatchView[] {
    return this.#found?.matches.get(id) ?? [];
  }

  show(filter: RunFilter): void {
    this.filter = filter;
    if (filter !== 'all') this.picked = { ...this.picked, end: null };
    void this.refresh();
  }

  pick(change: Partial<PickedFilters>): void {
    this.picked = { ...this.picked, ...change };
    if (this.picked.end !== null) this.filter = 'all';
    void this.refresh();
  }

  search(query: string): void {
    this.query = query;
    void this.refresh();
  }

  clearFilters(): void {
    this.picked = NOTHING_PICKED;
    void this.refresh();
  }

  async loadChoices(): Promise<void> {
    const answer = await this.#bridge.call('runs:choices');
    if (answer.ok) this.choices = answer.value;
    else this.problem = answer.error;
  }

  /** Loads the list again. The runs that are already loaded stay visible meanwhile. */
  async refresh(): Promise<void> {
    this.#asked += 1;
    this.problem = null;
    if (this.#isAllHere()) {
      this.#found = null;
      this.isAsking = false;
      return;
    }
    const byWords = this.query.trim() !== '';
    // Without a search text, the newest runs are loaded, and only older ones are missing.
    await this.#ask(byWords ? null : this.#cache.oldest, (page) => (this.#found = foundIn(page, byWords, null)));
  }

  /** Loads the search results again when the user returns, because they may have changed. */
  async revisit(): Promise<void> {
    if (this.#found !== null) await this.refresh();
  }

  /** Loads the runs before the oldest one shown. */
  async loadMore(): Promise<void> {
    const before = this.#more;
    if (before === null || this.isAsking) return;
    this.problem = null;
    await this.#ask(before, (page) => {
      const found = this.#found;
      if (found === null) this.#cache.oldest = page.more;
      else this.#found = foundIn(page, found.byWords, found);
    });
  }

  /** Calls `take` with the answer, unless a newer request was sent or the call failed. */
  async #ask(before: number | null, take: (page: RunsPageView) => void): Promise<void> {
    const asked = this.#asked;
    this.isAsking = true;
    const request = { query: this.query, filter: this.#asFilter(), before, limit: PAGE };
    const answer = await this.#bridge.call('runs:search', request);
    if (asked !== this.#asked) return;
    this.isAsking = false;
    if (!answer.ok) {
      this.problem = answer.error;
      return;
    }
    this.#cache.add(answer.value.runs.map(({ run }) => run));
    take(answer.value);
  }

  get #more(): number | null {
    if (this.#found !== null) return this.#found.more;
    // All runs in progress are loaded, however old.
    return this.filter === 'live' || this.hasPicked ? null : this.#cache.oldest;
  }

  /** Whether the loaded runs are enough for the current filters. */
  #isAllHere(): boolean {
    if (this.query.trim() !== '') return false;
    return this.#cache.oldest === null || this.filter === 'live' || (this.filter === 'all' && !this.hasPicked);
  }

  #isPicked(run: RunView): boolean {
    const { recipe, server, favourite, end } = this.picked;
    return (
      (recipe === null || run.recipeId === recipe.id) &&
      (server === null || run.profileId === server.id) &&
      (!favourite || run.favourite) &&
      (end === null || run.state === end)
    );
  }

  #asFilter(): RunSearchFilter {
    const { recipe, server, favourite, end } = this.picked;
    return {
      ...(recipe === null ? {} : { recipeId: recipe.id }),
      ...(server === null ? {} : { profileId: server.id }),
      ...(favourite ? { favourite } : {}),
      ...(end === null ? {} : { states: [end] }),
      ...(this.filter === 'live' ? { states: [...LIVE_STATES] } : {}),
      ...(this.filter === 'needs-you' ? { needsYou: true } : {}),
    };
  }
}
