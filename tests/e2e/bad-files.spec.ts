import { copyFile, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { goTo, runRows } from './support/activity-view.ts';
import { makeBadFiles, makeUnreadable } from './support/bad-files.ts';
import { expect, test } from './support/fixtures.ts';
import { attachments, chooseRecipe, run, runButton } from './support/launch-view.ts';
import { EXEC, HILLS, NOTES } from './support/samples.ts';

test('a file that cannot be sent is named, and the rest runs once it is removed', async ({
  connected: { app, page },
  faults,
  scratch,
}) => {
  const bad = await makeBadFiles(scratch);
  await app.dropFiles(page, 'body', [HILLS, ...bad.map(([path]) => path)]);
  for (const [path, words] of bad) {
    await expect(attachments(page, basename(path))).toContainText(words);
  }
  await chooseRecipe(page, 'Thumbnail sheet');
  await expect(runButton(page)).toHaveAccessibleDescription('3 items cannot be sent yet. Each says what it needs.');
  await page.keyboard.press('ControlOrMeta+Enter');
  await expect(page.getByRole('status').filter({ hasText: '3 items cannot be sent' })).toBeAttached();
  for (const [path] of bad.slice(1)) {
    await page.getByRole('button', { name: `Remove ${basename(path)}` }).click();
  }
  await expect(runButton(page)).toHaveAccessibleDescription('One item is empty. Remove it to run.');
  expect(faults.seen).not.toContain(EXEC);
  await page.getByRole('button', { name: 'Remove empty.txt' }).click();
  await expect(runButton(page)).toHaveAccessibleDescription(/^Sends 1 file, 7\.5 KB, to /);
  await runButton(page).click();
  await goTo(page, 'Activity');
  await expect(runRows(page, 'Thumbnail sheet')).toContainText('Done');
});

test('missing files and unreadable files show different reasons', async ({ connected: { app, page }, scratch }) => {
  await app.control.answerNextOpenDialog([await makeUnreadable(scratch), join(scratch, 'gone.txt')]);
  await page.getByRole('button', { name: 'Add files' }).click();
  await expect(attachments(page, 'letter.pdf')).toContainText('This cannot be reached: its path is too long');
  await expect(attachments(page, 'gone.txt')).toContainText('This is no longer where it was.');
  await page.getByRole('button', { name: 'Clear', exact: true }).click();
  await expect(attachments(page)).toHaveCount(0);
});

test('nothing is sent when a file was deleted between drop and Run', async ({
  connected: { app, page },
  faults,
  scratch,
}) => {
  const path = join(scratch, 'fleeting.txt');
  await copyFile(NOTES, path);
  await app.dropFiles(page, 'body', [path, HILLS]);
  // Looked at, not only shown: a file that is gone before that cannot be run at all.
  await expect(attachments(page, 'fleeting.txt')).toContainText('Document');
  await rm(path);
  await run(page, 'Hash files');
  await expect(page.getByText('fleeting.txt cannot be sent.')).toBeVisible();
  await expect(attachments(page, 'fleeting.txt')).toContainText('This is no longer where it was.');
  await expect(attachments(page)).toHaveCount(2);
  expect(faults.seen).not.toContain(EXEC);
  await page.getByRole('button', { name: 'Remove fleeting.txt' }).click();
  await runButton(page).click();
  await expect.poll(async () => (await app.control.notifications())[0]?.title).toBe('Hash files is done');
});

test('text, links and copied files can be dropped or pasted', async ({ connected: { app, page } }) => {
  // Over a text field, a dropped text is written into the field.
  const beside = page.getByRole('navigation', { name: 'Views' });
  await app.drop(page, beside, { text: 'Once upon a midnight dreary' });
  await expect(attachments(page, 'Once upon a midnight dreary')).toContainText('Text');
  await app.drop(page, beside, { text: 'https://example.org/raven' });
  await expect(attachments(page, 'https://example.org/raven')).toContainText('Link');

  await app.control.writeClipboard('while I pondered, weak and weary');
  await page.getByRole('button', { name: 'Paste', exact: true }).click();
  await expect(attachments(page, 'while I pondered')).toBeVisible();
  await app.control.writeClipboard('over many a quaint volume');
  await page.getByRole('button', { name: 'Refresh recipes' }).focus();
  await page.keyboard.press('ControlOrMeta+V');
  await expect(attachments(page, 'over many a quaint volume')).toBeVisible();
  await app.control.writeClipboardFiles([HILLS]);
  await page.getByRole('button', { name: 'Paste', exact: true }).click();
  await expect(attachments(page, 'hills.png')).toBeVisible();

  await run(page, 'Echo');
  await expect.poll(async () => (await app.control.notifications())[0]?.title).toBe('Echo is done');
  await app.control.clickNotification(0);
  for (const words of ['midnight dreary', 'https://example.org/raven', 'weak and weary', 'quaint volume']) {
    await expect(page.getByRole('main').getByRole('article').filter({ hasText: words })).toBeVisible();
  }
});

test('a recipe shows before it runs that it will not use a file', async ({ connected: { app, page } }) => {
  await app.dropFiles(page, 'body', [NOTES]);
  await chooseRecipe(page, 'Thumbnail sheet');
  await expect(attachments(page, 'notes.txt')).toContainText('Will not be used');
  await expect(runButton(page)).toHaveAccessibleDescription('This recipe takes images only.');
  await expect(runButton(page)).toHaveAttribute('aria-disabled', 'true');
});
