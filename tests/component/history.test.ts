import { describe, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { activity, asPage, many, NOW, pagedBridge, row, rows, scroller } from './support/history.ts';
import { anEndedRun, aRun } from './support/samples.ts';
import { failure, ScriptedBridge } from './support/scripted-bridge.ts';

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
