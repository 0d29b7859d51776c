import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import type { App } from '../support/host/app.ts';
import { goTo, runRows } from './support/activity-view.ts';
import { expect, test } from './support/fixtures.ts';
import { run } from './support/launch-view.ts';

const undo = (page: Page) => page.getByRole('button', { name: 'Undo' });
const zoomOf = async (app: App) => (await app.control.windows())[0]?.zoom;

async function openSettings(page: Page): Promise<void> {
  await page.keyboard.press('Control+,');
  await expect(page.getByRole('heading', { name: 'Settings', level: 1 })).toBeVisible();
}

/** By keyboard: a switch is a checkbox behind what is drawn. */
const flip = (page: Page, name: string) => page.getByRole('switch', { name }).press('Space');

const choose = (page: Page, group: string, name: string) =>
  page.getByRole('radiogroup', { name: group }).getByText(name, { exact: true }).click();

test('a changed setting applies at once, can be undone and is kept at the next start', async ({
  connected: { app, page },
  launchApp,
}) => {
  await openSettings(page);
  await choose(page, 'Text size', 'Largest');
  await expect.poll(() => zoomOf(app)).toBe(1.3);
  await undo(page).click();
  await expect.poll(() => zoomOf(app)).toBe(1);
  await choose(page, 'Text size', 'Larger');
  await expect.poll(() => zoomOf(app)).toBe(1.15);
  await choose(page, 'Theme', 'Dark');
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');

  await page.getByRole('button', { name: /^Rename / }).click();
  await page.getByRole('textbox', { name: /^Name of / }).fill('Attic');
  await page.keyboard.press('Enter');
  await expect.poll(() => app.control.trayTooltip()).toBe('OmniTray: Connected to Attic');

  expect(await app.quit()).toBe(0);
  const again = await launchApp({ home: app.home });
  await again.control.clickTrayItem('Settings');
  const window = await again.window();
  await expect(window.locator('html')).toHaveAttribute('data-theme', 'dark');
  await expect.poll(() => zoomOf(again)).toBe(1.15);
  await expect(window.getByRole('button', { name: 'Rename Attic' })).toBeVisible();
});

test('a test notification shows, and notifications follow the privacy setting', async ({
  connected: { app, page },
}) => {
  await openSettings(page);
  await page.getByRole('button', { name: 'Send a test notification' }).click();
  await expect
    .poll(async () => (await app.control.notifications())[0]?.title)
    .toBe('This is a notification from OmniTray');
  await expect(page.getByText(/^Sent\. If none came/)).toBeVisible();
  await flip(page, 'Show details in notifications');
  await expect(page.getByText('Details in notifications changed')).toBeVisible();
  await page.keyboard.press('Control+1');
  await run(page, 'Echo', 'a secret of mine');
  await expect
    .poll(async () => (await app.control.notifications()).at(-1))
    .toMatchObject({ title: 'Echo is done', body: 'Open OmniTray to see it.' });
});

test('the shortcut opens the window, and a start at login leaves it closed', async ({
  connected: { app, page },
  launchApp,
}) => {
  await openSettings(page);
  await page.getByRole('button', { name: /^Keys for the window/ }).click();
  await page.keyboard.press('Control+Alt+KeyO');
  await expect.poll(() => app.control.shortcuts()).toEqual(['Control+Alt+O']);
  await app.control.closeWindow(0);
  await app.control.pressShortcut('Control+Alt+O');
  await expect.poll(async () => (await app.control.windows())[0]?.visible).toBe(true);
  // Where it was.
  await expect(page.getByRole('heading', { name: 'Settings', level: 1 })).toBeVisible();
  await page.getByRole('button', { name: 'Clear' }).click();
  await expect.poll(() => app.control.shortcuts()).toEqual([]);
  await undo(page).click();
  await expect.poll(() => app.control.shortcuts()).toEqual(['Control+Alt+O']);

  // Elsewhere it is the system's own list, which no test may change.
  if (process.platform === 'linux') {
    const entry = join(app.home, '.config/autostart/omnitray.desktop');
    const atLogin = page.getByRole('switch', { name: 'Start at login' });
    await flip(page, 'Start at login');
    await expect.poll(() => existsSync(entry)).toBe(true);
    await expect(page.getByText('Start at login changed')).toBeVisible();
    await undo(page).last().click();
    await expect.poll(() => existsSync(entry)).toBe(false);
    await expect(atLogin).not.toBeChecked();
  }

  const fresh = await launchApp({ args: ['--at-login'] });
  await expect.poll(() => fresh.control.trayTooltip()).toBe('OmniTray: Not connected yet');
  expect(await fresh.control.windows()).toEqual([]);
});

test('stored data is listed and can be removed', async ({ connected: { app, page } }) => {
  await run(page, 'Echo', 'one');
  await goTo(page, 'Activity');
  await expect(runRows(page, 'Echo')).toContainText('Done');
  await openSettings(page);
  await expect(page.getByText(/^Results of 1 run: /)).toBeVisible();

  await page.getByRole('button', { name: 'Remove results' }).click();
  const dialog = page.getByRole('dialog', { name: 'Remove results' });
  await dialog.getByText('All', { exact: true }).click();
  await dialog.getByRole('button', { name: 'Remove', exact: true }).click();
  await expect(page.getByText('1 run removed')).toBeVisible();
  await undo(page).click();
  await expect(page.getByText(/^Results of 1 run: /)).toBeVisible();

  await page.getByRole('button', { name: 'Delete all' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Delete all' }).click();
  await expect(page.getByText('1 run deleted')).toBeVisible();
  await goTo(page, 'Activity');
  await expect(page.getByText('Nothing has run yet')).toBeVisible();
  await openSettings(page);
  await page.getByRole('button', { name: 'Forget all' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Forget all' }).click();
  await expect.poll(() => app.control.trayTooltip()).toBe('OmniTray: Not connected yet');
});
