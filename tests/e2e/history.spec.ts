import type { Page } from '@playwright/test';
import { expectAccessible } from './support/accessible.ts';
import { goTo, openRun, runRows } from './support/activity-view.ts';
import { expect, test } from './support/fixtures.ts';
import { attachments, run } from './support/launch-view.ts';
import { expectDrawn } from './support/result-view.ts';
import { HARBOUR, HILLS } from './support/samples.ts';

const search = (page: Page) => page.getByRole('searchbox', { name: 'Search runs' });

test('a run is found by its recipe, a file name, words of its answer and as a favourite', async ({
  connected: { app, page },
}) => {
  await app.dropFiles(page, 'body', [HILLS, HARBOUR]);
  await expect(attachments(page)).toHaveCount(2);
  await run(page, 'Thumbnail sheet');
  await expect(attachments(page)).toHaveCount(0);
  await run(page, 'Chat-only answer', 'where do the ships sleep');
  await run(page, 'Fails half-way', 'nothing of that');
  await goTo(page, 'Activity');
  for (const recipe of ['Thumbnail sheet', 'Chat-only answer'])
    await expect(runRows(page, recipe)).toContainText('Done');
  await expect(runRows(page, 'Fails half-way')).toContainText('Failed');
  await expectDrawn(runRows(page, 'Thumbnail sheet').locator('img'));

  await page.keyboard.press('/');
  await page.keyboard.type('harbo');
  await expect(runRows(page)).toHaveCount(1);
  await expect(runRows(page, 'Thumbnail sheet').locator('mark')).toHaveText('harbour');
  await search(page).fill('second step always');
  await expect(runRows(page, 'Fails half-way').locator('mark')).toHaveText(['second', 'step', 'always']);
  await search(page).fill('no such words');
  await expect(page.getByRole('heading', { name: 'Nothing matches “no such words”' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(runRows(page)).toHaveCount(3);

  await page.getByRole('button', { name: 'Favourite Chat-only answer' }).click();
  await page.getByRole('button', { name: 'Favourites', exact: true }).click();
  await search(page).fill('"ships sleep"');
  await expect(page.getByRole('status').filter({ hasText: '1 run found' })).toBeVisible();
  await expect(runRows(page, 'Chat-only answer').locator('mark')).toContainText(['ships sleep']);
  await expectAccessible(page, 'Activity, searched and filtered');
  await openRun(page, 'Chat-only answer');
  await goTo(page, 'Activity');
  await expect(search(page)).toHaveValue('"ships sleep"');
  await page.getByRole('button', { name: 'Clear search' }).click();
  await expect(page.getByRole('button', { name: 'Remove filter Favourites' })).toBeVisible();
  await page.getByRole('button', { name: 'Clear filters' }).click();
  await page.getByRole('button', { name: 'Recipe', exact: true }).click();
  await page.getByRole('menuitemradio', { name: 'Fails half-way' }).click();
  await expect(page.getByRole('status').filter({ hasText: '1 run found' })).toBeVisible();
});

test('by keyboard, a removed run is not found until it is restored', async ({ connected: { page } }) => {
  await run(page, 'Echo', 'the first of two');
  await run(page, 'Word count', 'the second of two');
  await goTo(page, 'Activity');
  for (const recipe of ['Echo', 'Word count']) await expect(runRows(page, recipe)).toContainText('Done');
  await page.keyboard.press('/');
  await page.keyboard.type('of two');
  await expect(page.getByRole('status').filter({ hasText: '2 runs found' })).toBeVisible();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Delete');
  await expect(runRows(page)).toHaveCount(1);
  await expect(runRows(page).locator('[data-main]')).toBeFocused();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(runRows(page)).toHaveCount(2);
  await search(page).fill('first of two');
  await expect(runRows(page)).toHaveCount(1);
});
