import { goTo, runRows } from '../../tests/e2e/support/activity-view.ts';
import { attachments, chooseRecipe, message, run } from '../../tests/e2e/support/launch-view.ts';
import { expect, sample } from './scene.ts';
import type { Scene } from './scene.ts';

/** Messages of the app about itself: a start that partly failed, an undo, quitting, results that are not seen yet. */
export async function shellScene({ app, page, shoot: take }: Scene): Promise<void> {
  await expect(page.getByText('There is no icon in the tray.')).toBeVisible();
  await take('start-failures');
  await page.getByRole('button', { name: 'Dismiss' }).first().click();
  await app.dropFiles(page, 'main', [sample('hills.png'), sample('harbour.png'), sample('notes.txt')]);
  await expect(attachments(page)).toHaveCount(3);
  await chooseRecipe(page, 'Thumbnail sheet');
  await message(page).fill('Two pictures of the coast');
  await attachments(page, 'notes.txt')
    .getByRole('button', { name: /^Remove/ })
    .click();
  await take('undo-removed');
  await page.getByRole('button', { name: 'Clear', exact: true }).click();
  await expect(page.getByText('Everything was cleared')).toBeVisible();
  await take('undo-cleared');
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(attachments(page)).toHaveCount(2);
  for (const recipe of ['Echo', 'Fails half-way', 'No output']) await run(page, recipe, 'a message');
  await goTo(page, 'Activity');
  await expect(runRows(page, 'No output')).toContainText('No output');
  await expect(page.getByRole('button', { name: 'Mark all as seen' })).toBeVisible();
  await take('activity-unseen');
  await page.setViewportSize({ width: 640, height: 480 });
  await take('activity-unseen-small');
  await page.setViewportSize({ width: 960, height: 640 });
  await page.getByRole('button', { name: 'Mark all as seen' }).click();
  await expect(page.getByText(/marked as seen/)).toBeVisible();
  await take('activity-all-seen');
  await page.getByRole('button', { name: /Connected to/ }).click();
  await expect(page.getByRole('menuitem', { name: 'Quit OmniTray' })).toBeVisible();
  await take('server-menu');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Settings', exact: true }).click();
  await page.getByRole('navigation', { name: 'Parts of the settings' }).getByText('System', { exact: true }).click();
  await take('settings-system-no-tray');
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog')).toBeVisible();
  await take('shortcuts');
}
