import { mkdir, readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { goTo, openRun, runRows } from './support/activity-view.ts';
import { expect, test } from './support/fixtures.ts';
import { attachments, message, run } from './support/launch-view.ts';
import { echoPictures, expectDrawn, pictures } from './support/result-view.ts';
import { FILE, HILLS, PHOTOS } from './support/samples.ts';

const button = (page: Page, name: string): Locator => page.getByRole('button', { name, exact: true });

test('a file is saved to the chosen path, or not at all when the dialog is cancelled', async ({
  connected: { app, page },
  scratch,
}) => {
  await echoPictures(app, page);
  const target = join(scratch, 'my hills.png');
  await app.control.answerNextSaveDialog(null);
  await button(page, 'Save hills.png').click();
  await expect.poll(async () => (await app.control.dialogs()).length).toBe(1);
  expect((await app.control.dialogs())[0]?.options).toContain('"defaultPath":"hills.png"');
  await app.control.answerNextSaveDialog(target);
  await button(page, 'Save hills.png').click();
  await expect(page.getByText(/^Saved as .*my hills\.png/)).toBeVisible();
  expect(await readFile(target)).toEqual(await readFile(HILLS));
});

test('text and data are copied', async ({ connected: { app, page } }) => {
  await app.dropFiles(page, 'body', [PHOTOS]);
  await run(page, 'CSV to JSON');
  await openRun(page, 'CSV to JSON');
  await button(page, 'Copy text').click();
  await expect.poll(() => app.control.readClipboard()).toMatch(/^photos\.csv: \d+ rows?$/);
  await button(page, 'Copy data').first().click();
  await expect
    .poll(async () => JSON.parse(await app.control.readClipboard()) as unknown)
    .toEqual({
      place: 'Harbour',
      photos: '14',
      best: 'harbour.png',
    });
  await expect(page.getByText('Copied').first()).toBeVisible();
});

test('a picture is enlarged, paged through, and closed with Escape', async ({ connected: { app, page } }) => {
  await echoPictures(app, page);
  await button(page, 'Enlarge hills.png').click();
  await expectDrawn(page.getByRole('dialog', { name: 'hills.png' }).getByRole('img', { name: 'hills.png' }));
  await page.keyboard.press('ArrowRight');
  await expectDrawn(page.getByRole('dialog', { name: 'harbour.png' }).getByRole('img', { name: 'harbour.png' }));
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(page.getByRole('heading', { name: 'Echo', level: 1 })).toBeVisible();
});

test('Use again puts recipe, files and message back', async ({ connected: { app, page } }) => {
  await echoPictures(app, page);
  await button(page, 'Use again').click();
  await expect(page.getByRole('option', { name: /^Echo/ })).toHaveAttribute('aria-selected', 'true');
  await expect(attachments(page)).toHaveCount(2);
  await expect(attachments(page, 'harbour.png')).toBeVisible();
  await expect(message(page)).toHaveValue('two pictures and a word');
});

test('a removed run is restored with its files', async ({ connected: { app, page } }) => {
  await echoPictures(app, page);
  await expect(pictures(page)).toHaveCount(2);
  const folder = join(app.home, 'data', 'results');
  expect(await readdir(folder)).toHaveLength(1);
  await goTo(page, 'Activity');
  await button(page, 'Remove Echo from the list').click();
  await expect(runRows(page)).toHaveCount(0);
  await expect(page.getByRole('heading', { name: 'Nothing has run yet' })).toBeVisible();
  // They go once there is no way back any more (tests/unit/results/removal.test.ts).
  await button(page, 'Undo').click();
  await expect(runRows(page)).toHaveCount(1);
  expect(await readdir(folder)).toHaveLength(1);
});

test('a file missing on the server is named, and the other files are collected', async ({
  connected: { app, page },
  faults,
  scratch,
}) => {
  faults.fail(FILE, 410, 1);
  await echoPictures(app, page);
  await expect(page.getByText('The server no longer had it when it was fetched.')).toBeVisible();
  await expect(pictures(page)).toHaveCount(1);
  await expectDrawn(pictures(page));
  await expect(page.getByRole('article').filter({ hasText: 'two pictures and a word' })).toBeVisible();
  const folder = join(scratch, 'rest');
  await mkdir(folder);
  await app.control.answerNextOpenDialog([folder]);
  await button(page, 'Save all').click();
  await button(page, 'Save').click();
  await expect.poll(() => readdir(folder)).toEqual(['harbour.png']);
});

test('the app fetches files again after a server error', async ({ connected: { app, page }, faults }) => {
  faults.fail(FILE, 500, 2);
  await echoPictures(app, page, 'fetching');
  await expect(page.getByRole('region', { name: 'State of the run' })).toContainText('Fetching');
  await expect(page.getByRole('article').filter({ hasText: 'two pictures and a word' })).toBeVisible();
  await expect(page.getByText('The server no longer had it')).toHaveCount(0);
  await expect(pictures(page)).toHaveCount(2, { timeout: 15_000 });
  await expect
    .poll(async () => (await app.control.notifications()).map(({ title }) => title))
    .toEqual(['Echo is done']);
});
