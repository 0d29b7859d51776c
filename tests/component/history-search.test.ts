import { describe, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { activity, asPage, many, NOW, row, rows } from './support/history.ts';
import { anEndedRun, aRun, DAY } from './support/samples.ts';
import { ScriptedBridge } from './support/scripted-bridge.ts';

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
