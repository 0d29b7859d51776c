import { page } from 'vitest/browser';
import type { RequestOf } from '../../../electron/contract/calls.ts';
import type { RunsPageView, RunView } from '../../../electron/contract/views.ts';
import { openApp } from './open.ts';
import { anEndedRun } from './samples.ts';
import { ScriptedBridge } from './scripted-bridge.ts';

/** When the newest run was made; the others are older by milliseconds. */
export const NOW = Date.now();
/** Opens the app on Activity with these runs. */
export const activity = (
  runs: readonly RunView[],
  { moreRuns = null, bridge }: { moreRuns?: number | null; bridge?: ScriptedBridge } = {},
) => openApp({ runs, moreRuns, route: { view: 'activity' } }, bridge);

/** Ended runs, newest first, called `Recipe 0` and so on. */
export const many = (count: number, change: (index: number) => Partial<RunView> = () => ({})): readonly RunView[] =>
  Array.from({ length: count }, (_, index) =>
    anEndedRun({
      id: `r${index}`,
      recipeName: `Recipe ${index}`,
      createdAt: NOW - index,
      endedAt: NOW - index,
      ...change(index),
    }),
  );

/** The names of the rows that are in the page. */
export const rows = (): readonly string[] =>
  [...document.querySelectorAll('[data-main]')].map((main) => main.ariaLabel ?? main.textContent);
/** The element that scrolls the list. */
export const scroller = (): Element => document.querySelector('main .scrolls') ?? document.body;
/** The button that opens the run of this name. */
export const row = (name: string) => page.getByRole('button', { name, exact: true });
/** The reply of `runs:search` for these runs. */
export const asPage = (runs: readonly RunView[], more: number | null, total = runs.length): RunsPageView => ({
  runs: runs.map((run) => ({ run, matches: [] })),
  more,
  total,
});

/** Answers `runs:search` page by page from all of these runs, as main does. */
export function pagedBridge(all: readonly RunView[], size = 100): ScriptedBridge {
  return new ScriptedBridge().script('runs:search', ({ before, filter, query }: RequestOf<'runs:search'>) => {
    const asked = all.filter(
      (run) => run.recipeName.includes(query) && (filter.recipeId === undefined || run.recipeId === filter.recipeId),
    );
    const left = asked.filter(({ createdAt }) => before === null || createdAt < before);
    const runs = left.slice(0, size);
    const more = left.length > size ? (runs.at(-1)?.createdAt ?? null) : null;
    return { ok: true, value: asPage(runs, more, asked.length) };
  });
}
