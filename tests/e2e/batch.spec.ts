import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expectAccessible } from './support/accessible.ts';
import { goTo } from './support/activity-view.ts';
import { startTable } from './support/batch-view.ts';
import { expect, test } from './support/fixtures.ts';
import { attachments, chooseRecipe, runButton } from './support/launch-view.ts';
import { HARBOUR, HILLS } from './support/samples.ts';

const panel = (page: Page) => page.getByRole('complementary', { name: 'The selected run' });
const across = (page: Page) => page.getByRole('columnheader').allTextContents();

const PATTERNS = [
  ['Width', 'Colour'],
  ...['64', '128', '256'].flatMap((width) => ['blue', 'green'].map((colour) => [width, colour])),
];

test('runs with several values are shown as a grid, whose values can be taken', async ({ connected: { page } }) => {
  await startTable(page, 'Pattern', PATTERNS);
  await page.getByRole('button', { name: 'Side by side' }).click();
  await expect(page.getByText('6 runs, 3 widths × 2 colours', { exact: false })).toBeVisible();
  await expect(page.getByText('6 done')).toBeVisible();
  expect((await across(page)).slice(1)).toEqual(['blue', 'green']);
  await expect(page.getByRole('rowheader')).toHaveText(['64', '128', '256']);
  await page.getByRole('gridcell').first().click();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('f');
  await expect(page.getByRole('gridcell', { selected: true })).toContainText('Favourite');
  await expectAccessible(page, 'A grid of runs');
  await page.emulateMedia({ forcedColors: 'active' });
  await expect(page.getByRole('gridcell', { selected: true })).toHaveCSS('outline-style', 'solid');
  await page.emulateMedia({ forcedColors: 'none' });
  await expect(panel(page)).toContainText('number 4 of 6');
  await panel(page).getByRole('button', { name: 'Take these values' }).click();
  await expect(page.getByRole('spinbutton', { name: 'Width' })).toHaveValue('128');
  await expect(page.getByRole('radio', { name: 'Green' })).toBeChecked();
});

test('a result leads to the runs beside it, and back', async ({ connected: { page } }) => {
  await startTable(page, 'Letter', [['To'], ['Ada'], ['Grace']]);
  await page.getByRole('button', { name: 'Side by side' }).click();
  await expect(page.getByText('2 done')).toBeVisible();
  await page.getByText('Table', { exact: true }).click();
  await expectAccessible(page, 'A table of runs');
  await page
    .getByRole('row', { name: /^Grace/ })
    .getByRole('button')
    .click();
  await expect(page.getByRole('heading', { name: 'Letter', level: 1 })).toBeVisible();
  await page.getByRole('button', { name: /2 of 2/ }).click();
  await expect(page.getByRole('row', { name: /^Grace/ })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('heading', { name: 'Activity', level: 1 })).toBeVisible();
});

test('a drop of files is saved as a CSV, and as a folder of its runs', async ({
  connected: { app, page },
  scratch,
}) => {
  await app.dropFiles(page, 'main', [HILLS, HARBOUR]);
  await expect(attachments(page)).toHaveCount(2);
  await chooseRecipe(page, 'Thumbnail sheet');
  await page.getByText('One run per file', { exact: true }).click();
  await runButton(page).click();
  await goTo(page, 'Activity');
  await expect(page.getByText('2 done')).toBeVisible();
  await page.getByRole('button', { name: 'Side by side' }).click();
  const csv = join(scratch, 'sheets.csv');
  await app.control.answerNextSaveDialog(csv);
  await page.getByRole('button', { name: 'Save as CSV' }).click();
  await expect(page.getByText('Saved as', { exact: false })).toBeVisible();
  const lines = (await readFile(csv, 'utf8')).split('\r\n');
  expect(lines[0]).toBe('\uFEFFFile,Answer,Files,State,Problem,Started,Seconds');
  expect(lines[1]).toMatch(/^hills\.png,1 picture on one sheet\.,contact sheet\.png,Done,,/);
  await app.control.answerNextOpenDialog([scratch]);
  await page.getByRole('button', { name: 'Save all 2' }).click();
  await expect(page.getByText('Exported', { exact: false })).toBeVisible();
  const [folder = ''] = (await readdir(scratch)).filter((name) => name.startsWith('Thumbnail sheet'));
  expect((await readdir(join(scratch, folder))).sort()).toEqual(['1 hills', '2 harbour', 'Thumbnail sheet.csv']);
});
