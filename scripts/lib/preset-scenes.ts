import { chooseRecipe } from '../../tests/e2e/support/launch-view.ts';
import { expect, sample } from './scene.ts';
import type { Scene } from './scene.ts';

const SIZES = [
  ['Store icon', 512, 512],
  ['Favicon', 32, 32],
  ['Banner for the top of a page', 480, 96],
] as const;

/** Presets: above the form, in the list, in their dialog, and more of them than there is room for. */
export async function presetsScene({ app, page, shoot: take }: Scene): Promise<void> {
  const number = (name: string) => page.getByRole('spinbutton', { name });
  const saveAs = page.getByRole('button', { name: 'Save as preset' });
  await page.evaluate(() => window.omnitray.call('settings:change', { guideDone: true }));
  await chooseRecipe(page, 'Pattern');
  await page.getByRole('button', { name: 'Favourite Pattern' }).click();
  for (const [name, width, height] of SIZES) {
    await number('Width').fill(String(width));
    await number('Height').fill(String(height));
    await saveAs.click();
    await page.getByLabel('Name', { exact: true }).fill(name);
    await page.keyboard.press('Enter');
    await expect(page.getByRole('dialog')).toHaveCount(0);
  }
  await page.getByRole('listbox', { name: 'Recipes' }).evaluate((list) => list.scrollTo(0, 0));
  await take('presets');
  await number('Width').fill('300');
  await expect(page.getByRole('button', { name: /^Save changes to/ })).toBeVisible();
  await take('presets-changed');
  await saveAs.click();
  await expect(page.getByRole('dialog')).toBeVisible();
  await take('presets-name');
  await page.getByLabel('Name', { exact: true }).fill('favicon');
  await take('presets-name-taken');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: /^More for Banner/ }).click();
  await take('presets-menu');
  await page.keyboard.press('Escape');
  await page.setViewportSize({ width: 640, height: 480 });
  await take('presets-small');
  await page.getByRole('button', { name: 'Change recipe' }).click();
  await page.getByRole('combobox', { name: 'Search recipes' }).fill('icon');
  await take('presets-search-small');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await page.setViewportSize({ width: 960, height: 640 });
  await app.dragOver(page, page.getByRole('option', { name: /^Favicon/ }), { files: [sample('hills.png')] });
  await take('presets-drag');
  await app.dragLeave(page);
  await page.evaluate(async (count) => {
    const view = await window.omnitray.call('app:view');
    const recipeId = view.ok ? (view.value.draft.recipeId ?? '') : '';
    for (let size = 1; size <= count; size += 1)
      await window.omnitray.call('presets:save', {
        ...{ recipeId, name: `Pattern number ${size}`, values: { width: 16 * size }, replace: false },
      });
  }, 24);
  await expect(page.getByRole('button', { name: /More presets$/ })).toBeVisible();
  await take('presets-many');
  await page.getByRole('button', { name: /More presets$/ }).click();
  await take('presets-many-menu');
  await page.keyboard.press('Escape');
}
