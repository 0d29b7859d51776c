import { describe, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { openApp } from './support/open.ts';
import { failure } from './support/scripted-bridge.ts';

const openSettings = () => openApp({ route: { view: 'settings' } });
const undo = () => page.getByRole('button', { name: 'Undo' });

describe('a change in the settings', () => {
  it('applies at once, is told, and can be taken back', async () => {
    const bridge = openSettings();
    await page.getByRole('radio', { name: 'Dark' }).click({ force: true });
    await expect.poll(() => document.documentElement.dataset.theme).toBe('dark');
    await expect.element(page.getByText('Theme changed')).toBeVisible();
    await undo().click();
    await expect.poll(() => document.documentElement.dataset.theme).toBe('light');
    expect(bridge.requests('settings:change')).toEqual([{ theme: 'dark' }, { theme: 'light' }]);
    await expect.element(undo()).not.toBeInTheDocument();
  });

  it('is told once however often the same thing changes, and others beside it', async () => {
    openSettings();
    await page.getByRole('radio', { name: 'Larger' }).click({ force: true });
    await page.getByRole('radio', { name: 'Largest' }).click({ force: true });
    await expect.element(page.getByText('Text size changed')).toBeVisible();
    await page.getByRole('radio', { name: 'None' }).click({ force: true });
    await expect.element(page.getByText('Motion changed')).toBeVisible();
    await expect.poll(() => document.documentElement.dataset.motion).toBe('reduced');
    expect(page.getByText('Text size changed').elements()).toHaveLength(1);
  });

  it('of what may be fetched and left free is a choice of sizes', async () => {
    const bridge = openSettings();
    await page.getByRole('radio', { name: 'No limit' }).click({ force: true });
    await expect.element(page.getByText('Largest file changed')).toBeVisible();
    await undo().click();
    await page.getByRole('radio', { name: '5 GB' }).click({ force: true });
    await expect.element(page.getByText('Room on the disk changed')).toBeVisible();
    expect(bridge.requests('settings:change')).toEqual([
      { largestFileBytes: null },
      { largestFileBytes: 2 * 1024 ** 3 },
      { reserveBytes: 5 * 1024 ** 3 },
    ]);
  });

  it('that could not be kept leaves everything as it was, and says why', async () => {
    const bridge = openSettings();
    bridge.script('settings:change', () => failure('disk-full'));
    await page.getByRole('switch', { name: 'Show details in notifications' }).click({ force: true });
    await expect.element(page.getByText('The disk is full.')).toBeVisible();
    await expect.element(page.getByRole('switch', { name: 'Show details in notifications' })).toBeChecked();
    await expect.element(undo()).not.toBeInTheDocument();
  });
});

describe('servers in the settings', () => {
  it('are renamed in place, by keyboard, and back', async () => {
    const bridge = openSettings();
    await page.getByRole('button', { name: 'Rename Home server' }).click();
    const name = page.getByRole('textbox', { name: 'Name of http://127.0.0.1:1688' });
    await expect.element(name).toHaveFocus();
    await userEvent.fill(name, 'Attic');
    await userEvent.keyboard('{Enter}');
    await expect.element(page.getByRole('button', { name: 'Rename Attic' })).toHaveFocus();
    await undo().click();
    await expect.element(page.getByRole('button', { name: 'Rename Home server' })).toBeVisible();
    expect(bridge.requests('connection:rename')).toEqual([
      { profileId: 'home', name: 'Attic' },
      { profileId: 'home', name: 'Home server' },
    ]);
  });

  it('keep their name with Esc', async () => {
    const bridge = openSettings();
    await page.getByRole('button', { name: 'Rename Home server' }).click();
    await userEvent.keyboard('x{Escape}');
    await expect.element(page.getByRole('button', { name: 'Rename Home server' })).toHaveFocus();
    expect(bridge.requests('connection:rename')).toEqual([]);
  });
});

describe('keys for the window', () => {
  const keys = () => page.getByRole('button', { name: /^Keys for the window/ });

  it('are pressed to be chosen, shown in words, and cleared', async () => {
    const bridge = openSettings();
    await keys().click();
    await expect.element(keys()).toHaveTextContent('Press the keys');
    await userEvent.keyboard('{Control>}{Alt>}o{/Alt}{/Control}');
    await expect.element(keys()).toHaveTextContent('Ctrl+Alt+O');
    await expect.element(page.getByText('Keys for the window changed')).toBeVisible();
    await page.getByRole('button', { name: 'Clear' }).click();
    await expect.element(keys()).toHaveTextContent('Choose keys');
    expect(bridge.requests('settings:shortcut')).toEqual([{ accelerator: 'Control+Alt+O' }, { accelerator: null }]);
  });

  it('that another program has are refused beside the field', async () => {
    const bridge = openSettings();
    bridge.script('settings:shortcut', () => failure('shortcut-taken'));
    await keys().click();
    await userEvent.keyboard('{Control>}1{/Control}');
    await expect.element(page.getByText(/^Another program uses this shortcut\./)).toBeVisible();
    await expect.element(keys()).toHaveTextContent('Choose keys');
    await expect.element(page.getByRole('heading', { name: 'Settings', level: 1 })).toBeVisible();
  });
});

describe('the system, storage and privacy', () => {
  it('starts at login as the system says, and back', async () => {
    const bridge = openSettings();
    const atLogin = page.getByRole('switch', { name: 'Start at login' });
    await atLogin.click({ force: true });
    await expect.element(atLogin).toBeChecked();
    await undo().click();
    await expect.element(atLogin).not.toBeChecked();
    expect(bridge.requests('settings:start-at-login')).toEqual([{ on: true }, { on: false }]);
  });

  it('says what is stored and removes results by age, with a way back', async () => {
    const bridge = openSettings();
    await expect.element(page.getByText(/^Results of 12 runs: 4\.8 MB, list of runs: 40 KB/)).toBeVisible();
    await page.getByRole('button', { name: 'Remove results' }).click();
    await expect.element(page.getByText('12 runs with 4.8 MB of files.')).toBeVisible();
    await page.getByRole('radio', { name: 'All' }).click({ force: true });
    await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
    await expect.element(page.getByText('1 run removed')).toBeVisible();
    await undo().click();
    await expect.poll(() => bridge.requests('runs:restore')).toEqual([{ runIds: ['r1'] }]);
    expect(bridge.requests('storage:remove-old-runs')).toEqual([{ days: null }]);
  });

  it('asks before all history goes, and says that it cannot be undone', async () => {
    const bridge = openSettings();
    await page.getByRole('button', { name: 'Delete all' }).click();
    const dialog = page.getByRole('dialog', { name: 'Delete all history and results?' });
    await expect.element(dialog.getByText(/cannot be undone/)).toBeVisible();
    await expect.element(dialog.getByRole('button', { name: 'Cancel' })).toHaveFocus();
    await dialog.getByRole('button', { name: 'Delete all' }).click();
    await expect.element(page.getByText('12 runs deleted')).toBeVisible();
    expect(bridge.requests('storage:clear-history')).toHaveLength(1);
  });

  it('tells what to look at when a test notification does not come', async () => {
    const bridge = openSettings();
    await page.getByRole('button', { name: 'Send a test notification' }).click();
    await expect.element(page.getByText(/^Sent\. If none came: Look for Do Not Disturb/)).toBeVisible();
    bridge.script('settings:test-notification', () => ({ ok: true, value: { shown: false } }));
    await page.getByRole('button', { name: 'Send a test notification' }).click();
    await expect.element(page.getByText(/^This desktop shows no notifications/)).toBeVisible();
  });

  it('is where it was when one comes back', async () => {
    openSettings();
    await page.getByRole('button', { name: 'Privacy' }).click();
    const scrolled = (): number => document.querySelector('.settings .scrolls')?.scrollTop ?? 0;
    await expect.poll(scrolled).toBeGreaterThan(200);
    const before = scrolled();
    await page.getByRole('button', { name: 'Activity' }).click();
    await expect.element(page.getByText('Nothing has run yet')).toBeVisible();
    await page.getByRole('button', { name: 'Settings' }).click();
    await expect.poll(scrolled).toBe(before);
  });

  it('goes to a part by its name', async () => {
    openSettings();
    await page.getByRole('button', { name: 'Privacy' }).click();
    await expect.element(page.getByRole('heading', { name: 'Privacy' })).toHaveFocus();
    await expect.element(page.getByRole('heading', { name: 'Privacy' })).toBeInViewport();
  });
});
