import { join } from 'node:path';
import { expectAccessible } from './support/accessible.ts';
import { goTo, openRun, runRows } from './support/activity-view.ts';
import { expect, test } from './support/fixtures.ts';
import { attachments, chooseRecipe, run } from './support/launch-view.ts';

const SAMPLES = join(import.meta.dirname, '../../resources/samples');

test('Connect is accessible', async ({ launchApp }) => {
  const app = await launchApp();
  const page = await app.window();
  await expect(page.getByRole('heading', { name: 'Connect to Omnitool' })).toBeVisible();
  await expectAccessible(page, 'Connect');
  await page.getByLabel('Server', { exact: true }).fill('not an address');
  await page.getByRole('button', { name: 'Connect', exact: true }).click();
  await expectAccessible(page, 'Connect with a problem');
});

test('Launch is accessible', async ({ connected: { app, page } }) => {
  await expectAccessible(page, 'Launch, empty');
  await app.dropFiles(page, 'main', [join(SAMPLES, 'hills.png'), join(SAMPLES, 'notes.txt'), SAMPLES]);
  await expect(attachments(page)).toHaveCount(3);
  await chooseRecipe(page, 'Thumbnail sheet');
  await expectAccessible(page, 'Launch, composed');
  await app.dragOver(page, 'main', { files: [join(SAMPLES, 'harbour.png')] });
  await expectAccessible(page, 'Launch, dragged over');
});

test('Activity and Result are accessible', async ({ connected: { app, page } }) => {
  await app.dropFiles(page, 'main', [join(SAMPLES, 'hills.png')]);
  await expect(attachments(page)).toHaveCount(1);
  await run(page, 'Thumbnail sheet');
  await run(page, 'Fails half-way', 'x');
  await goTo(page, 'Activity');
  await expect(runRows(page, 'Thumbnail sheet')).toContainText('Done');
  await expect(runRows(page, 'Fails half-way')).toContainText('Failed');
  await expectAccessible(page, 'Activity');
  await openRun(page, 'Fails half-way');
  await expectAccessible(page, 'Result, failed');
  await openRun(page, 'Thumbnail sheet');
  await expectAccessible(page, 'Result');
});

test('Settings is accessible', async ({ connected: { page } }) => {
  await page.getByRole('button', { name: 'Settings', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'Settings', level: 1 })).toBeVisible();
  await expectAccessible(page, 'Settings');
});
