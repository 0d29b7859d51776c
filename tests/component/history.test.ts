import { describe, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { RequestOf } from '../../electron/contract/calls.ts';
import type { RunsPageView, RunView } from '../../electron/contract/views.ts';
import { openApp } from './support/open.ts';
import { anEndedRun, aRun, DAY } from './support/samples.ts';
import { failure, ScriptedBridge } from './support/scripted-bridge.ts';

const NOW = Date.now();
const activity = (
  runs: readonly RunView[],
  { moreRuns = null, bridge }: { moreRuns?: number | null; bridge?: ScriptedBridge } = {},
) => openApp({ runs, moreRuns, route: { view: 'activity' } }, bridge);

const many = (count: number, change: (index: number) => Partial<RunView> = () => ({})): readonly RunView[] =>
  Array.from({ length: count }, (_, index) =>
    anEndedRun({
      id: `r${index}`,
      recipeName: `Recipe ${index}`,
      createdAt: NOW - index,
      endedAt: NOW - index,
      ...change(index),
    }),
  );

/** Rows in the page, as a person sees them named. */
const rows = (): readonly string[] =>
  [...document.querySelectorAll('[data-main]')].map((main) => main.ariaLabel ?? main.textContent);
const scroller = (): Element => document.querySelector('main .scrolls') ?? document.body;
const row = (name: string) => page.getByRole('button', { name, exact: true });
const asPage = (runs: readonly RunView[], more: number | null, total = runs.length): RunsPageView => ({
  runs: runs.map((run) => ({ run, matches: [] })),
  more,
  total,
});

/** A history of which the window has the first ones, in pages, as main answers. */
function pagedBridge(all: readonly RunView[], size = 100): ScriptedBridge {
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

describe('a long list', () => {
  it('of a thousand draws only what is in sight, and says how long it is', async () => {
    activity(many(1_000));
    await expect.element(row('Recipe 0')).toBeVisible();
    expect(rows().length).toBeLessThan(40);
    const first = page.getByRole('listitem').first();
    await expect.element(first).toHaveAttribute('aria-setsize', '1000');
    await expect.element(first).toHaveAttribute('aria-posinset', '1');
    scroller().scrollTop = scroller().scrollHeight;
    await expect.element(row('Recipe 999')).toBeVisible();
    expect(rows().length).toBeLessThan(40);
  });

  it('draws nothing anew but the line that has news', async () => {
    const live = Array.from({ length: 1_000 }, (_, index) =>
      aRun({ id: `r${index}`, createdAt: NOW - index, recipeName: `Recipe ${index}` }),
    );
    const bridge = activity(live);
    await expect.element(row('Recipe 0')).toBeVisible();
    const changed = new Set<Element>();
    const observer = new MutationObserver((changes) => {
      for (const { target } of changes) {
        const line = target.parentElement?.closest('li .run');
        // The clocks of all lines go on.
        if (line && !target.parentElement?.closest('time')) changed.add(line);
      }
    });
    observer.observe(scroller(), { subtree: true, childList: true, characterData: true });
    for (let done = 0; done < 100; done += 1) {
      for (const run of live.slice(3))
        if (done === 0) bridge.emit('run:changed', { ...run, progress: { block: 'A', done, of: 100 } });
      bridge.emit('run:changed', {
        ...aRun({ id: 'r0', createdAt: NOW, recipeName: 'Recipe 0' }),
        progress: { block: `Step ${done}`, done, of: 100 },
      });
    }
    await expect.element(page.getByText(/^.*Step 99, block/)).toBeVisible();
    observer.disconnect();
    expect(changed.size).toBeLessThan(40);
    expect(rows().length).toBeLessThan(40);
  });

  it('keeps what is looked at in its place when something new comes on top', async () => {
    const bridge = activity(many(300));
    await expect.element(row('Recipe 0')).toBeVisible();
    scroller().scrollTop = 4_000;
    await expect.poll(rows).toContain('Recipe 70');
    const top = () => row('Recipe 70').element().getBoundingClientRect().top;
    const before = top();
    for (let index = 0; index < 5; index += 1)
      bridge.emit('run:changed', aRun({ id: `new${index}`, recipeName: `New ${index}`, createdAt: Date.now() }));
    await expect.element(page.getByRole('button', { name: /^Activity\s*5/ })).toBeVisible();
    await expect.poll(top).toBe(before);
  });

  it('goes back to the very first run, page by page', { timeout: 60_000 }, async () => {
    const all = many(350);
    const bridge = activity(all.slice(0, 100), { moreRuns: all[99]?.createdAt ?? null, bridge: pagedBridge(all) });
    await expect.element(row('Recipe 0')).toBeVisible();
    await expect
      .poll(
        () => {
          scroller().scrollTop = scroller().scrollHeight;
          return rows();
        },
        // A page is told of scrolling with its frames, and those come late on a busy machine.
        { timeout: 45_000 },
      )
      .toContain('Recipe 349');
    await expect.element(page.getByRole('listitem').last()).toHaveAttribute('aria-setsize', '350');
    expect(bridge.requests('runs:search')).toHaveLength(3);
  });

  it('says when older runs cannot be had, and asks again only when told to', async () => {
    const bridge = new ScriptedBridge().script('runs:search', () => failure('internal'));
    activity(many(3), { moreRuns: NOW - 2, bridge });
    await expect.element(page.getByRole('button', { name: 'Try again' })).toBeVisible();
    bridge.script('runs:search', () => ({
      ok: true,
      value: asPage([anEndedRun({ id: 'old', recipeName: 'Old', createdAt: 5, endedAt: 5 })], null),
    }));
    expect(bridge.requests('runs:search')).toHaveLength(1);
    await page.getByRole('button', { name: 'Try again' }).click();
    await expect.element(row('Old')).toBeVisible();
  });
});

describe('the search', () => {
  const found = anEndedRun({
    id: 'old',
    recipeName: 'Caption photo',
    createdAt: NOW - 400 * DAY,
    endedAt: NOW - 400 * DAY,
  });
  const searching = (): ScriptedBridge =>
    new ScriptedBridge().script('runs:search', ({ query }) => ({
      ok: true,
      value: query.startsWith('har')
        ? {
            runs: [
              {
                run: found,
                matches: [
                  {
                    field: 'text',
                    parts: [
                      { text: '…ships in the ', hit: false },
                      { text: 'harbour', hit: true },
                      { text: ' <b>at</b> dusk…', hit: false },
                    ],
                  },
                ],
              },
            ],
            more: null,
            total: 1,
          }
        : asPage([], null),
    }));

  it('finds as one types, shows where, says how many, and ends with Escape', async () => {
    activity(many(3), { bridge: searching() });
    await expect.element(row('Recipe 0')).toBeVisible();
    await userEvent.keyboard('/har');
    await expect.element(row('Caption photo')).toBeVisible();
    await expect.element(page.getByText('Answer: …ships in the harbour <b>at</b> dusk…')).toBeVisible();
    expect(document.querySelector('mark')?.textContent).toBe('harbour');
    await expect.element(page.getByText('1 run found')).toBeVisible();
    await expect.element(row('Recipe 0')).not.toBeInTheDocument();
    await userEvent.keyboard('{Escape}');
    await expect.element(row('Recipe 0')).toBeVisible();
    await expect.element(page.getByLabelText('Search runs')).toHaveFocus();
  });

  it('that finds nothing says so, with a way back', async () => {
    activity(many(3), { bridge: searching() });
    await page.getByLabelText('Search runs').fill('zebra');
    await expect.element(page.getByRole('heading', { name: 'Nothing matches “zebra”' })).toBeVisible();
    await expect.element(page.getByText('0 runs found')).toBeInTheDocument();
    await page.getByRole('main').getByRole('button', { name: 'Clear search' }).last().click();
    await expect.element(row('Recipe 0')).toBeVisible();
  });

  it('shows the last thing typed, whichever answer comes last', async () => {
    const answers: (() => void)[] = [];
    const bridge = new ScriptedBridge().script('runs:search', ({ query }) => {
      const run = anEndedRun({ id: query, recipeName: `Found ${query}` });
      return new Promise((resolve) => answers.push(() => resolve({ ok: true, value: asPage([run], null) })));
    });
    activity(many(1), { bridge });
    const field = page.getByLabelText('Search runs');
    await field.fill('one');
    await field.fill('two');
    await expect.poll(() => answers.length).toBe(2);
    for (const answer of answers.toReversed()) answer();
    await expect.element(row('Found two')).toBeVisible();
    await expect.element(row('Found one')).not.toBeInTheDocument();
  });

  it('still has the news of what it shows', async () => {
    const bridge = activity(many(3), { bridge: searching() });
    await page.getByLabelText('Search runs').fill('har');
    await expect.element(row('Caption photo')).toBeVisible();
    bridge.emit('run:changed', { ...found, favourite: true });
    await expect
      .element(page.getByRole('button', { name: 'Favourite Caption photo' }))
      .toHaveAttribute('aria-pressed', 'true');
    bridge.emit('run:removed', { runId: found.id });
    await expect.element(row('Caption photo')).not.toBeInTheDocument();
  });
});

describe('filters', () => {
  const runs = [
    anEndedRun({ id: 'a', recipeName: 'Upscale photo', favourite: true }),
    anEndedRun({ id: 'b', recipeId: 'sum', recipeName: 'Summarise', state: 'failed' }),
    aRun({ id: 'c', recipeId: 'sum', recipeName: 'Summarise', profileId: 'away', serverName: 'Away' }),
  ];
  const choosing = (): ScriptedBridge =>
    new ScriptedBridge().script('runs:choices', () => ({
      ok: true,
      value: {
        recipes: [
          { id: 'sum', name: 'Summarise' },
          { id: 'upscale', name: 'Upscale photo' },
        ],
        servers: [{ id: 'away', name: 'Away' }],
      },
    }));
  const choose = async (menu: string, choice: string): Promise<void> => {
    await page.getByRole('button', { name: menu, exact: true }).click();
    await page.getByRole('menuitemradio', { name: choice }).click();
  };

  it('narrow the list, stand as chips, and are taken away one by one or all at once', async () => {
    activity(runs, { bridge: choosing() });
    await choose('Recipe', 'Summarise');
    await expect.poll(rows).toEqual(['Summarise', 'Summarise']);
    await expect.element(page.getByText('2 runs found')).toBeVisible();
    await choose('Ended', 'Failed');
    await expect.poll(rows).toEqual(['Summarise']);
    await page.getByRole('button', { name: 'Remove filter Summarise' }).click();
    await expect.poll(rows).toEqual(['Summarise']);
    await page.getByRole('button', { name: 'Favourites' }).click();
    await expect.element(page.getByRole('heading', { name: 'No run matches these filters' })).toBeVisible();
    await page.getByRole('button', { name: 'Clear filters' }).first().click();
    await expect.poll(() => rows().length).toBe(3);
    await choose('Server', 'Away');
    await expect.poll(rows).toEqual(['Summarise']);
  });

  it('ask for what is older than the window holds', async () => {
    const old = anEndedRun({ id: 'old', recipeId: 'sum', recipeName: 'Summarise old', createdAt: 5, endedAt: 5 });
    const bridge = choosing().script('runs:search', () => ({ ok: true, value: asPage([old], null, 3) }));
    activity(many(60), { moreRuns: NOW - 60, bridge });
    await choose('Recipe', 'Summarise');
    await expect.poll(rows).toEqual(['Summarise old']);
    expect(bridge.requests('runs:search').at(-1)).toMatchObject({ filter: { recipeId: 'sum' }, before: NOW - 60 });
  });
});

describe('by keyboard', () => {
  it('the lines are walked, starred, run again and removed, and the focus is never lost', async () => {
    const bridge = activity(many(200));
    await row('Recipe 0').click({ trial: true });
    row('Recipe 0').element().focus();
    await userEvent.keyboard('{ArrowDown}');
    await expect.element(row('Recipe 1')).toHaveFocus();
    await userEvent.keyboard('s');
    expect(bridge.requests('runs:favourite')).toEqual([{ runId: 'r1', favourite: true }]);
    await userEvent.keyboard('r');
    expect(bridge.requests('runs:again')).toEqual([{ runId: 'r1' }]);
    await userEvent.keyboard('{Delete}');
    await expect.element(row('Recipe 2')).toHaveFocus();
    await expect.element(page.getByRole('button', { name: 'Undo' })).toBeVisible();
    await userEvent.keyboard('{End}');
    await expect.element(row('Recipe 199')).toHaveFocus();
    await userEvent.keyboard('{Delete}');
    await expect.element(row('Recipe 198')).toHaveFocus();
    await userEvent.keyboard('{Home}');
    await expect.element(row('Recipe 0')).toHaveFocus();
    await expect.poll(() => scroller().scrollTop).toBe(0);
  });

  it('the line with the focus stays, however far one scrolls, and when its run ends', async () => {
    const bridge = activity([aRun({ id: 'live', recipeName: 'Live' }), ...many(300)]);
    await expect.element(row('Live')).toBeVisible();
    row('Live').element().focus();
    scroller().scrollTop = 9_000;
    await expect.poll(rows).toContain('Recipe 160');
    await expect.element(row('Live')).toHaveFocus();
    bridge.emit('run:changed', anEndedRun({ id: 'live', recipeName: 'Live' }));
    await expect.element(page.getByRole('button', { name: 'Run Live again' })).toBeInTheDocument();
    await expect.element(row('Live')).toHaveFocus();
  });
});

describe('coming back from a result', () => {
  it('finds the search, the filters, the place and the line as they were', async () => {
    activity(many(300), { bridge: pagedBridge(many(300)) });
    await page.getByLabelText('Search runs').fill('Recipe');
    await page.getByRole('radio', { name: 'All' }).click({ force: true });
    await expect.element(page.getByText('300 runs found')).toBeVisible();
    scroller().scrollTop = 3_000;
    await expect.poll(rows).toContain('Recipe 55');
    await row('Recipe 55').click();
    await expect.element(page.getByRole('heading', { name: 'Recipe 55', level: 1 })).toBeVisible();
    await page
      .getByRole('button', { name: /^Activity/ })
      .first()
      .click();
    await expect.element(page.getByLabelText('Search runs')).toHaveValue('Recipe');
    await expect.element(row('Recipe 55')).toBeVisible();
    await expect.poll(() => scroller().scrollTop).toBeGreaterThan(2_000);
  });

  it('finds the place, also where the list is told of scrolling after it was left', async () => {
    activity(many(300));
    await expect.element(row('Recipe 0')).toBeVisible();
    scroller().scrollTop = 3_000;
    await expect.poll(rows).toContain('Recipe 55');
    const left = scroller();
    await row('Recipe 55').click();
    await expect.element(page.getByRole('heading', { name: 'Recipe 55', level: 1 })).toBeVisible();
    left.dispatchEvent(new Event('scroll'));
    await page
      .getByRole('button', { name: /^Activity/ })
      .first()
      .click();
    await expect.element(row('Recipe 55')).toBeVisible();
    await expect.poll(() => scroller().scrollTop).toBeGreaterThan(2_000);
  });

  it('finds a drop that was opened still open', async () => {
    activity(many(3, () => ({ batchId: 'one', recipeName: 'Upscale photo', createdAt: NOW })));
    const fold = page.getByRole('button', { name: /Upscale photo 3 runs/ });
    await fold.click();
    await page.getByRole('button', { name: 'harbour at dusk.png', exact: true }).first().click();
    await page
      .getByRole('button', { name: /^Activity/ })
      .first()
      .click();
    await expect.element(fold).toHaveAttribute('aria-expanded', 'true');
  });
});

it('shows the first picture that came back', async () => {
  const picture = 'data:image/gif;base64,R0lGODlhAQABAAAAACwAAAAAAQABAAA=';
  activity([anEndedRun({ picture })]);
  await expect.poll(() => document.querySelector('li img')?.getAttribute('src')).toBe(picture);
});
