import { describe, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { drop, dropData, dragged, fire, open, recipes, run } from './support/launcher.ts';
import { openApp } from './support/open.ts';
import { anAttachment, aRun } from './support/samples.ts';

describe('what is dropped', () => {
  it('is added from anywhere in the window; what is on no disk comes with its bytes', async () => {
    const bridge = open({ recipeId: 'upscale' });
    await expect.element(run()).toBeVisible();
    drop([new File(['x'], 'a.png', { type: 'image/png' }), new File(['xyz'], 'unsaved.png', { type: 'image/png' })]);
    await expect.element(page.getByRole('button', { name: 'Remove a.png' })).toBeVisible();
    await expect.element(page.getByRole('button', { name: 'Remove unsaved.png' })).toBeVisible();
    const [added] = bridge.requests('draft:add');
    expect(added).toMatchObject({ paths: ['/home/ada/a.png'], texts: [] });
    expect(added?.unsaved).toEqual([{ name: 'unsaved.png', size: 3, bytes: new TextEncoder().encode('xyz') }]);
  });

  it('can be text, or several links', async () => {
    const bridge = open();
    await expect.element(run()).toBeVisible();
    drop([], 'some words');
    await expect.poll(() => bridge.requests('draft:add').at(-1)?.texts).toEqual(['some words']);
    dropData({ 'text/uri-list': '# two\r\nhttps://a.example\r\nhttps://b.example', 'text/plain': 'ignored' });
    await expect
      .poll(() => bridge.requests('draft:add').at(-1)?.texts)
      .toEqual(['https://a.example', 'https://b.example']);
  });

  it('has the recipes answer: those that take it are raised, the others say why not', async () => {
    const bridge = open({ recipeId: 'upscale' });
    bridge.script('runs:drop', () => ({
      ok: true,
      value: { runs: [aRun({ id: 'new' })], undoUntil: null, kept: null },
    }));
    const row = (name: RegExp) => page.getByRole('option', { name });
    await expect.element(row(/Summarise/)).toBeVisible();
    const transfer = dragged([new File(['x'], 'a.png', { type: 'image/png' })]);
    fire(document.body, 'dragenter', transfer);
    await expect.element(row(/Summarise/).getByText('Takes documents')).toBeVisible();
    await expect.element(row(/Summarise/)).toHaveAttribute('aria-disabled', 'true');
    await expect.element(page.getByText('Drop on a recipe to run it, or here to choose later')).toBeVisible();
    fire(row(/Caption/).element(), 'dragover', transfer);
    await expect.element(row(/Caption/).getByText('Drop to run at once')).toBeVisible();
    fire(row(/Caption/).element(), 'drop', transfer);
    await expect.poll(() => bridge.requests('runs:drop').map(({ recipeId }) => recipeId)).toEqual(['chat']);
    await expect.element(page.getByText('Upscale photo is on its way')).toBeVisible();
    await expect.element(row(/Summarise/)).not.toHaveAttribute('aria-disabled');
    expect(bridge.requests('draft:add')).toEqual([]);
  });

  it('runs with what the recipe takes, and what it does not take is named', async () => {
    const bridge = open({ recipeId: 'upscale' });
    const inputs = [{ kind: 'image', name: 'a.png', size: 1 }] as const;
    bridge.script('runs:drop', () => ({
      ok: true,
      value: { runs: [aRun({ id: 'new', recipeName: 'Caption', inputs })], undoUntil: null, kept: null },
    }));
    const row = page.getByRole('option', { name: /Caption/ });
    await expect.element(row).toBeVisible();
    const transfer = dragged([new File(['x'], 'a.png', { type: 'image/png' }), new File(['x'], 'terms.pdf')]);
    fire(document.body, 'dragenter', transfer);
    await expect.element(page.getByText('Drop on a recipe to run it, or here to choose later')).toBeVisible();
    fire(row.element(), 'dragover', transfer);
    await expect.element(row.getByText('Drop to run at once')).toBeVisible();
    fire(row.element(), 'drop', transfer);
    await expect.element(page.getByText('Caption does not take terms.pdf.')).toBeVisible();
    await expect.element(page.getByText('Caption is on its way')).toBeVisible();
  });

  it('is added where the recipe under it does not take it', async () => {
    const bridge = open({ recipeId: 'upscale' });
    const row = page.getByRole('option', { name: /Summarise/ });
    await expect.element(row).toBeVisible();
    const transfer = dragged([new File(['x'], 'a.png', { type: 'image/png' })]);
    fire(document.body, 'dragenter', transfer);
    await expect.element(row).toHaveAttribute('aria-disabled', 'true');
    fire(row.element(), 'drop', transfer);
    await expect.poll(() => bridge.requests('draft:add')).toHaveLength(1);
    expect(bridge.requests('runs:drop')).toEqual([]);
  });

  it('brings the recipe last used for such things, first in the list, and Enter runs it', async () => {
    const bridge = openApp({
      recipes: { ...recipes, lastUsedFor: { image: 'chat' } },
      draft: {
        attachments: [],
        recipeId: 'sum',
        message: '',
        data: '',
        values: {},
        presetId: null,
        mode: 'together',
        table: null,
        undoable: null,
        redoable: null,
      },
    });
    await expect.element(run()).toBeVisible();
    bridge.app = { ...bridge.app, draft: { ...bridge.app.draft, attachments: [anAttachment()] } };
    bridge.emit('draft:changed', bridge.app.draft);
    await expect.poll(() => bridge.requests('draft:edit').at(-1)).toEqual({ recipeId: 'chat' });
    await expect.element(page.getByRole('option').first().getByText('Caption')).toBeVisible();
    await expect.element(page.getByText(/^Last used for these/)).toBeVisible();
    await userEvent.keyboard('{Enter}');
    await expect.poll(() => bridge.requests('runs:start')).toHaveLength(1);
  });

  it('shows the recipes from every view, and goes back when the drag leaves', async () => {
    open();
    await page.getByRole('button', { name: /^Activity/ }).click();
    await expect.element(page.getByRole('heading', { name: 'Activity' })).toBeVisible();
    const transfer = dragged([new File(['x'], 'a.png', { type: 'image/png' })]);
    fire(document.body, 'dragenter', transfer);
    await expect.element(page.getByRole('region', { name: 'Recipes' })).toBeVisible();
    fire(document.body, 'dragleave', transfer);
    await expect.element(page.getByRole('heading', { name: 'Activity' })).toBeVisible();
  });
});
