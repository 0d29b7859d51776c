import type { Page } from '@playwright/test';
import { goTo, openRun, runRows } from './support/activity-view.ts';
import { expectAccessible } from './support/accessible.ts';
import { expect, test } from './support/fixtures.ts';
import { chooseRecipe, runButton } from './support/launch-view.ts';

const width = (page: Page) => page.getByRole('spinbutton', { name: 'Width' });
const height = (page: Page) => page.getByRole('spinbutton', { name: 'Height' });
const card = (page: Page, name: string) => page.getByRole('option', { name: new RegExp(`^${name}`) });
const choice = (page: Page, name: string) =>
  page.getByRole('group', { name: 'Values of the form' }).getByRole('button', { name, exact: true });

/** Saves what the form of "Pattern" holds now. */
async function save(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: 'Save as preset' }).click();
  await page.getByLabel('Name', { exact: true }).fill(name);
  await page.keyboard.press('Enter');
  await expect(choice(page, name)).toHaveAttribute('aria-pressed', 'true');
}

test('a preset is chosen from the list and from the tray after a restart, and its values are sent', async ({
  connectedForGood: { app, page },
  launchApp,
}) => {
  await chooseRecipe(page, 'Pattern');
  await width(page).fill('64');
  await height(page).fill('24');
  await save(page, 'Banner');
  await width(page).fill('32');
  await height(page).fill('32');
  await expect(choice(page, 'Banner, changed')).toBeVisible();
  await save(page, 'Tile');
  await expect(card(page, 'Tile')).toContainText('32 × 32');
  await expectAccessible(page, 'Presets');
  expect(await app.quit()).toBe(0);

  const again = await launchApp({ home: app.home, keyring: true });
  await again.control.clickTrayItem('Open OmniTray');
  const next = await again.window();
  await expect(choice(next, 'Tile')).toHaveAttribute('aria-pressed', 'true');
  await card(next, 'Banner').click();
  await expect(width(next)).toHaveValue('64');
  await runButton(next).click();
  await openRun(next, 'Pattern');
  await expect(next.getByRole('complementary', { name: 'Receipt' })).toContainText('64');
  await expect(next.getByRole('main')).toContainText('64 × 24');

  await again.control.clickTrayItem('Presets > Tile (Pattern)');
  await expect(runButton(next)).toBeFocused();
  await expect(width(next)).toHaveValue('32');
  await next.keyboard.press('Enter');
  await goTo(next, 'Activity');
  await expect(runRows(next, 'Pattern')).toHaveCount(2);
  await openRun(next, 'Pattern');
  await expect(next.getByRole('main')).toContainText('32 × 32');
});

test('a preset is found by its name with the keyboard, and values that were written come back', async ({
  connected: { page },
}) => {
  await chooseRecipe(page, 'Pattern');
  await width(page).fill('64');
  await save(page, 'Narrow banner');
  await chooseRecipe(page, 'Letter');
  const to = page.getByRole('textbox', { name: 'To', exact: true });
  await to.fill('Ada Lovelace');
  await page.getByRole('heading', { name: 'Letter', level: 1 }).focus();
  await page.keyboard.press('/');
  await page.keyboard.type('narrow');
  await page.keyboard.press('Enter');
  await expect(width(page)).toHaveValue('64');
  await expect(page.getByText('Filled in with Narrow banner')).toBeVisible();
  await page.getByRole('button', { name: 'Undo', exact: true }).click();
  await expect(to).toHaveValue('Ada Lovelace');
});

test('the tray puts the focus on the field that needs another value', async ({ connected: { app, page } }) => {
  await chooseRecipe(page, 'Pattern');
  await width(page).fill('900');
  await save(page, 'Too wide');
  await page.getByRole('button', { name: 'Defaults', exact: true }).click();
  await app.control.clickTrayItem('Presets > Too wide (Pattern)');
  await expect(width(page)).toHaveValue('900');
  await expect(width(page)).toBeFocused();
  await expect(page.getByText('Use 512 or less.')).toBeVisible();
});
