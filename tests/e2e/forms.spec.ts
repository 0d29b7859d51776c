import type { Page } from '@playwright/test';
import { openRun } from './support/activity-view.ts';
import { expectAccessible } from './support/accessible.ts';
import { expect, test } from './support/fixtures.ts';
import { chooseRecipe, message, recipeRow, runButton } from './support/launch-view.ts';
import { HARBOUR, HILLS } from './support/samples.ts';

const receipt = (page: Page) => page.getByRole('complementary', { name: 'Receipt' });

test('a form is filled in and run by keyboard, and the values are sent', async ({ connected: { page } }) => {
  await chooseRecipe(page, 'Letter');
  // It has no chat input, so a message would not be used.
  await expect(message(page)).toHaveCount(0);
  await page.getByRole('textbox', { name: 'To', exact: true }).focus();
  await page.keyboard.press('Control+A');
  await page.keyboard.type('Ada Lovelace');
  for (const _ of ['reset of the field', 'Topic']) await page.keyboard.press('Tab');
  await page.keyboard.press('Control+A');
  await page.keyboard.type('The engine');
  await expectAccessible(page, 'A form');
  await page.keyboard.press('Control+Enter');
  await openRun(page, 'Letter');
  await expect(page.getByRole('main')).toContainText('The engine');
  await expect(receipt(page)).toContainText('Ada Lovelace');
});

test('a value that cannot be sent is named, and Run sends nothing until it is changed', async ({
  connected: { page },
}) => {
  await chooseRecipe(page, 'Pattern');
  const width = page.getByRole('spinbutton', { name: 'Width' });
  await width.fill('900');
  await page.keyboard.press('Tab');
  await expect(page.getByText('Use 512 or less.')).toBeVisible();
  await expect(runButton(page)).toHaveAccessibleDescription('Width needs another value.');
  await page.keyboard.press('Control+Enter');
  await expect(width).toBeFocused();
  await page.getByRole('button', { name: 'Use 512' }).click();
  await runButton(page).click();
  await openRun(page, 'Pattern');
  await expect(receipt(page)).toContainText('512');
});

test('a picture can be dropped on a recipe whose form takes one', async ({ connected: { app, page } }) => {
  const cutOut = recipeRow(page, 'Cut out');
  await page.getByRole('combobox', { name: 'Search recipes' }).fill('form');
  await app.dragOver(page, cutOut, { files: [HILLS] });
  await expect(cutOut).toContainText('Drop to run at once');
  await expect(recipeRow(page, 'Letter')).toContainText('Its form takes no files');
  await app.dragLeave(page);
  await app.drop(page, cutOut, { files: [HILLS] });
  await expect(page.getByText('Cut out is on its way').or(page.getByText('Cut out is done'))).toBeVisible();
  await openRun(page, 'Cut out');
  await expect(page.getByRole('main')).toContainText('Without a mask the picture stays whole.');
});

test('a mask is drawn on the picture of another field, and the recipe gets it', async ({
  connected: { app, page },
}) => {
  await chooseRecipe(page, 'Cut out');
  await app.dropFiles(page, page.getByRole('group', { name: 'Picture' }), [HILLS]);
  await page.getByRole('button', { name: /^Draw on hills.png/ }).click();
  const area = page.getByRole('application', { name: 'Drawing on the picture' });
  await area.focus();
  await page.keyboard.press('Space');
  for (const _ of [1, 2, 3]) await page.keyboard.press('Shift+ArrowLeft');
  await expectAccessible(page, 'Drawing');
  await page.getByRole('button', { name: 'Use it' }).click();
  await expect(page.getByRole('button', { name: 'Remove hills mask.png' })).toBeVisible();
  await runButton(page).click();
  await openRun(page, 'Cut out');
  await expect(page.getByRole('main')).toContainText(/Kept [1-9][\d,]* pixels/);
});

test('dropped pictures fill the fields of a form', async ({ connected: { app, page } }) => {
  await chooseRecipe(page, 'Cut out');
  const filesOf = (name: string) => page.getByRole('group', { name }).getByRole('button', { name: /^Remove / });
  await expect(page.getByRole('group', { name: 'Mask' })).toBeVisible();
  await app.dropFiles(page, page.getByRole('group', { name: 'Picture' }), [HILLS, HARBOUR]);
  await expect(filesOf('Picture')).toHaveAccessibleName('Remove hills.png');
  await expect(filesOf('Mask')).toHaveAccessibleName('Remove harbour.png');
  await runButton(page).click();
  await openRun(page, 'Cut out');
  await expect(page.getByRole('button', { name: /^Enlarge / })).toHaveCount(1);
});
