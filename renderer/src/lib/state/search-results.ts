import type { RunId, RunMatchView, RunsPageView, RunView } from '../contract.ts';

/** The loaded results of a search. */
export interface SearchResults {
  /** Whether there is a search text. If so, only matching runs are shown. */
  readonly byWords: boolean;
  /** Where the search text was found in each run. */
  readonly matches: ReadonlyMap<RunId, readonly RunMatchView[]>;
  /** The `before` of the next request; null if all results are loaded. */
  readonly more: number | null;
  readonly total: number;
}

/** @param earlier the results that this page continues; null for the first page */
export function foundIn(page: RunsPageView, byWords: boolean, earlier: SearchResults | null): SearchResults {
  const matches = page.runs.map(({ run, matches }) => [run.id, matches] as const);
  return {
    byWords,
    matches: new Map([...(earlier?.matches ?? []), ...matches]),
    more: page.more,
    total: earlier?.total ?? page.total,
  };
}

/** Both lists, each run once. */
export function withOlder(newest: readonly RunView[], older: readonly RunView[]): readonly RunView[] {
  const known = new Set(newest.map(({ id }) => id));
  return [...newest, ...older.filter(({ id }) => !known.has(id))];
}
