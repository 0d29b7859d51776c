import { expect, it } from 'vitest';
import { page } from 'vitest/browser';
import { openApp } from './support/open.ts';
import { aRecipe } from './support/samples.ts';

const LONG = 'a'.repeat(5_000_001);

const open = () =>
  openApp({
    recipes: { status: 'ready', recipes: [aRecipe()], listedAt: Date.now(), problem: null, lastUsedFor: {} },
    draft: {
      attachments: [],
      recipeId: aRecipe().id,
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

it('a message that is too long is said so with the number, and goes as a file on a click', async () => {
  const bridge = open();
  const field = page.getByLabelText('Message');
  await expect.element(field).toBeVisible();
  const input = field.element();
  if (!(input instanceof HTMLTextAreaElement)) throw new Error('The message is no text field.');
  input.value = LONG;
  input.dispatchEvent(new InputEvent('input', { bubbles: true }));
  await expect.element(page.getByText('A text has at most 5,000,000 characters here.')).toBeVisible();
  expect(bridge.requests('draft:edit')).toEqual([]);
  await page.getByRole('button', { name: 'Add as a file' }).click();
  await expect.element(field).toHaveValue('');
  expect(bridge.requests('draft:add')).toEqual([
    {
      paths: [],
      texts: [],
      unsaved: [{ name: 'Message.txt', size: LONG.length, bytes: expect.any(Uint8Array) as Uint8Array }],
    },
  ]);
});

it('a dropped text that is too long is a text file', async () => {
  const bridge = open();
  await expect.element(page.getByLabelText('Message')).toBeVisible();
  const dataTransfer = new DataTransfer();
  dataTransfer.setData('text/plain', LONG);
  for (const type of ['dragenter', 'drop'])
    document.body.dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true }));
  await expect.poll(() => bridge.requests('draft:add')).toHaveLength(1);
  expect(bridge.requests('draft:add')[0]).toMatchObject({ texts: [], unsaved: [{ name: 'Dropped text.txt' }] });
});
