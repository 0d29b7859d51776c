import type { Page } from '@playwright/test';
import { join } from 'node:path';
import { expect, test } from './support/fixtures.ts';

const SAMPLES = join(import.meta.dirname, '../../resources/samples');
/** More than any view has; a person would long have given up. */
const MOST_TABS = 60;

/** Tab until the element with that role and name has the focus, as somebody without a mouse does. */
async function tabTo(page: Page, role: 'button' | 'textbox' | 'combobox', name: string | RegExp): Promise<void> {
  const wanted = page.getByRole(role, { name }).first();
  for (let tabs = 0; tabs < MOST_TABS; tabs += 1) {
    if (await wanted.evaluate((element) => element === document.activeElement).catch(() => false)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab never came to ${role} ${String(name)}.`);
}

test('the main path works by keyboard alone', async ({ server, launchApp }) => {
  const app = await launchApp();
  const page = await app.window();

  await tabTo(page, 'textbox', 'Server');
  await page.keyboard.type(server.origin);
  await app.control.writeClipboard(server.token);
  await tabTo(page, 'button', 'Paste');
  await page.keyboard.press('Enter');
  await expect(page.getByText('Token from the clipboard')).toBeVisible();
  await tabTo(page, 'button', 'Connect');
  await page.keyboard.press('Enter');
  await tabTo(page, 'button', 'Keep for this session only');
  await page.keyboard.press('Enter');

  await expect(page.getByRole('option').first()).toBeVisible();
  await page.keyboard.press('/');
  await expect(page.getByRole('combobox', { name: 'Search recipes' })).toBeFocused();
  await page.keyboard.type('thumb');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Thumbnail sheet', level: 1 })).toBeVisible();

  await app.control.answerNextOpenDialog([join(SAMPLES, 'hills.png'), join(SAMPLES, 'harbour.png')]);
  await tabTo(page, 'button', 'Add files');
  await page.keyboard.press('Enter');
  await expect(page.getByText('Sends 2 files')).toBeVisible();
  await page.keyboard.press('Control+Enter');

  await tabTo(page, 'button', /^(Show in Activity|Open)$/);
  await tabTo(page, 'button', /^Activity/);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Activity', level: 1 })).toBeVisible();
  await tabTo(page, 'button', 'Thumbnail sheet');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Thumbnail sheet', level: 1 })).toBeVisible();
  await expect(page.getByText('2 pictures on one sheet.')).toBeVisible();
  await tabTo(page, 'button', 'Save all');
});

test('the focus is always visible', async ({ connected: { page } }) => {
  for (let tabs = 0; tabs < 12; tabs += 1) {
    await page.keyboard.press('Tab');
    const mark = await page.evaluate(() => {
      const focused = document.activeElement;
      if (focused === null || focused === document.body) return 'nothing';
      const holders = [focused, ...Array.from({ length: 3 }, (_, up) => ancestor(focused, up + 1))];
      const isMarked = holders.some((element) => {
        if (element === null) return false;
        const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element);
        return (outlineStyle !== 'none' && outlineWidth !== '0px') || boxShadow !== 'none';
      });
      return isMarked ? 'marked' : focused.outerHTML.slice(0, 200);

      function ancestor(element: Element, levels: number): Element | null {
        return levels === 0 ? element : element.parentElement && ancestor(element.parentElement, levels - 1);
      }
    });
    expect(['marked', 'nothing']).toContain(mark);
  }
});

test('reduced motion stops animations, and forced colours keep everything visible', async ({ connected: { page } }) => {
  await page.emulateMedia({ reducedMotion: 'reduce', forcedColors: 'active' });
  const longest = await page.evaluate(() =>
    Math.max(
      ...Array.from(document.querySelectorAll('*'), (element) => {
        const { transitionDuration, animationDuration } = getComputedStyle(element);
        return Math.max(Number.parseFloat(transitionDuration), Number.parseFloat(animationDuration) || 0);
      }),
    ),
  );
  expect(longest).toBeLessThanOrEqual(0.01);
  await expect(page.getByRole('button', { name: 'Run', exact: true })).toBeVisible();
});
