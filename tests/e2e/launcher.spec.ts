import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { goTo, openRun, runRows } from './support/activity-view.ts';
import { expect, test } from './support/fixtures.ts';
import { makeForeignPictures } from './support/foreign-pictures.ts';
import { attachments, chooseRecipe, message, recipeRow, runButton } from './support/launch-view.ts';
import { expectDrawn } from './support/result-view.ts';
import { HEIC, TIFF } from '../support/file-corpus.ts';
import { EXEC, HARBOUR, HILLS, NOTES } from './support/samples.ts';

const names = (page: Page): Promise<readonly string[]> =>
  page
    .getByRole('button', { name: /^Remove / })
    .evaluateAll((all) => all.map((each) => each.ariaLabel?.slice(7) ?? ''));

/** What the main process has of the message. */
const draftMessage = (page: Page): Promise<string | null> =>
  page.evaluate(async () => {
    const answer = await window.omnitray.call('app:view');
    return answer.ok ? answer.value.draft.message : null;
  });

/** A picture dragged out of a web page: bytes that are on no disk, beside the address they came from. */
async function dropFromWebPage(page: Page, name: string, bytes: Buffer): Promise<void> {
  await page.evaluate(
    ({ name, base64 }) => {
      const content = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File([content], name, { type: 'image/png' }));
      dataTransfer.setData('text/uri-list', 'https://example.org/picture.png');
      for (const type of ['dragenter', 'drop'])
        document.body.dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true }));
    },
    { name, base64: bytes.toString('base64') },
  );
}

async function expectSent(page: Page, recipe: string, texts: readonly string[]): Promise<void> {
  await openRun(page, recipe);
  for (const text of texts) await expect(page.getByRole('main')).toContainText(text);
}

test('attachments of every kind can be added and are kept after a restart', async ({
  connectedForGood: { app, page },
  launchApp,
  scratch,
}) => {
  const folder = join(scratch, 'holiday');
  await mkdir(join(folder, 'day 2'), { recursive: true });
  await writeFile(join(folder, 'a.png'), await readFile(HILLS));
  await writeFile(join(folder, 'day 2', 'other.png'), await readFile(HARBOUR));
  await writeFile(join(folder, '.hidden'), 'x');
  await app.dropFiles(page, 'body', [folder]);
  await expect(attachments(page)).toContainText('Folder with 2 images');
  await page.getByRole('button', { name: 'Add the 2 files' }).click();
  await expect.poll(() => names(page)).toEqual(['a.png', 'other.png']);
  await expectDrawn(attachments(page, 'other.png').locator('img'));

  await dropFromWebPage(page, 'from the web.png', await readFile(HILLS));
  await expect.poll(() => names(page)).toContain('from the web.png');
  await app.control.writeClipboardImage(await readFile(HARBOUR));
  await page.getByRole('button', { name: 'Paste', exact: true }).click();
  await expect.poll(() => names(page)).toContain('Pasted picture.png');
  await expectDrawn(attachments(page, 'Pasted picture.png').locator('img'));
  await app.drop(page, 'body', { link: 'https://example.org/raven' });
  await app.drop(page, 'body', { text: 'Once upon a midnight' });
  await app.control.answerNextOpenDialog([NOTES]);
  await page.getByRole('button', { name: 'Add files' }).click();
  await expect(attachments(page)).toHaveCount(7);

  await page.getByRole('button', { name: 'Move notes.txt with the arrow keys' }).focus();
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('ArrowUp');
  await attachments(page, 'other.png').dragTo(attachments(page, 'a.png'));
  const order = ['other.png', 'a.png', 'from the web.png', 'Pasted picture.png', 'notes.txt', 'example.org', 'Text'];
  await expect.poll(() => names(page)).toEqual(order);
  await chooseRecipe(page, 'Echo');
  await message(page).fill('All of this');
  await expect(runButton(page)).toHaveAccessibleDescription(/^Sends 5 files, .*1 text, 1 link and a message/);

  // Going on to the next thing has the words written down.
  await page.keyboard.press('Tab');
  await expect.poll(() => draftMessage(page)).toBe('All of this');
  expect(await app.quit()).toBe(0);
  const again = await launchApp({ home: app.home, keyring: true });
  await again.control.clickTrayItem('Open OmniTray');
  const next = await again.window();
  await expect.poll(() => names(next)).toEqual(order);
  await expect(message(next)).toHaveValue('All of this');
  await expect(next.getByRole('heading', { name: 'Echo', level: 1 })).toBeVisible();
  await runButton(next).click();
  await expect(attachments(next)).toHaveCount(0);
  await expectSent(next, 'Echo', ['All of this', 'from the web.png', 'Pasted picture.png']);
});

