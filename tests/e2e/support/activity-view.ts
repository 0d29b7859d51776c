import type { Locator, Page } from '@playwright/test';
import { expect } from '../../support/host/launch.ts';

/** Goes to a view by its tab. */
export async function goTo(page: Page, view: 'Launch' | 'Activity'): Promise<void> {
  await page
    .getByRole('navigation', { name: 'Views' })
    .getByRole('button', { name: new RegExp(`^${view}`) })
    .click();
  await expect(
    view === 'Activity'
      ? page.getByRole('heading', { name: view, level: 1 })
      : page.getByRole('region', { name: 'Recipes' }),
  ).toBeVisible();
}

/** Runs in Activity, newest first; with a recipe's name, those of that recipe. */
export const runRows = (page: Page, recipe?: string): Locator => {
  const rows = page.getByRole('main').getByRole('listitem');
  return recipe === undefined ? rows : rows.filter({ has: page.getByRole('button', { name: recipe, exact: true }) });
};

/** Opens a run from Activity. */
export async function openRun(page: Page, recipe: string): Promise<void> {
  await goTo(page, 'Activity');
  await runRows(page, recipe).first().getByRole('button', { name: recipe, exact: true }).click();
  await expect(page.getByRole('heading', { name: recipe, level: 1 })).toBeVisible();
}
