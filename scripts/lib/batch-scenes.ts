import { goTo } from '../../tests/e2e/support/activity-view.ts';
import { startTable } from '../../tests/e2e/support/batch-view.ts';
import { attachments, chooseRecipe, runButton } from '../../tests/e2e/support/launch-view.ts';
import { makeOddFiles } from './odd-files.ts';
import { expect, sample } from './scene.ts';
import type { Scene } from './scene.ts';

const WIDTHS = ['32', '64', '96', '128'];
const PATTERNS = [
  ['Width', 'Colour'],
  ...WIDTHS.flatMap((width) => ['blue', 'green', 'red'].map((colour) => [width, colour])),
];

/** The runs of a batch side by side: as a grid, a table and a list; wide and small; with pictures and with texts. */
export async function batchScene({ app, page, scratch, shoot: take }: Scene): Promise<void> {
  await startTable(page, 'Pattern', PATTERNS);
  await page.getByRole('button', { name: 'Side by side' }).click();
  await expect(page.getByText('12 done')).toBeVisible();
  await page.getByRole('gridcell').nth(4).click();
  await page.keyboard.press('f');
  await take('batch-grid');
  await page.setViewportSize({ width: 1340, height: 800 });
  await take('batch-grid-wide');
  await page.setViewportSize({ width: 640, height: 480 });
  await take('batch-grid-small');
  await page.getByText('Table', { exact: true }).click();
  await take('batch-table-small');
  await page.setViewportSize({ width: 960, height: 640 });
  await take('batch-table');
  await page.getByText('List', { exact: true }).click();
  await take('batch-list');
  await goTo(page, 'Launch');
  await app.dropFiles(page, 'main', [sample('hills.png'), sample('harbour.png')]);
  await chooseRecipe(page, 'Thumbnail sheet');
  await page.getByText('One run per file', { exact: true }).click();
  await runButton(page).click();
  await goTo(page, 'Activity');
  await expect(page.getByText('2 done')).toBeVisible();
  await take('batch-in-activity');
  await page.getByRole('button', { name: 'Side by side' }).first().click();
  await page.getByText('Grid', { exact: true }).click();
  await page.getByRole('gridcell').first().click();
  await take('batch-of-files');
  await goTo(page, 'Launch');
  await app.dropFiles(page, 'main', makeOddFiles(scratch, 7));
  await expect(attachments(page)).toHaveCount(7);
  await chooseRecipe(page, 'Word count');
  await page.getByText('One run per file', { exact: true }).click();
  await runButton(page).click();
  await goTo(page, 'Activity');
  await page.getByRole('button', { name: 'Side by side' }).first().click();
  await expect(page.getByRole('status').filter({ hasText: '7 done' })).toBeVisible();
  await take('batch-of-texts');
}
