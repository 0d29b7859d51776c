import type { Page } from '@playwright/test';
import { goTo, openRun, runRows } from './support/activity-view.ts';
import { expect, test } from './support/fixtures.ts';
import { attachments, chooseRecipe, message, run } from './support/launch-view.ts';
import { HARBOUR, HILLS, NOTES } from './support/samples.ts';

const undo = (page: Page) => page.getByRole('button', { name: 'Undo' });

async function expectComposed(page: Page): Promise<void> {
  await expect(attachments(page)).toHaveCount(2);
  await expect(attachments(page).nth(0)).toContainText('harbour.png');
  await expect(attachments(page).nth(1)).toContainText('hills.png');
  await expect(message(page)).toHaveValue('Words that took a while');
  await expect(page.getByRole('heading', { name: 'Thumbnail sheet', level: 1 })).toBeVisible();
}

test('Use again and Clear can be undone without loss of the draft', async ({ connected: { app, page } }) => {
  await run(page, 'Echo', 'hello');
  await goTo(page, 'Activity');
  await expect(runRows(page, 'Echo')).toContainText('Done');
  await goTo(page, 'Launch');
  await app.dropFiles(page, 'body', [HARBOUR, HILLS]);
  await expect(attachments(page)).toHaveCount(2);
  await chooseRecipe(page, 'Thumbnail sheet');
  await message(page).fill('Words that took a while');

  await page.getByRole('button', { name: 'Clear', exact: true }).click();
  await expect(attachments(page)).toHaveCount(0);
  await expect(message(page)).toHaveValue('');
  await expect(page.getByText('Everything was cleared')).toBeVisible();
  await page.keyboard.press('Control+z');
  await expectComposed(page);
  await expect(undo(page)).toBeHidden();

  await openRun(page, 'Echo');
  await page.getByRole('button', { name: 'Use again' }).click();
  await expect(message(page)).toHaveValue('hello');
  await undo(page).click();
  await expectComposed(page);
  await page.getByRole('button', { name: 'Redo' }).click();
  await expect(message(page)).toHaveValue('hello');
  await undo(page).click();
  await expectComposed(page);
});

test('the keyboard undoes two Clears and redoes the last one without losing the focus', async ({
  connected: { app, page },
}) => {
  const clear = page.getByRole('button', { name: 'Clear', exact: true });
  for (const files of [
    [HARBOUR, HILLS],
    [HARBOUR, HILLS, NOTES],
  ]) {
    await app.dropFiles(page, 'body', files);
    await expect(attachments(page)).toHaveCount(files.length);
    await clear.press('Enter');
    await expect(attachments(page)).toHaveCount(0);
    await expect(page.getByRole('button', { name: 'Add files' })).toBeFocused();
  }
  await undo(page).press('Enter');
  await expect(attachments(page)).toHaveCount(3);
  await expect(page.locator('body')).not.toBeFocused();
  for (const [keys, count] of [
    ['Control+z', 2],
    ['Control+Shift+z', 3],
  ] as const) {
    await page.keyboard.press(keys);
    await expect(attachments(page)).toHaveCount(count);
  }
});

test('a removed attachment comes back to its place, also after a crash of the window', async ({
  connected: { app, page },
}) => {
  await app.dropFiles(page, 'body', [HARBOUR, HILLS, NOTES]);
  await attachments(page, 'hills.png')
    .getByRole('button', { name: /^Remove/ })
    .click();
  await expect(page.getByText('hills.png was removed')).toBeVisible();
  await expect(attachments(page)).toHaveCount(2);
  const [{ id: crashed } = { id: 0 }] = await app.control.windows();
  const cdp = await page.context().newCDPSession(page);
  // No answer comes from a page that crashed.
  void cdp.send('Page.crash').catch(() => undefined);
  await expect.poll(async () => (await app.control.windows()).some(({ id }) => id !== crashed)).toBe(true);
  const next = await app.window();
  await expect(attachments(next)).toHaveCount(2);
  await next.keyboard.press('Control+z');
  await expect(attachments(next).nth(1)).toContainText('hills.png');
});

test('a focused text field keeps the undo keys', async ({ connected: { app, page } }) => {
  await app.dropFiles(page, 'body', [HARBOUR, HILLS]);
  await page.getByRole('button', { name: 'Clear', exact: true }).click();
  await message(page).pressSequentially('abc');
  await page.keyboard.press('Control+z');
  await expect(message(page)).not.toHaveValue('abc');
  await expect(attachments(page)).toHaveCount(0);
});
