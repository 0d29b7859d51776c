import { describe, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { EMPTY_DRAFT, recipes } from './support/launcher.ts';
import { openApp } from './support/open.ts';
import { aRecipe } from './support/samples.ts';
import { failure, ScriptedBridge } from './support/scripted-bridge.ts';

const ID = 'db24c696a38698a6d1cc392e510926e330c0';
const search = page.getByRole('combobox', { name: 'Search recipes' });

function open(bridge = new ScriptedBridge()): ScriptedBridge {
  openApp({ recipes, draft: EMPTY_DRAFT }, bridge);
  return bridge;
}

describe('the id of a recipe in the search', () => {
  it('loads that recipe and chooses it', async () => {
    const hidden = aRecipe({ id: ID, name: 'Bugbear', isUnlisted: true });
    const bridge = open();
    bridge.script('recipes:load', () => ({ ok: true, value: hidden }));
    await search.fill(`http://127.0.0.1:1688/?recipe=${ID}`);
    await page.getByRole('button', { name: 'Load this recipe' }).click();
    await expect.poll(() => bridge.requests('draft:edit')).toEqual([{ recipeId: ID }]);
    expect(bridge.requests('recipes:load')).toContainEqual({ recipeId: ID });
    await expect.element(search).toHaveValue('');
  });

  it('works by keyboard, and an unknown one says so', async () => {
    const bridge = open();
    bridge.script('recipes:load', () => failure('recipe-unknown', null));
    await search.fill(ID);
    await userEvent.keyboard('{Enter}');
    await expect.element(page.getByText('This recipe is not on the server.')).toBeVisible();
    expect(bridge.requests('draft:edit')).toEqual([]);
  });

  it('is not seen in other words', async () => {
    open();
    await search.fill('no such recipe');
    await expect.element(page.getByText('Nothing found')).toBeVisible();
    await expect.element(page.getByRole('button', { name: 'Load this recipe' })).not.toBeInTheDocument();
  });
});
