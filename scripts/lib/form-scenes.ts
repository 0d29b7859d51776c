import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { chooseRecipe, runButton } from '../../tests/e2e/support/launch-view.ts';
import { expect, sample } from './scene.ts';
import type { Scene } from './scene.ts';

/** Recipes as they are published. They are other people's work, and lie beside the repository where they may be used. */
const TEMPLATES = join(import.meta.dirname, '../../../shared/templates');

/** The published recipes whose forms are shot, by the names of their files. */
const SHOT = [
  'app-icon-artist',
  'children-storybook-creator',
  'emoji-generator',
  'monica-the-librarian',
  'omnilab-stable-diffusion-101',
  'persona-builder-3-0',
  'talking-head-studio',
  'teaching-with-ai-ai-tutor',
];

/** What a published recipe holds that its form needs. */
interface Template {
  readonly id: string;
  readonly meta: { readonly name: string; readonly description?: string };
  readonly rete: { readonly nodes: Readonly<Record<string, unknown>> };
}

/** The published recipes to shoot; empty where they are not at hand. */
export const templates = (): readonly Template[] =>
  existsSync(TEMPLATES)
    ? SHOT.map((name) => JSON.parse(readFileSync(join(TEMPLATES, `${name}.json`), 'utf8')) as Template)
    : [];

/** The forms of the practice server: filled in, with errors, in a narrow window, with a drawing, with every kind of field. */
export async function formsScene({ app, page, shoot: take }: Scene): Promise<void> {
  await page.setViewportSize({ width: 1280, height: 860 });
  await chooseRecipe(page, 'Pattern');
  await page.getByRole('spinbutton', { name: 'Width' }).fill('300');
  await take('form-filled-in');
  await page.getByRole('button', { name: 'Several values' }).click();
  const dialog = page.getByRole('dialog', { name: 'Run with several values' });
  await dialog.getByLabel('Width', { exact: true }).fill('32, 64, 900');
  await dialog.getByLabel('Colour', { exact: true }).fill('blue, red');
  await take('form-several');
  await page.keyboard.press('Escape');
  await page.getByRole('spinbutton', { name: 'Width' }).fill('900');
  await page.keyboard.press('Tab');
  await take('form-errors');
  await page.setViewportSize({ width: 640, height: 720 });
  await take('form-errors-narrow');
  await page.getByText('What will be sent').click();
  await take('form-sent-narrow');
  await page.setViewportSize({ width: 1280, height: 860 });
  await chooseRecipe(page, 'Cut out');
  await app.dropFiles(page, page.getByRole('group', { name: 'Picture' }), [sample('hills.png')]);
  await expect(page.getByRole('button', { name: 'Remove hills.png' })).toBeVisible();
  await take('form-files');
  await page.getByRole('button', { name: /^Draw on hills.png/ }).click();
  await page.getByRole('application', { name: 'Drawing on the picture' }).focus();
  await page.keyboard.press('Space');
  for (let step = 0; step < 4; step += 1) await page.keyboard.press('Shift+ArrowLeft');
  await take('form-drawing');
  await page.getByRole('button', { name: 'Use it' }).click();
  await expect(page.getByRole('button', { name: 'Remove hills mask.png' })).toBeVisible();
  await take('form-mask');
}

/** The forms of published recipes, as they are first shown. */
export async function templatesScene({ page, shoot: take }: Scene): Promise<void> {
  for (const { meta } of templates()) {
    await page.setViewportSize({ width: 1280, height: 860 });
    await chooseRecipe(page, meta.name);
    await expect(runButton(page)).toBeVisible();
    await expect(page.getByRole('region', { name: 'Form' })).toBeVisible();
    const name = meta.name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');
    await take(`form-${name}`);
    await page.setViewportSize({ width: 640, height: 720 });
    await take(`form-${name}-narrow`);
  }
}
