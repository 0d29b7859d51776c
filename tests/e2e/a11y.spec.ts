import type { Page } from '@playwright/test';
import { join } from 'node:path';
import { expectAccessible } from './support/accessible.ts';
import { goTo, openRun, runRows } from './support/activity-view.ts';
import { expect, test } from './support/fixtures.ts';
import { attachments, chooseRecipe, run } from './support/launch-view.ts';

// Each looks at every state of its view in both themes.
test.describe.configure({ timeout: 60_000 });

const SAMPLES = join(import.meta.dirname, '../../resources/samples');

/** Everything one presses or types into, as a finger on the glass would find it once it is scrolled to. */
const outOfReach = (page: Page): Promise<readonly string[]> =>
  page.evaluate(() => {
    const controls = document.querySelectorAll<HTMLElement>('button, textarea, select, input:not(.unseen)');
    const lost = [...controls].filter((control) => {
      if (!control.checkVisibility() || control.closest('[inert]') !== null) return false;
      control.scrollIntoView({ block: 'center', inline: 'center' });
      const { left, top, width, height } = control.getBoundingClientRect();
      const found = document.elementFromPoint(left + width / 2, top + height / 2);
      return found === null || !(control.contains(found) || found.contains(control));
    });
    const wide = document.documentElement.scrollWidth > innerWidth ? ['the page is wider than its window'] : [];
    return [...wide, ...lost.map(({ outerHTML }) => outerHTML.slice(0, 160))];
  });

/** What is chosen or current and shows it by its ground alone, which forced colours take away. */
const unmarked = (page: Page): Promise<readonly string[]> =>
  page.evaluate(() =>
    [...document.querySelectorAll('[aria-current]:not([aria-current=false]), .chosen, [aria-selected=true]')]
      .filter((element) => element.checkVisibility())
      .filter((element) => {
        const { outlineStyle, borderTopStyle, borderTopWidth, forcedColorAdjust } = getComputedStyle(element);
        const isFramed = borderTopStyle !== 'none' && borderTopWidth !== '0px';
        return outlineStyle === 'none' && !isFramed && forcedColorAdjust !== 'none';
      })
      .map(({ outerHTML }) => outerHTML.slice(0, 160)),
  );

/** The smallest window at 200 %: half as many pixels each way. */
async function expectReachable(page: Page, what: string): Promise<void> {
  const size = page.viewportSize();
  await page.setViewportSize({ width: 320, height: 240 });
  expect(await outOfReach(page), `${what}, at 200 %`).toEqual([]);
  if (size !== null) await page.setViewportSize(size);
}

/** Both themes, forced colours, and 200 %. */
async function expectForAll(page: Page, what: string): Promise<void> {
  await expectAccessible(page, what);
  await page.emulateMedia({ forcedColors: 'active' });
  expect(await unmarked(page), `${what}, forced colours`).toEqual([]);
  await page.emulateMedia({ forcedColors: 'none' });
  await expectReachable(page, what);
}

test('Connect is accessible', async ({ launchApp }) => {
  const app = await launchApp();
  const page = await app.window();
  await expect(page.getByRole('heading', { name: 'Connect to Omnitool' })).toBeVisible();
  await expectAccessible(page, 'Connect');
  await page.getByLabel('Server', { exact: true }).fill('not an address');
  await page.getByRole('button', { name: 'Connect', exact: true }).click();
  await expectForAll(page, 'Connect with a problem');
});

test('Launch is accessible', async ({ connected: { app, page } }) => {
  await expectAccessible(page, 'Launch, empty');
  await app.dropFiles(page, 'main', [join(SAMPLES, 'hills.png'), join(SAMPLES, 'notes.txt'), SAMPLES]);
  await expect(attachments(page)).toHaveCount(3);
  await chooseRecipe(page, 'Thumbnail sheet');
  await expectForAll(page, 'Launch, composed');
  await app.dragOver(page, 'main', { files: [join(SAMPLES, 'harbour.png')] });
  await expectAccessible(page, 'Launch, dragged over');
});

test('forms and tables of runs are accessible', async ({ connected: { page } }) => {
  await chooseRecipe(page, 'Pattern');
  const width = page.getByRole('spinbutton', { name: 'Width' });
  await width.fill('900');
  await page.keyboard.press('Tab');
  await expect(page.getByText('Use 512 or less.')).toBeVisible();
  await expectForAll(page, 'A form with an error');
  await width.fill('96');
  await page.getByRole('button', { name: 'Several values' }).click();
  const dialog = page.getByRole('dialog', { name: 'Run with several values' });
  await dialog.getByLabel('Width', { exact: true }).fill('32, 64');
  await expectAccessible(page, 'Several values');
  await dialog.getByRole('button', { name: 'See the 2 runs' }).click();
  await expect(page.getByText('2 rows, 1 column')).toBeVisible();
  await expectForAll(page, 'A table of runs');
});

test('Activity and Result are accessible', async ({ connected: { app, page } }) => {
  await app.dropFiles(page, 'main', [join(SAMPLES, 'hills.png')]);
  await expect(attachments(page)).toHaveCount(1);
  await run(page, 'Thumbnail sheet');
  await run(page, 'Fails half-way', 'x');
  await goTo(page, 'Activity');
  await expect(runRows(page, 'Thumbnail sheet')).toContainText('Done');
  await expect(runRows(page, 'Fails half-way')).toContainText('Failed');
  await expectForAll(page, 'Activity');
  await openRun(page, 'Fails half-way');
  await expectAccessible(page, 'Result, failed');
  await openRun(page, 'Thumbnail sheet');
  await expectForAll(page, 'Result');
});

test('Settings is accessible', async ({ connected: { page } }) => {
  await page.getByRole('button', { name: 'Settings', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'Settings', level: 1 })).toBeVisible();
  await expectForAll(page, 'Settings');
  await page.getByRole('heading', { name: 'Settings', level: 1 }).focus();
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible();
  await expectAccessible(page, 'Keyboard shortcuts');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Remove results' }).click();
  await expect(page.getByText('There are none.')).toBeVisible();
  await expectAccessible(page, 'Remove results');
});
