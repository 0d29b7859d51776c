import { describe, expect, it } from 'vitest';
import { page } from 'vitest/browser';
import type { AttachmentView } from '../../electron/contract/views.ts';
import { recipes, run } from './support/launcher.ts';
import { openApp } from './support/open.ts';
import { anAttachment, aRecipe } from './support/samples.ts';

describe('a data file', () => {
  const shape = {
    takes: ['json', 'documents'],
    gives: ['text'],
    givesInChat: [],
    hasForm: false,
    formTakes: [],
    warnings: [],
  } as const;
  const openWith = (change: Partial<AttachmentView>) => {
    const list = [aRecipe({ id: 'data', name: 'Order', shape })];
    const attachments = [anAttachment({ name: 'ids.json', kind: 'json', mime: 'application/json', ...change })];
    const written = {
      message: '',
      data: '',
      values: {},
      presetId: null,
      mode: 'together',
      table: null,
      undoable: null,
      redoable: null,
    } as const;
    const draft = { attachments, recipeId: 'data', ...written };
    return openApp({ recipes: { ...recipes, recipes: list }, draft });
  };

  it('warns of what the server would not keep, until it is sent as a document', async () => {
    openWith({ changes: [{ kind: 'number', written: '9007199254740993', read: '9007199254740992' }] });
    await expect.element(page.getByText('The server reads 9007199254740993 as 9007199254740992')).toBeVisible();
    await page.getByRole('button', { name: /How to send ids.json$/ }).click();
    await page.getByRole('menuitemradio', { name: 'As document' }).click();
    await expect.element(page.getByText(/^The server reads/)).not.toBeInTheDocument();
  });

  it('says why it goes as a document', async () => {
    openWith({ kind: 'document', changes: [{ kind: 'not-data', why: 'utf-16' }] });
    await expect.element(page.getByText('Not sent as data: it is in UTF-16, and data is read as UTF-8')).toBeVisible();
  });
});

describe('data written by hand', () => {
  const data = aRecipe({
    id: 'data',
    name: 'Order',
    shape: { takes: ['json'], gives: ['text'], givesInChat: [], hasForm: false, formTakes: [], warnings: [] },
  });
  const openData = () =>
    openApp({
      recipes: { ...recipes, recipes: [data, ...recipes.recipes] },
      draft: {
        attachments: [],
        recipeId: 'data',
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

  it('is checked as it is written, and runs once it can be read', async () => {
    const bridge = openData();
    const field = page.getByLabelText('Data', { exact: true });
    await field.fill('{"a": 1\n"b": 2}');
    await expect.element(page.getByText('Line 2, character 1: a comma is missing.', { exact: true })).toBeVisible();
    await expect.element(run()).toHaveAttribute('aria-disabled', 'true');
    await field.fill('12');
    await expect
      .element(page.getByText('It has to be an object in { } or a list in [ ].', { exact: true }))
      .toBeVisible();
    await field.fill('[{"a": 1}]');
    await expect.element(page.getByText('Can be read')).toBeVisible();
    await expect.element(page.getByText('Sends data, to Home server')).toBeVisible();
    await expect.poll(() => bridge.requests('draft:edit').at(-1)).toEqual({ data: '[{"a": 1}]' });
  });

  it('says what the server would read as something else', async () => {
    openData();
    const field = page.getByLabelText('Data', { exact: true });
    await field.fill('{"id": 9007199254740993}');
    await expect
      .element(page.getByText('The server reads 9007199254740993 as 9007199254740992', { exact: true }))
      .toBeVisible();
    await field.fill('{"a": 1, "a": 2}');
    await expect.element(page.getByText(/“a” is in one object twice/)).toBeVisible();
  });

  it('is not lost with another recipe, which says that it will not be used', async () => {
    openData();
    await page.getByLabelText('Data', { exact: true }).fill('{');
    await page.getByRole('option', { name: /Caption/ }).click();
    await expect.element(page.getByText('Will not be used: this recipe takes no data')).toBeVisible();
    await expect.element(page.getByLabelText('Data', { exact: true })).toHaveValue('{');
  });
});
