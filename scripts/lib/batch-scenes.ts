import { goTo } from '../../tests/e2e/support/activity-view.ts';
import { attachments, chooseRecipe, runButton } from '../../tests/e2e/support/launch-view.ts';
import { makeOddFiles } from './odd-files.ts';
import { expect, sample } from './scene.ts';
import type { Scene } from './scene.ts';

/** The runs of a batch side by side: as a list, a grid and a table; wide, small, and with a text answer. */
export async function batchScene({ app, page, scratch, shoot: take }: Scene): Promise<void> {
  await app.dropFiles(page, 'main', [sample('hills.png'), sample('harbour.png')]);
  await chooseRecipe(page, 'Thumbnail sheet');
  await page.getByText('One run per file', { exact: true }).click();
  await runButton(page).click();
  await goTo(page, 'Activity');
  await expect(page.getByText('2 done')).toBeVisible();
  await take('batch-in-activity');
  await page.getByRole('button', { name: 'Side by side' }).click();
  await page.getByRole('gridcell').nth(1).click();
  await take('batch-grid');
  await page.getByText('Table', { exact: true }).click();
  await take('batch-table');
  await page.getByText('List', { exact: true }).click();
  await take('batch-list');
  await page.getByText('Grid', { exact: true }).click();
  await page.setViewportSize({ width: 640, height: 480 });
  await take('batch-grid-small');
  await page.setViewportSize({ width: 1340, height: 800 });
  await take('batch-grid-wide');
  await page.setViewportSize({ width: 960, height: 640 });
  await goTo(page, 'Launch');
  await app.dropFiles(page, 'main', makeOddFiles(scratch, 7));
  await expect(attachments(page)).toHaveCount(7);
  await chooseRecipe(page, 'Word count');
  await page.getByText('One run per file', { exact: true }).click();
  await runButton(page).click();
  await goTo(page, 'Activity');
  await page.getByRole('button', { name: 'Side by side' }).first().click();
  await expect(page.getByRole('status').filter({ hasText: '7' })).toBeVisible();
  await take('batch-texts');
}
