import type { App } from '../support/host/app.ts';
import { UNTIL_FINISHED } from '../support/test-core.ts';
import { expect, test } from './support/fixtures.ts';
import { attachments, run } from './support/launch-view.ts';
import { HARBOUR, HILLS } from './support/samples.ts';
import { menuLabels, trayIcon } from './support/tray.ts';

const isVisible = async (app: App): Promise<boolean> => (await app.control.windows())[0]?.visible === true;

const FOOT = ['Activity', 'Settings', 'Quit OmniTray'];

test('the menu offers to connect before a server is connected', async ({ launchApp }) => {
  const app = await launchApp();
  expect(await menuLabels(app)).toEqual(['Not connected yet', 'Connect…', ...FOOT]);
  await app.control.closeWindow(0);
  await app.control.clickTrayItem('Connect…');
  await expect.poll(async () => (await app.control.windows())[0]?.visible).toBe(true);
  await expect((await app.window()).getByRole('heading', { name: 'Connect to Omnitool' })).toBeVisible();
});

test('the menu follows a run and opens its result', async ({ connected: { app, page }, faults, server }) => {
  const connected = `Connected to ${new URL(faults.origin).host}`;
  await expect.poll(() => menuLabels(app)).toEqual([connected, 'Open OmniTray', 'Add files…', ...FOOT]);
  expect([null, 'tray-idle.png']).toContain(await trayIcon(app));

  await run(page, 'Slow steps', UNTIL_FINISHED);
  await expect
    .poll(() => menuLabels(app))
    .toEqual([
      `${connected}, 1 run in progress`,
      'Open OmniTray',
      'Add files…',
      'Running',
      'Slow steps: running',
      ...FOOT,
    ]);
  expect([null, 'tray-busy.png']).toContain(await trayIcon(app));
  await app.control.clickTrayItem('Slow steps: running');
  await expect(page.getByRole('heading', { name: 'Activity', level: 1 })).toBeVisible();

  server.finishWaits();
  await expect
    .poll(() => menuLabels(app))
    .toEqual([connected, 'Open OmniTray', 'Add files…', 'Recent', 'Slow steps: done', ...FOOT]);
  await app.control.clickTrayItem('Slow steps: done');
  await expect(page.getByText(/^Finished \d+ steps/)).toBeVisible();
});

test('the menu opens every view, also with the window closed', async ({ connected: { app, page } }) => {
  await app.control.clickTrayItem('Settings');
  await expect(page.getByRole('heading', { name: 'Settings', level: 1 })).toBeVisible();
  await app.control.clickTrayItem('Activity');
  await expect(page.getByRole('heading', { name: 'Activity', level: 1 })).toBeVisible();
  await app.control.closeWindow(0);
  await app.control.clickTrayItem('Open OmniTray');
  await expect.poll(() => isVisible(app)).toBe(true);
  await expect(page.getByRole('heading', { name: 'Activity', level: 1 })).toBeVisible();
});

test('a click on the icon shows the window at its last view, and the next click hides it', async ({
  connected: { app, page },
}) => {
  // On macOS a click opens the menu, and nothing but that.
  if (process.platform === 'darwin') return;
  await app.control.clickTrayItem('Settings');
  await expect(page.getByRole('heading', { name: 'Settings', level: 1 })).toBeVisible();
  await app.control.closeWindow(0);
  await app.control.clickTray();
  await expect.poll(() => isVisible(app)).toBe(true);
  await expect(page.getByRole('heading', { name: 'Settings', level: 1 })).toBeVisible();
  // A click right after the first is the second half of a double click, and changes nothing.
  await expect(async () => {
    await app.control.clickTray();
    expect(await isVisible(app)).toBe(false);
  }).toPass();
});

test('a new window opens at the last view, not at an earlier notification', async ({ connected: { app, page } }) => {
  await run(page, 'Echo', 'hello');
  await expect.poll(async () => (await app.control.notifications()).length).toBe(1);
  await app.control.clickNotification(0);
  await expect(page.getByRole('heading', { name: 'Echo', level: 1 })).toBeVisible();
  await page.getByRole('button', { name: 'Settings' }).click();
  await expect(page.getByRole('heading', { name: 'Settings', level: 1 })).toBeVisible();
  const [{ id: crashed } = { id: 0 }] = await app.control.windows();
  const cdp = await page.context().newCDPSession(page);
  // No answer comes from a page that crashed.
  void cdp.send('Page.crash').catch(() => undefined);
  await expect.poll(async () => (await app.control.windows()).some(({ id }) => id !== crashed)).toBe(true);
  await expect((await app.window()).getByRole('heading', { name: 'Settings', level: 1 })).toBeVisible();
});

test('the menu adds files, and a cancelled dialog adds none', async ({ connected: { app, page } }) => {
  await app.control.closeWindow(0);
  await app.control.answerNextOpenDialog([HILLS, HARBOUR]);
  await app.control.clickTrayItem('Add files…');
  await expect(attachments(page)).toHaveCount(2);
  expect((await app.control.windows())[0]?.visible).toBe(true);
  await app.control.answerNextOpenDialog(null);
  await app.control.clickTrayItem('Add files…');
  await expect.poll(async () => (await app.control.dialogs()).length).toBe(2);
  await expect(attachments(page)).toHaveCount(2);
});

test('Quit ends the app', async ({ connected: { app } }) => {
  await app.control.clickTrayItem('Quit OmniTray');
  expect(await app.ended()).toBe(0);
});
