import type { Page } from '@playwright/test';
import { RECIPE } from '../../electron/practice/recipes/ids.ts';
import { expectAccessible } from './support/accessible.ts';
import { openRun } from './support/activity-view.ts';
import { expect, test } from './support/fixtures.ts';
import { HARBOUR, HILLS } from './support/samples.ts';

/** More than the stops of the form, so that a field that Tab never reaches fails the test. */
const MOST_STOPS = 60;

/** Presses Tab until the control with this name has the focus. */
async function tabTo(page: Page, name: RegExp): Promise<void> {
  const wanted = page.locator(':focus');
  for (let stop = 0; stop < MOST_STOPS; stop += 1) {
    const focused = await wanted.evaluate((element) => {
      const labels = 'labels' in element ? [...((element as HTMLInputElement).labels ?? [])] : [];
      return element.getAttribute('aria-label') ?? [...labels, element].map(({ textContent }) => textContent).join(' ');
    });
    if (name.test(focused.trim().replaceAll(/\s+/g, ' '))) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab does not reach ${String(name)}.`);
}

async function openEveryField(page: Page): Promise<void> {
  await page.getByRole('combobox', { name: 'Search recipes' }).fill(RECIPE.everyField);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Every kind of field', level: 1 })).toBeVisible();
  await expect(page.getByRole('textbox', { name: 'Word', exact: true })).toBeVisible();
}

test('every kind of value is filled in by keyboard alone, in the order of the form', async ({
  connected: { page },
}) => {
  await openEveryField(page);
  await page.getByRole('combobox', { name: 'Search recipes' }).focus();
  await tabTo(page, /^Word/);
  await page.keyboard.type('raven');
  await tabTo(page, /^Long text/);
  await page.keyboard.press('Control+A');
  await page.keyboard.type('two');
  await page.keyboard.press('Enter');
  await page.keyboard.type('lines');
  await tabTo(page, /^Number, slider/);
  await page.keyboard.press('ArrowRight');
  await tabTo(page, /^Yes/);
  await page.keyboard.press('Space');
  await tabTo(page, /^A$/);
  await page.keyboard.press('ArrowDown');
  await tabTo(page, /^Note/);
  await page.keyboard.press('Control+A');
  await page.keyboard.type('a note');
  await tabTo(page, /^On/);
  await page.keyboard.press('Space');
  await expectAccessible(page, 'Every kind of field');
  await page.keyboard.press('Control+Enter');
  await openRun(page, 'Every kind of field');
  const answer = page.getByRole('main');
  await expect(answer).toContainText('raven');
  await expect(answer).toContainText('a note');
  await expect(answer).toContainText(/two\\nlines|two\s+lines/);
});

test('files of every kind fill the fields that take them, and the server says which it got', async ({
  connected: { app, page },
}) => {
  await openEveryField(page);
  await page.getByRole('textbox', { name: 'Word', exact: true }).fill('raven');
  for (const [name, file] of [
    ['Picture', HILLS],
    ['Pictures', HARBOUR],
  ] as const) {
    const field = page.getByRole('group', { name, exact: true });
    await field.scrollIntoViewIfNeeded();
    await app.dropFiles(page, field, [file]);
    await expect(field.getByRole('button', { name: /^Remove / })).toBeVisible();
  }
  await page.getByRole('button', { name: 'More for hills.png' }).press('Enter');
  await expect(page.getByRole('menuitem').first()).toBeFocused();
  await page.keyboard.press('u');
  await expect(page.getByRole('menuitem', { name: 'Use in Pictures too' })).toBeFocused();
  await page.keyboard.press('u');
  await expect(page.getByRole('menuitem', { name: 'Use in Drawing too' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Remove hills.png' })).toHaveCount(2);
  await expect(page.getByRole('menu')).toHaveCount(0);
  await page.keyboard.press('Control+Enter');
  await openRun(page, 'Every kind of field');
  const answer = page.getByRole('main');
  await expect(answer).toContainText('hills.png');
  await expect(answer).toContainText('harbour.png');
});
