import { beforeEach, describe, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { PresetView } from '../../electron/contract/views.ts';
import { dragged, fire, recipes } from './support/launcher.ts';
import { openApp } from './support/open.ts';
import type { ScriptedBridge } from './support/scripted-bridge.ts';

const [first, second] = recipes.recipes;
const aPreset = (name: string, recipeId: string, hint = ''): PresetView => ({
  ...{ id: name.toLowerCase(), recipeId, name, hint, usedAt: 0 },
});

const search = () => page.getByRole('combobox', { name: 'Search recipes' });
const options = (): readonly string[] =>
  page
    .getByRole('option')
    .elements()
    .map((element) => element.querySelector('.name')?.getAttribute('title') ?? '');
const active = (): string => {
  const row = document.getElementById(search().element().getAttribute('aria-activedescendant') ?? '');
  return row?.querySelector('.name')?.getAttribute('title') ?? '';
};

let bridge: ScriptedBridge;
beforeEach(async () => {
  const presets = [aPreset('Large', first.id, '1024 × 1024'), aPreset('Small', first.id), aPreset('Short', second.id)];
  bridge = openApp({ recipes, presets });
  await expect.poll(options).toEqual(['Caption', 'Summarise', 'Short', first.name, 'Large', 'Small']);
});

describe('the presets in the list of recipes', () => {
  it('stand under their recipe, with what is special about them, and a click chooses one', async () => {
    const card = page.getByRole('option', { name: /^Large ?, preset of .+, 1024 × 1024$/ });
    await expect.element(card).toHaveAttribute('aria-posinset', '5');
    await card.click();
    expect(bridge.requests('draft:use-preset')).toEqual([{ presetId: 'large' }]);
  });

  it('are reached by the arrow keys', async () => {
    await search().click();
    await userEvent.keyboard('{ArrowDown}{ArrowDown}{ArrowDown}');
    expect(active()).toBe('Short');
    await userEvent.keyboard('{ArrowDown}{ArrowDown}{Enter}');
    await expect.poll(() => bridge.requests('draft:use-preset')).toEqual([{ presetId: 'large' }]);
  });

  it('are found by their name: Enter chooses the preset, unless the recipe itself has the words', async () => {
    await search().fill('small');
    await expect.poll(options).toEqual([first.name, 'Small']);
    expect(active()).toBe('Small');
    await search().fill('s');
    await expect.poll(active).toBe('Summarise');
    await search().fill('summarise');
    await expect.poll(options).toEqual(['Summarise', 'Short']);
    expect(active()).toBe('Summarise');
  });

  it('take a drop, which runs the recipe with their values', async () => {
    const transfer = dragged([new File(['x'], 'a.png', { type: 'image/png' })]);
    fire(document.body, 'dragenter', transfer);
    const card = page.getByRole('option', { name: /^Large/ });
    await expect.element(card).toHaveAttribute('data-runs', first.id);
    fire(card.element(), 'dragover', transfer);
    await expect.poll(() => card.element().textContent).toContain('Drop to run with these values');
    fire(card.element(), 'drop', transfer);
    await expect.poll(() => bridge.requests('runs:drop')).toMatchObject([{ recipeId: first.id, presetId: 'large' }]);
  });
});
