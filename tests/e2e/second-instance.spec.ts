import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { App } from '../support/host/app.ts';
import { connectTo, expectLaunch } from './support/connect-view.ts';
import { expect, test } from './support/fixtures.ts';
import { attachments, run } from './support/launch-view.ts';
import { HARBOUR, HILLS, NOTES } from './support/samples.ts';

const isShown = async (app: App): Promise<boolean> => (await app.control.windows()).some(({ visible }) => visible);

test('a second start adds its files to the draft of the first', async ({ connected: { app, page }, scratch }) => {
  await copyFile(NOTES, join(scratch, 'meine Notizen ü.txt'));
  await app.control.closeWindow(0);
  const second = await app.startSecondInstance([HILLS, 'meine Notizen ü.txt', '--flag', 'not-there.txt'], scratch);
  expect(second.exitCode).toBe(0);
  await expect(attachments(page)).toHaveCount(2);
  await expect(attachments(page, 'hills.png')).toBeVisible();
  await expect(attachments(page, 'meine Notizen ü.txt')).toBeVisible();
  expect(await isShown(app)).toBe(true);
});

test('a second start without files shows the window', async ({ connected: { app, page } }) => {
  await app.control.closeWindow(0);
  expect(await isShown(app)).toBe(false);
  const second = await app.startSecondInstance([]);
  expect(second.exitCode).toBe(0);
  await expect.poll(() => isShown(app)).toBe(true);
  await expect(attachments(page)).toHaveCount(0);
});

test('files of the first start wait in the draft until a server is connected', async ({ server, launchApp }) => {
  const app = await launchApp({ args: [HILLS] });
  const page = await connectTo(app, { ...server, keep: 'session' });
  await expect(attachments(page, 'hills.png')).toBeVisible();
});

test('a start on the practice server, as by npm run demo, is ready to run', async ({ launchApp }) => {
  const app = await launchApp({ args: ['--practice', HILLS, HARBOUR] });
  const page = await app.window();
  await expectLaunch(page);
  await expect(attachments(page)).toHaveCount(2);
  await run(page, 'Thumbnail sheet');
  await expect.poll(async () => (await app.control.notifications())[0]?.title).toBe('Thumbnail sheet is done');
});

test('files opened with the app or dropped on its icon are added', async ({ connected: { app, page } }) => {
  await app.control.closeWindow(0);
  await app.control.emitOpenFile(HILLS);
  await expect(attachments(page, 'hills.png')).toBeVisible();
  expect(await isShown(app)).toBe(true);
  await app.control.emitTrayDropFiles([HARBOUR, NOTES]);
  await expect(attachments(page)).toHaveCount(3);
});