test('pictures that few recipes can open can be converted to PNG', async ({ connected: { app, page }, scratch }) => {
  await app.dropFiles(page, 'body', await makeForeignPictures(scratch));
  await chooseRecipe(page, 'Thumbnail sheet');
  await expect(page.getByText('Some recipes cannot open it')).toHaveCount(4);
  await expect(runButton(page)).not.toHaveAttribute('aria-disabled');
  for (let left = 4; left > 0; left -= 1) {
    await page.getByRole('button', { name: 'Convert to PNG' }).first().click();
    await expect(page.getByRole('button', { name: 'Convert to PNG' })).toHaveCount(left - 1);
  }
  await expect.poll(() => names(page)).toEqual(['scan.png', 'photo.png', 'logo.png', 'icon.png']);
  await expect(runButton(page)).not.toHaveAttribute('aria-disabled');
  await page.locator('body').press('Enter');
  await expectSent(page, 'Thumbnail sheet', ['4 pictures']);
});

test('a picture that cannot be drawn is sent unchanged as a document', async ({
  connected: { app, page },
  scratch,
}) => {
  const files = { 'beach.jpg': HEIC, 'scan.tif': TIFF };
  for (const [name, bytes] of Object.entries(files)) await writeFile(join(scratch, name), bytes);
  await app.dropFiles(
    page,
    'body',
    Object.keys(files).map((name) => join(scratch, name)),
  );
  await expect(attachments(page, 'beach.jpg')).toContainText('HEIC photo named .jpg');
  await chooseRecipe(page, 'Hash files');
  await expect(attachments(page, 'beach.jpg')).toContainText('Some recipes cannot open it');
  await page.getByRole('button', { name: 'How to send beach.jpg' }).click();
  await page.getByRole('menuitemradio', { name: 'As document' }).click();
  await expect(attachments(page, 'beach.jpg')).not.toContainText('Some recipes cannot');
  await runButton(page).click();
  await goTo(page, 'Activity');
  await expect(runRows(page, 'Hash files')).toContainText('Done');
  await openRun(page, 'Hash files');
  for (const bytes of Object.values(files)) {
    const sum = createHash('sha256').update(bytes).digest('hex');
    await expect(page.getByText(sum).first()).toBeVisible();
  }
});

test('recipes show whether they take the dragged files, and a drop on one runs it', async ({
  connected: { app, page },
  faults,
}) => {
  await goTo(page, 'Activity');
  await app.dragOver(page, 'main', { files: [HILLS, HARBOUR] });
  await expect(page.getByText('2 images', { exact: true })).toBeVisible();
  await expect(recipeRow(page, 'Thumbnail sheet')).not.toHaveAttribute('aria-disabled');
  await expect(recipeRow(page, 'CSV to JSON')).toHaveAttribute('aria-disabled', 'true');
  await expect(recipeRow(page, 'CSV to JSON')).toContainText('Takes text and documents');
  await app.dragLeave(page);
  await expect(page.getByRole('heading', { name: 'Activity', level: 1 })).toBeVisible();

  await goTo(page, 'Launch');
  await message(page).fill('being written');
  const sheet = recipeRow(page, 'Thumbnail sheet');
  await app.dragOver(page, sheet, { files: [HILLS, HARBOUR] });
  await expect(sheet).toContainText('Drop to run at once');
  await app.dragLeave(page);
  // A run that ends replaces this message, so it waits at the server until the message was seen.
  faults.fail(EXEC, 'hold', 1);
  await app.drop(page, sheet, { files: [HILLS, HARBOUR] });
  await expect(page.getByText('Thumbnail sheet is on its way')).toBeVisible();
  faults.release();
  await expect(message(page)).toHaveValue('being written');
  await expectSent(page, 'Thumbnail sheet', ['2 pictures']);

  // It is the first one for such things from now on.
  await goTo(page, 'Launch');
  await app.dropFiles(page, 'body', [HILLS]);
  await expect(page.getByRole('option').first()).toContainText('Thumbnail sheet');
  await expect(page.getByRole('heading', { name: 'Thumbnail sheet', level: 1 })).toBeVisible();
  expect(faults.seen.filter((route) => route === EXEC)).toHaveLength(1);
});

test('a start can be undone while nothing was sent', async ({ connected: { app, page }, faults }) => {
  await page.getByRole('button', { name: 'Settings', exact: true }).click();
  await page.getByRole('switch', { name: 'Wait before sending' }).press('Space');
  await expect
    .poll(() => page.evaluate(() => window.omnitray.call('app:view')).then(JSON.stringify))
    .toMatch(/"undoStart":true/);
  await goTo(page, 'Launch');
  await app.dropFiles(page, 'body', [NOTES]);
  await chooseRecipe(page, 'Word count');
  await message(page).fill('and these words');
  // The keys do not wait, as a click does, until the file was inspected.
  await expect(runButton(page)).not.toHaveAttribute('aria-disabled');
  await page.keyboard.press('Control+Enter');
  // Together, because the start can be undone for five seconds only.
  await Promise.all([
    expect(page.getByText(/^Word count will be sent in \d seconds?/)).toBeVisible(),
    expect(attachments(page)).toHaveCount(0),
  ]);
  await page.getByRole('button', { name: 'Undo' }).last().click();
  await expect(attachments(page, 'notes.txt')).toBeVisible();
  await expect(message(page)).toHaveValue('and these words');
  await goTo(page, 'Activity');
  await expect(runRows(page)).toHaveCount(0);
  expect(faults.seen.filter((route) => route === EXEC)).toHaveLength(0);
});
