import { describe, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { ResultView, RunView } from '../../electron/contract/views.ts';
import { openApp } from './support/open.ts';
import { aRecipe, aResult, aRun, anApp, anEndedRun } from './support/samples.ts';
import { failure, ScriptedBridge } from './support/scripted-bridge.ts';

const activity = (runs: readonly RunView[], change = {}) => openApp({ runs, route: { view: 'activity' }, ...change });

function result(run: RunView, view: ResultView): ScriptedBridge {
  const bridge = new ScriptedBridge();
  bridge.result = { ...view, run };
  return openApp({ runs: [run], route: { view: 'result', runId: run.id } }, bridge);
}

describe('a chat answer', () => {
  it('is shown as text with its files, and can be copied', async () => {
    const message = { position: 0, text: '**Two** cats', format: 'markdown' } as const;
    const bridge = result(anEndedRun(), aResult({ texts: [], messages: [message] }));
    await expect.element(page.getByText('Two', { exact: true })).toBeVisible();
    await page.getByRole('button', { name: 'Copy message' }).click();
    expect(bridge.requests('results:copy-text')).toEqual([{ runId: 'r1', part: 'message', position: 0 }]);
  });

  it('that was too much to keep says how much is missing', async () => {
    result(anEndedRun(), aResult({ texts: [], leftOut: 12 }));
    await expect.element(page.getByText(/^12 more chat messages were not kept: /)).toBeVisible();
  });
});

describe('a run that failed', () => {
  it('names the block and what it said', async () => {
    const failures = [{ block: 'Upscale', message: 'out of memory' }];
    const run = anEndedRun({
      state: 'failed',
      reason: 'recipe-failed',
      reasonDetail: 'Upscale: out of memory',
      failures,
    });
    result(run, aResult({ run, texts: [] }));
    await expect.element(page.getByText('Upscale: out of memory')).toBeVisible();
  });
});

describe('progress', () => {
  it('names the block at work, and has no bar where the number of blocks is not known', async () => {
    const bridge = activity([aRun({ progress: { block: 'Upscaling', done: 2, of: 5 } })]);
    await expect.element(page.getByText(/Upscaling, block 3 of 5/)).toBeVisible();
    await expect
      .element(page.getByRole('progressbar', { name: 'Blocks of Upscale photo' }))
      .toHaveAttribute('aria-valuenow', '40');
    bridge.emit('run:changed', aRun({ progress: { block: 'Upscaling', done: 2, of: null } }));
    await expect.element(page.getByText(/· Upscaling$/)).toBeVisible();
    await expect.element(page.getByRole('progressbar')).not.toBeInTheDocument();
  });
});

describe('what a recipe says while it runs', () => {
  const said = (count: number): Partial<ResultView> => ({
    messages: Array.from({ length: count }, (_, position) => ({ position, format: 'plain', text: `Part ${position}` })),
  });

  it('is shown as it comes, with the word that it still runs', async () => {
    const run = aRun({ said: 1 });
    const bridge = result(run, aResult({ run, texts: [], ...said(1) }));
    await expect.element(page.getByText('Part 0')).toBeVisible();
    await expect.element(page.getByText('Still running. This is what it has said so far.')).toBeVisible();
    bridge.result = aResult({ run, texts: [], ...said(2) });
    bridge.emit('run:changed', aRun({ said: 2 }));
    await expect.element(page.getByText('Part 1')).toBeVisible();
    const done = anEndedRun();
    bridge.result = aResult({ run: done, texts: [], ...said(2) });
    bridge.emit('run:changed', done);
    await expect.element(page.getByText(/Still running/)).not.toBeInTheDocument();
    await expect.element(page.getByText('Part 1')).toBeVisible();
  });

  it('is counted in Activity', async () => {
    activity([aRun({ said: 2, progress: { block: 'Upscaling', done: 2, of: 5 } })]);
    await expect.element(page.getByText(/Upscaling, block 3 of 5, 2 messages so far/)).toBeVisible();
  });
});

describe('the runs of one drop', () => {
  const many = (count: number): readonly RunView[] =>
    Array.from({ length: count }, (_, index) =>
      anEndedRun({
        id: `b${index}`,
        batchId: 'drop',
        ...(index === 0 ? { state: 'failed', reason: 'recipe-failed' } : {}),
      }),
    );

  it('are one line with their counts, unfold, and run again what failed', async () => {
    const bridge = activity(many(1_000));
    await expect.element(page.getByText('999 done and 1 failed')).toBeVisible();
    expect(document.querySelectorAll('li').length).toBeLessThan(20);
    await page.getByRole('button', { name: 'Run failed ones again' }).click();
    expect(bridge.requests('runs:failed-again')).toEqual([{ batchId: 'drop' }]);
    await page.getByRole('button', { name: /Upscale photo 1,000 runs/ }).click();
    await expect.poll(() => document.querySelectorAll('.within').length).toBeGreaterThan(5);
    expect(document.querySelectorAll('li').length).toBeLessThan(80);
  });

  it('are called by their files, in the order of the drop', async () => {
    const at = Date.now();
    const dropped = ['first.png', 'second.png', 'third.png'].map((name, index) =>
      anEndedRun({
        id: name,
        batchId: 'drop',
        createdAt: at,
        endedAt: at + 9 - index,
        inputs: [{ kind: 'image', name, size: 1 }],
      }),
    );
    activity(dropped.toReversed());
    await page.getByRole('button', { name: /Upscale photo 3 runs/ }).click();
    await expect.element(page.getByRole('button', { name: 'Run second.png again' })).toBeVisible();
    const names = [...document.querySelectorAll('.within .open')].map(({ textContent }) => textContent);
    expect(names).toEqual(['first.png', 'second.png', 'third.png']);
  });
});

describe('in Activity', () => {
  it('a removed run can be brought back', async () => {
    const bridge = activity([anEndedRun()]);
    await page.getByRole('button', { name: 'Remove Upscale photo from the list' }).click();
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect.element(page.getByRole('button', { name: 'Upscale photo', exact: true })).toBeVisible();
    expect(bridge.requests('runs:restore')).toEqual([{ runIds: ['r1'] }]);
  });

  it('each of two removals can be undone, though both are called the same', async () => {
    const bridge = activity([anEndedRun({ id: 'one' }), anEndedRun({ id: 'other' })]);
    const remove = page.getByRole('button', { name: 'Remove Upscale photo from the list' });
    await remove.first().click();
    await remove.click();
    await expect.element(page.getByText('Nothing has run yet')).toBeVisible();
    await page.getByRole('button', { name: 'Undo' }).first().click();
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect.element(page.getByRole('button', { name: 'Upscale photo', exact: true }).nth(1)).toBeVisible();
    expect(bridge.requests('runs:restore')).toHaveLength(2);
  });

  it('the focus goes on to the next line when one is removed, and to the heading after the last', async () => {
    activity([anEndedRun({ id: 'one', recipeName: 'One' }), anEndedRun({ id: 'other', recipeName: 'Other' })]);
    await page.getByRole('button', { name: 'Remove Other from the list' }).click();
    await expect.element(page.getByRole('button', { name: 'One', exact: true })).toHaveFocus();
    await page.getByRole('button', { name: 'Remove One from the list' }).click();
    await expect.element(page.getByRole('heading', { name: 'Activity' })).toHaveFocus();
  });

  it('everything is stopped only after a question', async () => {
    const bridge = activity([aRun({ id: 'one' }), aRun({ id: 'other' })]);
    await page.getByRole('button', { name: 'Stop everything' }).click();
    await expect.element(page.getByRole('heading', { name: 'Stop all 2 runs?' })).toBeVisible();
    expect(bridge.requests('runs:stop-all')).toEqual([]);
    await page.getByRole('dialog').getByRole('button', { name: 'Stop everything' }).click();
    expect(bridge.requests('runs:stop-all')).toHaveLength(1);
  });

  it('a run whose chat answer is not whole says so', async () => {
    activity([anEndedRun({ reason: 'answer-cut' })]);
    await expect.element(page.getByText(/its chat answer could not be read, or not all of it/)).toBeVisible();
    await expect.element(page.getByText('Answer cut', { exact: true })).toBeVisible();
    await expect.element(page.getByText('Done', { exact: true })).not.toBeInTheDocument();
  });

  it('inputs that changed are told before anything is sent, with a way to look at them', async () => {
    const bridge = activity([anEndedRun()]);
    bridge.script('runs:again', () => failure('inputs-changed', 'harbour at dusk.png'));
    await page.getByRole('button', { name: 'Run Upscale photo again' }).click();
    await page.getByRole('button', { name: 'Look at them' }).click();
    expect(bridge.requests('draft:from-run')).toEqual([{ runId: 'r1' }]);
  });

  it('the one job that can be an unconfirmed run can be taken for it', async () => {
    const bridge = activity([aRun({ state: 'unconfirmed', reason: 'answer-lost', candidates: 1 })]);
    await expect.element(page.getByText(/One job on the server could be this run/)).toBeVisible();
    await page.getByRole('button', { name: 'Use this job' }).click();
    expect(bridge.requests('runs:adopt')).toEqual([{ runId: 'r1' }]);
  });

  it('paused sending is told and lifted', async () => {
    const bridge = activity([aRun({ state: 'waiting', reason: 'paused' })], {
      settings: { ...anApp().settings, paused: true },
    });
    await page.getByRole('button', { name: 'Go on' }).click();
    expect(bridge.requests('settings:change')).toEqual([{ paused: false }]);
  });

  it('runs started elsewhere stand apart and can be opened once they ended', async () => {
    const found = {
      id: 'e1',
      profileId: 'home',
      serverName: 'Home server',
      recipeId: 'sum',
      recipeName: 'Summarise',
      state: 'succeeded',
      seenAt: Date.now(),
      endedAt: Date.now(),
      progress: null,
      failures: [],
    } as const;
    const bridge = activity([], { externalJobs: [found] });
    bridge.script('external-jobs:open', () => ({
      ok: true,
      value: anEndedRun({ id: 'new', recipeName: 'Summarise' }),
    }));
    await expect.element(page.getByRole('heading', { name: 'Started elsewhere' })).toBeVisible();
    await page.getByRole('button', { name: 'Open' }).click();
    await expect.element(page.getByRole('heading', { name: 'Summarise', level: 1 })).toBeVisible();
  });

  it('the one that a notification was about is marked', async () => {
    const found = (id: string, recipeName: string) => ({
      ...{ id, recipeName, profileId: 'home', serverName: 'Home server', recipeId: 'sum', state: 'succeeded' as const },
      ...{ seenAt: Date.now(), endedAt: Date.now(), progress: null, failures: [] },
    });
    const bridge = activity([], { externalJobs: [found('e1', 'Summarise'), found('e2', 'Caption')] });
    const line = (name: string) => page.getByRole('listitem').filter({ hasText: name });
    await expect.element(line('Caption')).toBeVisible();
    for (const [id, name] of [
      ['e2', 'Caption'],
      ['e1', 'Summarise'],
    ] as const) {
      bridge.emit('navigate', { view: 'activity', externalJobId: id });
      await expect.element(line(name)).toHaveFocus();
    }
    expect(bridge.requests('app:navigated').at(-1)).toEqual({ view: 'activity', externalJobId: 'e1' });
  });
});

describe('a thousand recipes', () => {
  const recipes = Array.from({ length: 1_000 }, (_, index) =>
    aRecipe({ id: `r${index}`, name: `Recipe ${String(index).padStart(4, '0')}`, shape: null }),
  );
  const list = { status: 'ready', recipes, listedAt: Date.now(), problem: null, lastUsedFor: {} } as const;

  it('are found as one types, by the keyboard alone, with only those in sight in the page', async () => {
    const bridge = openApp({ recipes: list });
    await expect.element(page.getByRole('option', { name: /Recipe 0000/ })).toHaveAttribute('aria-setsize', '1000');
    expect(document.querySelectorAll('[role="option"]').length).toBeLessThan(60);
    await userEvent.keyboard('/');
    await userEvent.keyboard('0777');
    await expect.element(page.getByRole('option')).toHaveAttribute('aria-setsize', '1');
    await userEvent.keyboard('{Escape}{ArrowDown}');
    for (let page8 = 0; page8 < 5; page8 += 1) await userEvent.keyboard('{PageDown}');
    await userEvent.keyboard('{Enter}');
    await expect.element(page.getByRole('option', { name: /Recipe 0040/ })).toHaveAttribute('aria-selected', 'true');
    const wanted = (): readonly string[] => bridge.requests('recipes:want').at(-1)?.recipeIds ?? [];
    await expect.poll(wanted).toContain('r40');
    expect(wanted().length).toBeLessThan(60);
  });

  it('show the chosen one again when the search is cleared', async () => {
    openApp({ recipes: list });
    await page.getByLabelText('Search recipes').fill('Recipe 0700');
    await page.getByRole('option', { name: /^Recipe 0700/ }).click();
    await page.getByLabelText('Search recipes').fill('');
    await expect.element(page.getByRole('option', { name: /^Recipe 0700/ })).toBeVisible();
  });

  it('have their favourites and the last used on top', async () => {
    const [first, second] = [
      aRecipe({ id: 'a', name: 'Zebra', favourite: true }),
      aRecipe({ id: 'b', name: 'Yak', usedAt: 5 }),
    ];
    openApp({ recipes: { ...list, recipes: [aRecipe({ id: 'c', name: 'Ant' }), first, second] } });
    await expect.element(page.getByRole('option', { name: /Yak/ })).toBeVisible();
    const names = [...document.querySelectorAll('[role="option"] .name')].map((name) => name.textContent);
    expect(names).toEqual(['Zebra', 'Yak', 'Ant']);
    await expect.element(page.getByText(/^Favourites/)).toBeVisible();
  });
});
