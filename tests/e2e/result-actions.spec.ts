import { mkdir, readFile, readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { expectAccessible } from './support/accessible.ts';
import { expect, test } from './support/fixtures.ts';
import { attachments, run } from './support/launch-view.ts';
import { openRun } from './support/activity-view.ts';
import { echoPictures, expectDrawn, pictures } from './support/result-view.ts';
import { HILLS, UPLOAD } from './support/samples.ts';
import { menuLabels } from './support/tray.ts';

const button = (page: Page, name: string): Locator => page.getByRole('button', { name, exact: true });

async function choose(page: Page, menu: string, item: string): Promise<void> {
  await button(page, menu).click();
  await page.getByRole('menuitem', { name: item }).click();
}

test('a picture is copied, opened, shown in its folder and dragged out', async ({ connected: { app, page } }) => {
  await echoPictures(app, page);
  const results = join(app.home, 'data', 'results');
  await button(page, 'Copy hills.png').click();
  await expect.poll(() => app.control.clipboardTypes()).toEqual(['image/png']);

  await choose(page, 'More for hills.png', 'Open');
  await expect.poll(async () => (await app.control.openedPaths()).length).toBe(1);
  const [opened = ''] = await app.control.openedPaths();
  expect(basename(opened)).toBe('hills.png');
  // What came back stays what it is, whatever a program does to what it opened.
  expect(opened.startsWith(results)).toBe(false);
  expect(await readFile(opened)).toEqual(await readFile(HILLS));

  await choose(page, 'More for harbour.png', 'Show in folder');
  await expect.poll(async () => (await app.control.shownItems()).length).toBe(1);
  const [shown = ''] = await app.control.shownItems();
  expect(shown.startsWith(results)).toBe(true);
  expect(basename(shown)).toContain('harbour.png');

  const picture = pictures(page).first();
  await expectDrawn(picture);
  await picture.hover();
  await page.mouse.down();
  await page.mouse.move(5, 5, { steps: 5 });
  await expect.poll(async () => (await app.control.startedDrags()).length).toBe(1);
  await page.mouse.up();
  const [[dragged = ''] = []] = await app.control.startedDrags();
  expect(basename(dragged)).toBe('hills.png');
  expect(await readFile(dragged)).toEqual(await readFile(HILLS));
});

test('Save all previews and remembers the rule for file names', async ({ connected: { app, page }, scratch }) => {
  const folder = join(scratch, 'album');
  await mkdir(folder);
  await echoPictures(app, page);
  await button(page, 'Save all').click();
  await expectAccessible(page, 'Save all');
  const names = page.getByLabel('Names');
  await names.fill('{n} {nmae}');
  await expect(page.getByText(/^Only .* can stand in braces\.$/)).toBeVisible();
  await names.fill('{recipe} {n}');
  await expect(page.getByTitle('Echo 1.png')).toBeVisible();
  await app.control.answerNextOpenDialog([folder]);
  await button(page, 'Save').click();
  await expect(page.getByText(`Saved 2 files in ${folder}`).first()).toBeVisible();
  expect((await readdir(folder)).sort()).toEqual(['Echo 1.png', 'Echo 2.png']);

  await button(page, 'Save all').click();
  await expect(names).toHaveValue('{recipe} {n}');
  await expect(page.getByRole('dialog')).toContainText(folder);
  await expect(page.getByTitle('Echo 2 (2).png')).toBeVisible();
  await button(page, 'Save').click();
  await expect.poll(async () => (await readdir(folder)).length).toBe(4);
  expect(await readFile(join(folder, 'Echo 1 (2).png'))).toEqual(await readFile(join(folder, 'Echo 1.png')));
});

test('files used in another recipe are not uploaded to their own server again', async ({
  connected: { app, page },
  faults,
}) => {
  const uploads = (): number => faults.seen.filter((route) => route.startsWith(UPLOAD)).length;
  await echoPictures(app, page);
  expect(uploads()).toBe(2);
  await choose(page, 'More for this result', 'Use all files in another recipe');
  await expect(attachments(page)).toHaveCount(2);
  await expect(attachments(page, 'hills.png')).toBeVisible();
  await expectDrawn(attachments(page, 'hills.png').locator('img'));
  await run(page, 'Thumbnail sheet');
  await expect.poll(() => menuLabels(app)).toContain('Thumbnail sheet: done');
  await openRun(page, 'Thumbnail sheet');
  await expect(page.getByRole('main')).toContainText('2 pictures');
  expect(uploads()).toBe(2);
});

test('the receipt, the script, the log and the export describe a run without secrets', async ({
  connected: { app, page },
  server,
  scratch,
}) => {
  await echoPictures(app, page);
  await button(page, 'What was sent').click();
  const sent = page.getByRole('dialog', { name: 'What was sent' });
  await expect(sent).toContainText('<id of harbour.png>');
  await expectAccessible(page, 'What was sent');
  await page.keyboard.press('Escape');

  await button(page, 'Copy as curl').click();
  await expect.poll(() => app.control.readClipboard()).toContain('$OMNITOOL_TOKEN');
  expect(await app.control.readClipboard()).not.toContain(server.token);

  await page.getByText('Log', { exact: true }).click();
  await expect(page.getByText('Taken by the server')).toBeVisible();
  await button(page, 'More for this result').click();
  await expectAccessible(page, 'Result with its log and a menu');
  await app.control.answerNextOpenDialog([scratch]);
  await page.getByRole('menuitem', { name: 'Export as folder' }).click();
  await expect(page.getByText(/^Exported 6 files in /)).toBeVisible();
  const [folder = ''] = (await readdir(scratch)).filter((name) => name.startsWith('Echo '));
  expect((await readdir(join(scratch, folder))).sort()).toEqual(['inputs', 'outputs', 'receipt.json']);
  expect(await readFile(join(scratch, folder, 'receipt.json'), 'utf8')).not.toMatch(/\d+,[0-9a-z]{10}|eyJ/);
});
