import { beforeEach, describe, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { DraftView, FormValues, PresetView } from '../../electron/contract/views.ts';
import { aField, aForm, aNumber, openForm } from './support/form-samples.ts';
import { ScriptedBridge } from './support/scripted-bridge.ts';

const form = aForm([
  aField('Prompt'),
  aField('Size', { control: aNumber({ min: 0, max: 2_000, step: 8 }), initial: 512 }),
]);
const WIDE: FormValues = { Prompt: '', Size: 1024 };

const aPreset = (id: string, name = id): PresetView => ({ id, recipeId: 'form', name, hint: '', usedAt: 0 });
const label = (name: string) => page.getByLabelText(name, { exact: true });
const button = (name: string) => page.getByRole('button', { name, exact: true });
const dialog = () => page.getByRole('dialog');
const pressed = () =>
  page
    .getByRole('group', { name: 'Values of the form' })
    .getByRole('button', { pressed: true })
    .elements()
    .map((element) => element.textContent.trim());

let bridge: ScriptedBridge;
let values: Record<string, FormValues>;

/** What main does with presets, for one page. */
beforeEach(() => {
  values = { wide: WIDE };
  bridge = new ScriptedBridge();
  const draft = (change: Partial<DraftView>): DraftView => {
    bridge.app = { ...bridge.app, draft: { ...bridge.app.draft, ...change } };
    return bridge.app.draft;
  };
  bridge
    .script('presets:values', () => ({ ok: true, value: values }))
    .script('presets:save', ({ name, values: given }) => {
      values = { ...values, [name.toLowerCase()]: given };
      return { ok: true, value: aPreset(name.toLowerCase(), name) };
    })
    .script('presets:restore', ({ presetId }) => ({ ok: true, value: aPreset(presetId, 'Wide') }))
    .script('draft:use-preset', ({ presetId }) => ({
      ok: true,
      value: draft({ presetId, values: values[presetId] ?? {} }),
    }));
});

describe('the choices above a form', () => {
  it('fill it in, and say which one counts and that it was changed', async () => {
    openForm(form, { presets: [aPreset('wide', 'Wide')], lastValues: { Size: 256 } }, bridge);
    await expect.element(label('Size')).toHaveValue('256');
    await expect.poll(pressed).toEqual(['Last used']);
    await button('Wide').click();
    await expect.element(label('Size')).toHaveValue('1024');
    await expect.poll(pressed).toEqual(['Wide']);
    await label('Size').fill('800');
    await expect.poll(pressed).toEqual(['Wide, changed']);
    await button('Defaults').click();
    await expect.element(label('Size')).toHaveValue('512');
    await expect.poll(pressed).toEqual(['Defaults']);
    await expect.poll(() => bridge.requests('draft:edit').at(-1)).toMatchObject({ presetId: null });
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect.element(label('Size')).toHaveValue('800');
    await expect.poll(pressed).toEqual(['Wide, changed']);
    await button('Last used').click();
    await expect.element(label('Size')).toHaveValue('256');
  });

  it('do not show what is the same as the defaults', async () => {
    openForm(form, { lastValues: { Size: 512 } }, bridge);
    await expect.poll(pressed).toEqual(['Defaults']);
    await expect.element(button('Last used')).not.toBeInTheDocument();
    await label('Size').fill('520');
    await expect.poll(pressed).toEqual(['Defaults, changed']);
  });

  it('are reached and used by keyboard', async () => {
    openForm(form, { presets: [aPreset('wide', 'Wide')] }, bridge);
    await expect.element(button('Wide')).toBeVisible();
    button('Defaults').element().focus();
    await userEvent.keyboard('{Tab}{Enter}');
    await expect.poll(pressed).toEqual(['Wide']);
    await expect.element(button('Wide')).toHaveFocus();
  });

  it('go into a menu where two rows are not enough, and the one in use is named there', async () => {
    const names = Array.from({ length: 40 }, (_, place) => `A preset with a rather long name ${place}`);
    const presets = names.map((name) => aPreset(name));
    values = Object.fromEntries(names.map((name) => [name, WIDE]));
    openForm(form, { presets }, bridge);
    const more = page.getByRole('button', { name: /^\d+ more\. More presets$/ });
    await expect.element(more).toBeVisible();
    const inSight = page.getByRole('group', { name: 'Values of the form' }).getByRole('button');
    expect(inSight.elements().length).toBeLessThan(15);
    await more.click();
    await page.getByRole('menuitemradio', { name: 'A preset with a rather long name 39' }).click();
    await expect.element(label('Size')).toHaveValue('1024');
    await expect.element(button('A preset with a rather long name 39. More presets')).toBeVisible();
  });

  it('show at once which values no longer fit', async () => {
    values = { wide: { Prompt: 'x', Size: 9_000, Gone: 1 } };
    openForm(form, { presets: [aPreset('wide', 'Wide')] }, bridge);
    await button('Wide').click();
    await expect.element(page.getByText('Use 2000 or less.')).toBeVisible();
  });
});

describe('saving', () => {
  it('asks for a name, with a suggestion, and the new preset is in use', async () => {
    openForm(form, { draft: { values: { Size: 640 } } }, bridge);
    await button('Save as preset').click();
    await expect.element(label('Name')).toHaveFocus();
    await expect.element(label('Name')).toHaveValue('Size 640');
    await userEvent.keyboard('Small{Enter}');
    await expect.element(dialog()).not.toBeInTheDocument();
    expect(bridge.requests('presets:save')).toEqual([
      { recipeId: 'form', name: 'Small', values: { Size: 640 }, replace: false },
    ]);
    await expect.poll(pressed).toEqual(['Small']);
    await expect.element(button('Save as preset')).toHaveFocus();
    await expect.poll(() => bridge.requests('draft:edit').at(-1)).toEqual({ presetId: 'small' });
  });

  it('says before it replaces a preset, whatever the case, and that can be undone', async () => {
    openForm(form, { presets: [aPreset('wide', 'Wide')] }, bridge);
    await button('Save as preset').click();
    await label('Name').fill(' WIDE ');
    await expect.element(page.getByText('A preset has this name. Its values will be replaced.')).toBeVisible();
    await button('Replace').click();
    await expect.element(dialog()).not.toBeInTheDocument();
    expect(bridge.requests('presets:save')).toMatchObject([{ name: 'WIDE', replace: true }]);
    await button('Undo').click();
    expect(bridge.requests('presets:restore')).toEqual([{ presetId: 'wide' }]);
  });

  it('needs a name of at most 80 characters', async () => {
    openForm(form, {}, bridge);
    await button('Save as preset').click();
    await label('Name').fill('  ');
    await button('Save').click();
    await expect.element(page.getByText('Write a name.')).toBeVisible();
    await expect.element(label('Name')).toHaveAttribute('aria-invalid', 'true');
    await label('Name').fill('x'.repeat(81));
    await button('Save').click();
    await expect.element(page.getByText('The name of a preset has at most 80 characters.')).toBeVisible();
    await expect.element(dialog()).toBeVisible();
    expect(bridge.requests('presets:save')).toEqual([]);
  });

  it('of changes goes to the preset in use', async () => {
    openForm(form, { presets: [aPreset('wide', 'Wide')], draft: { values: WIDE, presetId: 'wide' } }, bridge);
    await expect.poll(pressed).toEqual(['Wide']);
    await label('Size').fill('800');
    await button('Save changes to Wide').click();
    await expect.poll(pressed).toEqual(['Wide']);
    expect(bridge.requests('presets:save')).toMatchObject([{ values: { Size: 800 }, replace: true }]);
    await expect.element(page.getByText('Wide has the new values')).toBeVisible();
  });
});

describe('the menu of the preset in use', () => {
  beforeEach(() => {
    const presets = [aPreset('tall', 'Tall'), aPreset('wide', 'Wide')];
    openForm(form, { presets, draft: { values: WIDE, presetId: 'wide' } }, bridge);
  });

  it('renames it, to a name that is free', async () => {
    bridge.script('presets:rename', ({ presetId, name }) => ({ ok: true, value: aPreset(presetId, name) }));
    await button('More for Wide').click();
    await page.getByRole('menuitem', { name: 'Rename' }).click();
    await expect.element(label('Name')).toHaveValue('Wide');
    await label('Name').fill('tall');
    await expect.element(page.getByText('Another preset has this name.')).toBeVisible();
    await label('Name').fill('Very wide');
    await button('Rename').click();
    await expect.poll(pressed).toEqual(['Very wide']);
  });

  it('removes it, and brings it back', async () => {
    await button('More for Wide').click();
    await page.getByRole('menuitem', { name: 'Remove' }).click();
    await expect.element(page.getByText('Wide was removed')).toBeVisible();
    await expect.poll(pressed).toEqual(['Defaults, changed']);
    await button('Undo').click();
    await expect.poll(pressed).toEqual(['Wide']);
  });
});
