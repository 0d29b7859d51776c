import { describe, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { FormField } from '../../electron/contract/views.ts';
import { aField, aForm, aText, openForm, someFiles } from './support/form-samples.ts';
import { dragged, fire } from './support/launcher.ts';
import { anAttachment } from './support/samples.ts';
import type { ScriptedBridge } from './support/scripted-bridge.ts';

const label = (name: string) => page.getByLabelText(name, { exact: true });
const wrote = (bridge: ScriptedBridge) => expect.poll(() => bridge.requests('draft:edit').at(-1)?.values);

describe('a file of a form', () => {
  const pictures = (): readonly FormField[] => [
    aField('Photo', { control: someFiles() }),
    aField('Mask', { control: someFiles() }),
    aField('Sound', { control: someFiles({ accepts: ['audio'] }) }),
  ];
  const removers = (field: string) =>
    page.getByRole('group', { name: field, exact: true }).getByRole('button', { name: /^Remove / });
  const choose = async (item: string): Promise<void> => {
    await page.getByRole('button', { name: 'More for hills.png' }).first().click();
    await page.getByRole('menuitem', { name: item, exact: true }).click();
  };
  const hills = anAttachment({ id: 'hills', name: 'hills.png' });

  it('moves to another field that takes it', async () => {
    openForm(aForm(pictures()), { draft: { attachments: [hills] } });
    await page.getByRole('button', { name: 'More for hills.png' }).click();
    await expect.element(page.getByRole('menuitem', { name: 'Use in Mask too' })).toBeVisible();
    await expect.element(page.getByRole('menuitem', { name: /Sound/ })).not.toBeInTheDocument();
    await page.getByRole('menuitem', { name: 'Move to Mask' }).click();
    await expect.element(removers('Mask')).toHaveAccessibleName('Remove hills.png');
    await expect.element(removers('Photo')).not.toBeInTheDocument();
  });

  it('fills two fields', async () => {
    openForm(aForm(pictures()), { draft: { attachments: [hills] } });
    await choose('Use in Mask too');
    await expect.element(removers('Mask')).toHaveAccessibleName('Remove hills.png');
    await expect.element(removers('Photo')).toHaveAccessibleName('Remove hills.png');
  });

  it('is swapped with the file of a field that takes one', async () => {
    const harbour = anAttachment({ id: 'harbour', name: 'harbour.png' });
    openForm(aForm(pictures()), { draft: { attachments: [hills, harbour] } });
    await choose('Swap with the file of Mask');
    await expect.element(removers('Mask')).toHaveAccessibleName('Remove hills.png');
    await expect.element(removers('Photo')).toHaveAccessibleName('Remove harbour.png');
  });
});

describe('two drops on two fields at once', () => {
  it('each fill their own field', async () => {
    const bridge = openForm(
      aForm([aField('Photo', { control: someFiles() }), aField('More', { control: someFiles({ isMany: true }) })]),
    );
    await expect.element(page.getByRole('group', { name: 'More' })).toBeVisible();
    const png = (name: string): DataTransfer => dragged([new File(['x'], name, { type: 'image/png' })]);
    fire(page.getByRole('group', { name: 'Photo' }).element(), 'drop', png('one.png'));
    fire(page.getByRole('group', { name: 'More' }).element(), 'drop', png('two.png'));
    const filled = () => bridge.requests('draft:fill-field').map(({ attachmentId, field }) => [attachmentId, field]);
    await expect
      .poll(() => filled().map(([id, field]) => [id?.split('/').at(-1), field]))
      .toEqual([
        ['one.png', 'Photo'],
        ['two.png', 'More'],
      ]);
  });
});

describe('a dropped text', () => {
  const text = (words: string) => dragged([], { 'text/plain': words });

  it('is written at the caret of the field under the pointer, and Ctrl+Z takes it back', async () => {
    const bridge = openForm(aForm([aField('Topic'), aField('Body', { control: aText({ isLong: true }) })]));
    await label('Topic').fill('sea: ');
    fire(label('Topic').element(), 'drop', text('harbour'));
    await wrote(bridge).toMatchObject({ Topic: 'sea: harbour' });
    expect(bridge.requests('draft:add')).toEqual([]);
    await userEvent.keyboard('{Control>}z{/Control}');
    await expect.element(label('Topic')).toHaveValue('sea: ');
  });

  it('goes into the first empty text field, a long one first, and that can be undone', async () => {
    const bridge = openForm(aForm([aField('Topic'), aField('Body', { control: aText({ isLong: true }) })]));
    await expect.element(label('Body')).toBeVisible();
    fire(document.body, 'drop', text('harbour'));
    await wrote(bridge).toEqual({ Body: 'harbour' });
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect.element(label('Body')).toHaveValue('');
    expect(bridge.requests('draft:add')).toEqual([]);
  });
});
