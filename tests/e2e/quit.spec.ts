import type { App } from '../support/host/app.ts';
import { goTo } from './support/activity-view.ts';
import { expect, test } from './support/fixtures.ts';
import { run } from './support/launch-view.ts';
import { HILLS, UPLOAD } from './support/samples.ts';
import { menuLabels } from './support/tray.ts';

/** A desktop that has no tray of its own. */
const GNOME = { XDG_CURRENT_DESKTOP: 'GNOME' };

const isShown = async (app: App): Promise<boolean> => (await app.control.windows()).some(({ visible }) => visible);
const dialogs = async (app: App): Promise<readonly string[]> =>
  (await app.control.dialogs()).map(({ options }) => options);
const notices = async (app: App): Promise<readonly string[]> =>
  (await app.control.notifications()).map(({ body }) => body);

test('Ctrl+Q ends the app, also before a server is connected', async ({ launchApp }) => {
  const app = await launchApp();
  const page = await app.window();
  await expect(page.getByRole('heading', { name: 'Connect to Omnitool' })).toBeVisible();
  await page.keyboard.press(process.platform === 'darwin' ? 'Meta+q' : 'Control+q');
  expect(await app.ended()).toBe(0);
});

test('Quit in the server menu asks while a file is being sent', async ({ connected: { app, page }, faults }) => {
  faults.fail(UPLOAD, 'hang');
  await app.dropFiles(page, 'body', [HILLS]);
  await run(page, 'Hash files');
  await expect.poll(() => menuLabels(app)).toContain('Hash files: sending');
  await app.control.answerNextMessageBox(0);
  await page.getByRole('button', { name: /Connected to/ }).click();
  await page.getByRole('menuitem', { name: 'Quit OmniTray' }).click();
  await expect.poll(() => dialogs(app)).toHaveLength(1);
  const [asked] = await dialogs(app);
  expect(asked).toContain('1 run is in progress. Quit OmniTray?');
  expect(asked).toContain('Sending stops, and continues when OmniTray starts again.');
  expect(asked).toContain('You will need the token again then');
  expect(app.isRunning()).toBe(true);
  await app.control.answerNextMessageBox(1);
  await app.control.clickTrayItem('Quit OmniTray');
  expect(await app.ended()).toBe(0);
});

test('Quit in Settings says that a run continues on the server', async ({ connected: { app, page } }) => {
  await run(page, 'Slow steps', 'steps=30 delay=1000');
  await expect.poll(() => menuLabels(app)).toContain('Slow steps: running');
  await page.getByRole('button', { name: 'Settings' }).click();
  const quit = page.getByRole('button', { name: 'Quit OmniTray' });
  await app.control.answerNextMessageBox(0);
  await quit.click();
  await expect.poll(() => dialogs(app)).toHaveLength(1);
  expect((await dialogs(app))[0]).toContain(
    'It continues there, and the results are fetched when OmniTray starts again.',
  );
  await app.control.answerNextMessageBox(1);
  await quit.click();
  expect(await app.ended()).toBe(0);
});

test('closing the window ends the app when the setting says so', async ({ connected: { app, page } }) => {
  await page.getByRole('button', { name: 'Settings' }).click();
  await page
    .getByRole('radiogroup', { name: 'When the window is closed' })
    .getByRole('radio', { name: 'Quit' })
    .check({ force: true });
  await expect(page.getByText('OmniTray quits. It asks first when runs are in progress.')).toBeVisible();
  await goTo(page, 'Launch');
  await run(page, 'Slow steps', 'steps=9 delay=1000');
  await expect.poll(() => menuLabels(app)).toContain('Slow steps: running');
  await app.control.answerNextMessageBox(0);
  await app.control.closeWindow(0);
  await expect.poll(() => dialogs(app)).toHaveLength(1);
  expect(await isShown(app)).toBe(true);
  await app.control.answerNextMessageBox(1);
  // The app may be gone before it answers.
  await app.control.closeWindow(0).catch(() => undefined);
  expect(await app.ended()).toBe(0);
});

test('without a tray each close shows how to come back, and a start at login shows the window', async ({
  launchApp,
}) => {
  const app = await launchApp({ env: GNOME, args: ['--at-login'] });
  await app.window();
  expect(await isShown(app)).toBe(true);
  for (const times of [1, 2]) {
    await app.control.closeWindow(0);
    await expect.poll(() => notices(app)).toHaveLength(times);
    expect((await notices(app)).at(-1)).toContain('Start OmniTray again to get the window back.');
    expect((await app.startSecondInstance([])).exitCode).toBe(0);
    await expect.poll(() => isShown(app)).toBe(true);
  }
});

test('with a tray the first close shows where the app is', async ({ connected: { app } }) => {
  await app.control.closeWindow(0);
  await expect.poll(() => notices(app)).toHaveLength(1);
  expect((await notices(app))[0]).toContain('Its icon in the tray brings the window back.');
  await app.control.clickTrayItem('Open OmniTray');
  await expect.poll(() => isShown(app)).toBe(true);
  await app.control.closeWindow(0);
  await expect.poll(() => isShown(app)).toBe(false);
  expect(await notices(app)).toHaveLength(1);
});
