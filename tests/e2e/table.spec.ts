import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expectAccessible } from './support/accessible.ts';
import { goTo } from './support/activity-view.ts';
import { expect, test } from './support/fixtures.ts';
import { chooseRecipe, recipeRow } from './support/launch-view.ts';

/** Twenty patterns, two of which cannot be drawn. */
const ROWS = [
  'width,height,colour,folder',
  ...Array.from({ length: 20 }, (_, row) =>
    [row === 6 ? '128px' : 32 + row * 8, row === 10 ? 9_000 : 64, ['blue', 'green', 'red'][row % 3], 'tiles'].join(),
  ),
].join('\n');

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

/** Drops the table on a recipe with a form, and takes the offer to run each of its rows. */
async function openTable(
  { app, page }: { app: { dropFiles(page: Page, where: string, files: readonly string[]): Promise<void> }; page: Page },
  scratch: string,
): Promise<void> {
  const path = join(scratch, 'patterns.csv');
  writeFileSync(path, ROWS);
  await chooseRecipe(page, 'Pattern');
  await app.dropFiles(page, 'main', [path]);
  await button(page, 'Run once per row').click();
  await expect(page.getByText('2 cells to look at')).toBeVisible();
}

test('a table of 20 rows with two bad cells is mended by keyboard, and each row is run', async ({
  connected,
  scratch,
}) => {
  const { page } = connected;
  await openTable(connected, scratch);
  await expect(page.getByText('20 rows, 4 columns')).toBeVisible();
  await expect(page.getByRole('combobox', { name: /folder/ })).toHaveValue('');
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await expectAccessible(page, `A table, ${colorScheme}`);
  }
  await button(page, 'Next').press('Enter');
  await button(page, 'Use 128').press('Enter');
  await expect(page.getByText('1 cell to look at')).toBeVisible();
  await button(page, 'Next').press('Enter');
  await page.keyboard.press('F2');
  await page.keyboard.press('Control+A');
  await page.keyboard.type('48');
  await page.keyboard.press('Enter');
  await expect(page.getByText(/to look at$/)).toHaveCount(0);
  await button(page, 'Run 20').press('Enter');
  await goTo(page, 'Activity');
  await expect(page.getByText('20 done')).toBeVisible();
});

test('the rows of a table that can be sent run without the others', async ({ connected, scratch }) => {
  const { page } = connected;
  await openTable(connected, scratch);
  await button(page, 'Run the other 18').click();
  await goTo(page, 'Activity');
  await expect(page.getByText('18 done')).toBeVisible();
});

test('a table can be dropped on a recipe with a form in the list', async ({ connected: { app, page }, scratch }) => {
  const path = join(scratch, 'patterns.csv');
  writeFileSync(path, ROWS);
  const pattern = recipeRow(page, 'Pattern');
  await page.getByRole('combobox', { name: 'Search recipes' }).fill('Pattern');
  await app.dragOver(page, pattern, { files: [path] });
  await expect(pattern).not.toHaveAttribute('aria-disabled');
  await app.dragLeave(page);
  await app.drop(page, pattern, { files: [path] });
  await button(page, 'Run once per row').click();
  await expect(page.getByText('2 cells to look at')).toBeVisible();
});

test('the form can be filled in instead, and the table is kept as a file', async ({ connected, scratch }) => {
  const { page } = connected;
  await openTable(connected, scratch);
  await button(page, 'Fill in the form instead').click();
  await expect(page.getByRole('spinbutton', { name: 'Width' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Remove patterns.csv' })).toBeVisible();
});

test('several values in two fields make a run for each combination', async ({ connected: { page } }) => {
  await chooseRecipe(page, 'Pattern');
  await button(page, 'Several values').press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Run with several values' });
  await dialog.getByLabel('Width', { exact: true }).fill('32, 64, 900');
  await expect(dialog.getByText('“900”: Use 512 or less.')).toBeVisible();
  await dialog.getByLabel('Width', { exact: true }).fill('32, 64, 96');
  await dialog.getByLabel('Colour', { exact: true }).fill('blue, red');
  await expect(dialog.getByText('3 × 2 = 6 runs')).toBeVisible();
  await expectAccessible(page, 'Several values');
  await dialog.getByRole('button', { name: 'See the 6 runs' }).press('Enter');
  await expect(page.getByText('6 rows, 2 columns')).toBeVisible();
  await button(page, 'Run 6').press('Enter');
  await goTo(page, 'Activity');
  await expect(page.getByText('6 done')).toBeVisible();
});
