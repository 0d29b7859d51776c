import type { Locator, Page } from '@playwright/test';
import { expect } from '../../support/host/launch.ts';

/** What is on the table; with a name, the one that is called so. */
export const attachments = (page: Page, name?: string): Locator => {
  const all = page.getByRole('region', { name: 'What to send' }).getByRole('listitem');
  return name === undefined ? all : all.filter({ hasText: name });
};

export const message = (page: Page): Locator => page.getByLabel('Message', { exact: true });
/** Its description is the line beside it: what it will do, or why it cannot. */
export const runButton = (page: Page): Locator => page.getByRole('button', { name: 'Run', exact: true });

/** The first row of a recipe: a favourite is in the list more than once. */
export const recipeRow = (page: Page, name: string): Locator =>
  page.getByRole('option', { name: new RegExp(`^${name}`) }).first();

/** Chooses by search, as the list draws only the rows that are looked at. */
export async function chooseRecipe(page: Page, name: string): Promise<void> {
  const search = page.getByRole('combobox', { name: 'Search recipes' });
  await search.fill(name);
  await recipeRow(page, name).click();
  await expect(page.getByRole('heading', { name, level: 1 })).toBeVisible();
  await search.fill('');
}

/** Runs a recipe on what is on the table and a message. */
export async function run(page: Page, recipe: string, text?: string): Promise<void> {
  await chooseRecipe(page, recipe);
  if (text !== undefined) await message(page).fill(text);
  await runButton(page).click();
}
