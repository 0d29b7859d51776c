import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { goTo, openRun, runRows } from '../../tests/e2e/support/activity-view.ts';
import { makeForeignPictures } from '../../tests/e2e/support/foreign-pictures.ts';
import { attachments, chooseRecipe, message, run, runButton } from '../../tests/e2e/support/launch-view.ts';
import { aPdf } from '../../tests/support/a-pdf.ts';
import { HEIC, TIFF } from '../../tests/support/file-corpus.ts';
import { DWG, makeOddFiles } from './odd-files.ts';
import { expect, sample } from './scene.ts';
import type { Scene } from './scene.ts';

/** Drafts with folders, foreign pictures, links and data; a drag over a recipe; a start with its undo. */
export async function tableScene({ app, page, scratch, shoot: take }: Scene): Promise<void> {
  const folder = join(scratch, 'Summer in the north');
  mkdirSync(folder);
  makeOddFiles(folder, 12);
  await app.dropFiles(page, 'main', [folder, ...(await makeForeignPictures(scratch))]);
  await expect(attachments(page)).toHaveCount(5);
  await page.getByRole('button', { name: 'Add a link' }).click();
  await page.getByLabel('Link', { exact: true }).fill('no link');
  await page.keyboard.press('Enter');
  await take('launch-folder-and-foreign-pictures');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Clear', exact: true }).click();
  await formatsScene({ app, page, scratch, shoot: take });
  await app.dropFiles(page, 'main', [sample('hills.png'), sample('harbour.png')]);
  await chooseRecipe(page, 'Echo');
  await message(page).fill('With data beside the pictures.');
  await page.getByLabel('Data', { exact: true }).fill('{\n  "title": "Harbour"\n  "year": 2026\n}');
  await expect(page.getByText(/a comma is missing/).first()).toBeVisible();
  await take('launch-data-wrong');
  await page.getByLabel('Data', { exact: true }).fill('{\n  "title": "Harbour",\n  "year": 2026\n}');
  await expect(page.getByText('Can be read')).toBeVisible();
  await take('launch-data');
  const target = page.getByRole('option', { name: /^Thumbnail sheet/ }).first();
  await app.dragOver(page, target, { files: [sample('hills.png'), sample('harbour.png')] });
  await expect(target).toContainText('Drop to run at once');
  await take('launch-drag-on-recipe');
  await page.setViewportSize({ width: 640, height: 480 });
  await take('launch-drag-on-recipe-small');
  await page.setViewportSize({ width: 960, height: 640 });
  await app.dragLeave(page);
  await page.evaluate(() => window.omnitray.call('settings:change', { undoStart: true }));
  await runButton(page).click();
  await expect(page.getByText(/will be sent in/)).toBeVisible();
  await take('launch-undo');
  // `last`, because the draft has an Undo of its own.
  await page.getByRole('button', { name: 'Undo', exact: true }).last().click();
  await page.keyboard.press('Escape');
  await page.locator('body').press('?');
  await expect(page.getByRole('dialog')).toBeVisible();
  await take('shortcuts');
}

/** Pictures that not every recipe can open, files with a wrong extension, and the ways to send them. */
async function formatsScene({ app, page, scratch, shoot: take }: Pick<Scene, 'app' | 'page' | 'scratch' | 'shoot'>) {
  const ids = '{"id": 9007199254740993, "name": "a", "name": "b"}';
  const files = { 'beach.jpg': HEIC, 'Scan of the lease.tif': TIFF, 'plan.dwg': DWG, 'Größen.json': ids };
  for (const [name, bytes] of Object.entries(files)) writeFileSync(join(scratch, name), bytes);
  const [, avif = '', svg = ''] = await makeForeignPictures(scratch);
  const paths = Object.keys(files).map((name) => join(scratch, name));
  await app.dropFiles(page, 'main', [...paths, svg, avif, sample('hills.png')]);
  await chooseRecipe(page, 'Hash files');
  await take('launch-formats');
  await page.getByRole('button', { name: 'How to send beach.jpg' }).click();
  await take('launch-formats-menu');
  await page.keyboard.press('Escape');
  await chooseRecipe(page, 'CSV to JSON');
  await take('launch-formats-unused');
  await chooseRecipe(page, 'Echo');
  await page.getByRole('button', { name: 'Convert to PNG' }).first().click();
  await page.getByRole('button', { name: 'Convert to PNG' }).first().click();
  await expect(page.getByRole('button', { name: 'Use the original' })).toHaveCount(2);
  await take('launch-formats-changed');
  await page.getByRole('button', { name: 'Clear', exact: true }).click();
}

