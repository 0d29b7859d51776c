import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chooseRecipe } from '../../tests/e2e/support/launch-view.ts';
import { expect } from './scene.ts';
import type { Scene } from './scene.ts';

/** Twenty patterns, two of which cannot be drawn. */
const ROWS = [
  'width,Height,Colour,folder',
  ...Array.from({ length: 20 }, (_, row) =>
    [row === 6 ? '128px' : 64 + row * 8, row === 10 ? 9000 : '', ['blue', 'green', 'red'][row % 3], 'tiles/sea'].join(),
  ),
];

/** A table of runs: the offer, its page, a cell with a suggestion, an edit, other fields, files elsewhere; and small. */
export async function runTableScene({ app, page, scratch, shoot: take }: Scene): Promise<void> {
  const table = join(scratch, 'patterns.csv');
  writeFileSync(table, ROWS.join('\n'));
  await chooseRecipe(page, 'Pattern');
  await app.dropFiles(page, 'main', [table]);
  await expect(page.getByRole('button', { name: 'Run once per row' })).toBeVisible();
  await take('form-table-offer');
  await page.getByRole('button', { name: 'Run once per row' }).click();
  await expect(page.getByText('2 cells to look at')).toBeVisible();
  await page.getByRole('button', { name: 'Next', exact: true }).click();
  await expect(page.getByRole('button', { name: 'Use 128' })).toBeVisible();
  await page.setViewportSize({ width: 1340, height: 800 });
  await take('form-table');
  await page.setViewportSize({ width: 960, height: 640 });
  await take('form-table-middle');
  await page.keyboard.press('F2');
  await take('form-table-edit');
  await page.keyboard.press('Escape');
  await page.getByText('For all rows:').click();
  await take('form-table-others');
  await page.getByText('For all rows:').click();
  await page.setViewportSize({ width: 640, height: 480 });
  await take('form-table-small');
  await page.setViewportSize({ width: 960, height: 640 });
  await page.getByRole('button', { name: 'Fill in the form instead' }).click();
  writeFileSync(table, `picture,mask\n${scratch}/../elsewhere.png,none.png\n`);
  await chooseRecipe(page, 'Cut out');
  await page.getByRole('button', { name: 'Run once per row' }).click();
  await expect(page.getByText(/not in the folder of the table/).first()).toBeVisible();
  await take('form-table-files');
}
