import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { connectTo, expectLaunch } from './support/connect-view.ts';
import { expect, test } from './support/fixtures.ts';
import { makeHome } from '../support/host/home.ts';
import { attachments, run } from './support/launch-view.ts';
import { HILLS } from './support/samples.ts';

const banner = (page: Page, words: string) => page.getByRole('status').filter({ hasText: words });

/** A home in which a folder of the program leads to itself: not even root can write to it. */
function homeWith(name: string): string {
  const home = makeHome();
  mkdirSync(join(home, 'data'));
  symlinkSync(name, join(home, 'data', name));
  return home;
}

test('the app shows that the practice server cannot start, and everything else works', async ({
  launchApp,
  server,
}) => {
  const app = await launchApp({ home: homeWith('practice'), args: ['--practice', HILLS] });
  const page = await connectTo(app, { ...server, keep: 'session' });
  await expect(banner(page, 'The practice server could not start.')).toBeVisible();
  await expect(attachments(page, 'hills.png')).toBeVisible();
  await run(page, 'Hash files');
  await expect.poll(async () => (await app.control.notifications())[0]?.title).toBe('Hash files is done');
  await page.getByRole('button', { name: 'Dismiss' }).first().click();
  await expect(banner(page, 'The practice server')).toBeHidden();
});

test('the app shows that the log cannot be written, and everything else works', async ({ launchApp }) => {
  const app = await launchApp({ home: homeWith('logs'), args: ['--practice'] });
  const page = await app.window();
  await expectLaunch(page);
  await expect(banner(page, 'The log could not be opened.')).toBeVisible();
  await page.getByRole('button', { name: 'Settings' }).click();
  await expect(page.getByText('The log could not be opened.').last()).toBeVisible();
});

test('without a tray icon and power events the window opens and shows the problem', async ({ launchApp }) => {
  const app = await launchApp({ breaks: ['tray', 'power'], args: ['--practice', '--at-login'] });
  const page = await app.window();
  await expectLaunch(page);
  await expect(banner(page, 'There is no icon in the tray.')).toContainText(
    'OmniTray does not notice when this computer sleeps.',
  );
  await run(page, 'Echo', 'hello');
  await expect.poll(async () => (await app.control.notifications()).at(-1)?.title).toBe('Echo is done');
});

test('the app shows that a shortcut cannot be registered', async ({ launchApp }) => {
  const app = await launchApp({ args: ['--practice'] });
  const page = await app.window();
  await expectLaunch(page);
  await page.evaluate(() => window.omnitray.call('settings:shortcut', { accelerator: 'Control+Alt+O' }));
  await expect.poll(() => app.control.shortcuts()).toEqual(['Control+Alt+O']);
  expect(await app.quit()).toBe(0);
  const again = await launchApp({ home: app.home, breaks: ['shortcut'], args: ['--practice'] });
  const next = await again.window();
  await expectLaunch(next);
  await expect(banner(next, 'Another program uses the keyboard shortcut for the window.')).toBeVisible();
});

test('runs and the tray work when the page cannot be served', async ({ launchApp }) => {
  const app = await launchApp({ breaks: ['protocol'], args: ['--at-login'] });
  await expect.poll(() => app.control.trayTooltip()).toBe('OmniTray: Not connected yet');
  expect(app.isRunning()).toBe(true);
  expect((await app.control.notifications())[0]?.title).toBe('The window cannot be shown.');
});
