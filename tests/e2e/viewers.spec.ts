import { copyFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { aPdf } from '../support/a-pdf.ts';
import { expectAccessible } from './support/accessible.ts';
import { openRun } from './support/activity-view.ts';
import { expect, test } from './support/fixtures.ts';
import { attachments, run } from './support/launch-view.ts';
import { violations } from './support/page-attempts.ts';
import { expectDrawn } from './support/result-view.ts';
import { HARBOUR, HILLS, PHOTOS } from './support/samples.ts';

// Two themes of several viewers are looked at in each.
test.slow();

test('a picture is zoomed and compared with the sent picture while that one exists', async ({
  connected: { app, page },
  scratch,
}) => {
  const sent = join(scratch, 'sent.png');
  await copyFile(HILLS, sent);
  await app.dropFiles(page, 'body', [sent, HARBOUR]);
  await expect(attachments(page)).toHaveCount(2);
  await run(page, 'Image to grey');
  await openRun(page, 'Image to grey');
  await page
    .getByRole('button', { name: /^Enlarge/ })
    .first()
    .click();
  const dialog = page.getByRole('dialog');
  await expectDrawn(dialog.getByRole('img').first());
  await page.keyboard.press('+');
  await page.keyboard.press('ArrowRight');
  await expect(dialog.getByText('1 of 2')).toBeVisible();
  await expectAccessible(page, 'Zoom');
  await dialog.getByText('Compare', { exact: true }).click();
  await expectDrawn(dialog.getByRole('img', { name: 'sent.png, as it was sent' }));
  await expect(dialog.getByRole('slider')).toHaveAttribute('aria-valuetext', '50 % before, 50 % after');
  await expectAccessible(page, 'Compare');
  await page.keyboard.press('Escape');
  await writeFile(sent, 'something else');
  await page.getByRole('button', { name: 'Back to Activity' }).click();
  await openRun(page, 'Image to grey');
  await page
    .getByRole('button', { name: /^Enlarge/ })
    .first()
    .click();
  await dialog.getByText('Side by side').click();
  await expect(dialog.getByText('The picture that was sent is no longer on this computer.')).toBeVisible();
});

test('texts, tables and PDFs are shown under the content security policy', async ({
  connected: { app, page },
  scratch,
}) => {
  const refused = await violations(page);
  const pdf = join(scratch, 'terms.pdf');
  const notes = join(scratch, 'notes.md');
  await writeFile(pdf, aPdf(['First page', 'Second page']));
  await writeFile(notes, '## Notes\n\nof **today**');
  await app.dropFiles(page, 'body', [pdf, notes, PHOTOS]);
  await expect(attachments(page)).toHaveCount(3);
  await run(page, 'Echo', '## A heading\n\nand **more**');
  await openRun(page, 'Echo');
  await expect(page.getByRole('heading', { name: 'A heading' })).toBeVisible();
  await page.getByRole('button', { name: 'Show photos.csv', exact: true }).click();
  await expect(page.getByRole('cell', { name: 'harbour.png' })).toBeVisible();
  await page.getByRole('button', { name: /^Show notes\.\w+$/ }).click();
  await expect(page.getByRole('heading', { name: 'Notes', exact: true })).toBeVisible();
  await page.getByRole('button', { name: 'Show terms.pdf', exact: true }).click();
  await expect(page.getByLabel('Page 1 of 2', { exact: true })).toContainText('First page');
  await page.getByRole('button', { name: 'Next page' }).click();
  await expect(page.getByText('Page 2 of 2', { exact: true })).toBeVisible();
  await expectAccessible(page, 'Documents');
  expect(await refused()).toEqual([]);
});

test('data is shown as a tree', async ({ connected: { app, page } }) => {
  await app.dropFiles(page, 'body', [PHOTOS]);
  await run(page, 'CSV to JSON');
  await openRun(page, 'CSV to JSON');
  await expect(page.getByRole('treeitem', { name: 'place: “Harbour”' }).first()).toBeVisible();
  await expectAccessible(page, 'Tree');
});
