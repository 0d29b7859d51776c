import type { RunId, RunMatchView, RunsPageView, RunView } from '../contract.ts';

/** What a search has found so far. */
export interface SearchResults {
  /** Whether words were asked for: then nothing else is shown than what they were found in. */
  readonly byWords: boolean;
  /** Of each run that was found. */
  readonly matches: ReadonlyMap<RunId, readonly RunMatchView[]>;
  /** Asks for what is older; null when all is here. */
  readonly more: number | null;
  readonly total: number;
}

/** @param earlier what this page goes on from; null for the first */
export function foundIn(page: RunsPageView, byWords: boolean, earlier: SearchResults | null): SearchResults {
  const matches = page.runs.map(({ run, matches }) => [run.id, matches] as const);
  return {
    byWords,
    matches: new Map([...(earlier?.matches ?? []), ...matches]),
    more: page.more,
    total: earlier?.total ?? page.total,
  };
}

/** Both, each run once. */
export function withOlder(newest: readonly RunView[], older: readonly RunView[]): readonly RunView[] {
  const known = new Set(newest.map(({ id }) => id));
  return [...newest, ...older.filter(({ id }) => !known.has(id))];
}