/** Pictures, data, tables and PDFs, each in its viewer. */
export async function viewersScene({ app, page, scratch, shoot: take }: Scene): Promise<void> {
  await app.dropFiles(page, 'main', [sample('hills.png'), sample('harbour.png')]);
  await expect(attachments(page)).toHaveCount(2);
  await run(page, 'Image to grey');
  await goTo(page, 'Activity');
  await expect(runRows(page, 'Image to grey')).toContainText('Done');
  await openRun(page, 'Image to grey');
  await take('result-pictures');
  await page
    .getByRole('button', { name: /^Enlarge/ })
    .first()
    .click();
  for (let times = 0; times < 4; times += 1) await page.keyboard.press('+');
  await take('result-zoomed');
  await page.getByRole('dialog').getByText('Compare', { exact: true }).click();
  await take('result-compare');
  await page.getByRole('dialog').getByText('Side by side').click();
  await take('result-side-by-side');
  await page.keyboard.press('Escape');
  await goTo(page, 'Launch');
  const pdf = join(scratch, 'terms 2026.pdf');
  writeFileSync(pdf, aPdf(['Terms of the harbour', 'Second page']));
  const notes = join(scratch, 'Grüße.txt');
  writeFileSync(notes, Buffer.from('Grüße aus Köln\nÄpfel und Öl', 'latin1'));
  const ids = join(scratch, 'ids.json');
  writeFileSync(ids, '\uFEFF{"id": 9007199254740993}');
  await app.dropFiles(page, 'main', [pdf, sample('photos.csv'), notes, ids]);
  await expect(attachments(page)).toHaveCount(4);
  await chooseRecipe(page, 'Echo');
  await page
    .getByLabel('Data', { exact: true })
    .fill('{"place": "Harbour", "photos": [{"name": "a.png", "size": 12}, {"name": "b.png"}], "open": true}');
  await run(
    page,
    'Echo',
    '## What came back\n\nA table:\n\n| Place | Photos |\n| --- | --- |\n| Harbour | 14 |\n\n- one\n- two',
  );
  await goTo(page, 'Activity');
  await expect(runRows(page, 'Echo')).toContainText('Done');
  await openRun(page, 'Echo');
  await page.getByRole('button', { name: 'Show photos.csv', exact: true }).click();
  await page.getByRole('button', { name: 'Show terms 2026.pdf', exact: true }).click();
  await expect(page.getByLabel('Page 1 of 2', { exact: true })).toContainText('Terms');
  await take('result-documents');
  await page.getByRole('button', { name: /^Show gru/ }).click();
  await page.getByText(/^Read as Windows-1252: /).scrollIntoViewIfNeeded();
  await take('result-encoding');
  await page.getByLabel('Page 1 of 2', { exact: true }).scrollIntoViewIfNeeded();
  await take('result-pdf');
  await page.getByRole('tree').first().scrollIntoViewIfNeeded();
  await take('result-data');
}

/** A long history, searched and filtered, and every part of the settings. */
export async function historyScene({ app, page, scratch, shoot: take }: Scene): Promise<void> {
  await app.dropFiles(page, 'main', makeOddFiles(scratch, 40));
  await expect(attachments(page)).toHaveCount(40);
  await chooseRecipe(page, 'Word count');
  await page.getByText('One run per file', { exact: true }).click();
  await runButton(page).click();
  await expect(attachments(page)).toHaveCount(0);
  await run(page, 'Chat-only answer', 'where do the ships sleep');
  await run(page, 'Fails half-way', 'nothing of that');
  await app.dropFiles(page, 'main', [sample('hills.png')]);
  await run(page, 'Thumbnail sheet');
  await goTo(page, 'Activity');
  await expect(runRows(page, 'Thumbnail sheet')).toContainText('Done');
  await page.getByRole('searchbox', { name: 'Search runs' }).fill('ships');
  await expect(page.locator('mark').first()).toBeVisible();
  await take('activity-search');
  await page.getByRole('searchbox', { name: 'Search runs' }).fill('no such thing');
  await expect(page.getByRole('heading', { name: /Nothing matches/ })).toBeVisible();
  await take('activity-nothing-found');
  await page.getByRole('button', { name: 'Clear search' }).first().click();
  await page
    .getByRole('button', { name: /Word count/ })
    .first()
    .click();
  await take('activity-batch-open');
  await page.setViewportSize({ width: 640, height: 480 });
  await take('activity-small');
  await page.setViewportSize({ width: 960, height: 640 });
  await page.getByRole('button', { name: 'Settings', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'Settings', level: 1 })).toBeVisible();
  for (const part of ['Notifications', 'Appearance', 'Runs', 'Storage', 'Shortcuts', 'System', 'Privacy', 'About']) {
    await page.getByRole('navigation', { name: 'Parts of the settings' }).getByText(part, { exact: true }).click();
    await take(`settings-${part.toLowerCase()}`);
  }
  await page.setViewportSize({ width: 640, height: 480 });
  await take('settings-small');
}
