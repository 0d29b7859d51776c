import { describe, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { FormField } from '../../electron/contract/views.ts';
import { aField, aForm, aNumber, aText, openForm, someFiles } from './support/form-samples.ts';
import { run } from './support/launcher.ts';
import { anAttachment } from './support/samples.ts';
import { failure, type ScriptedBridge } from './support/scripted-bridge.ts';

const label = (name: string) => page.getByLabelText(name, { exact: true });
const wrote = (bridge: ScriptedBridge) => expect.poll(() => bridge.requests('draft:edit').at(-1)?.values);
const options = ['Natural', 'Film', 'Paint'].map((name) => ({ value: name.toLowerCase(), label: name }));

describe('the controls of a form', () => {
  it('write their values', async () => {
    const bridge = openForm(
      aForm([
        aField('Prompt', { control: aText({ isLong: true }) }),
        aField('Width', { control: aNumber({ min: 0, max: 100, step: 10 }), initial: 50 }),
        aField('Enlarge', { control: { kind: 'checkbox' }, initial: false }),
        aField('Style', { control: { kind: 'choice', options, sends: 'one' }, initial: 'natural' }),
        aField('Uses', { control: { kind: 'choice', options, sends: 'many' }, initial: [] }),
        aField('Day', { control: { kind: 'date', has: 'date', writes: 'day' } }),
        aField('Ground', { control: { kind: 'colour' } }),
        aField('More', { control: { kind: 'json', type: 'x' }, initial: null }),
      ]),
    );
    await label('Prompt').fill('a harbour');
    await wrote(bridge).toMatchObject({ Prompt: 'a harbour' });
    await label('Width').fill('60');
    await wrote(bridge).toMatchObject({ Width: 60 });
    await label('Width, slider').fill('70');
    await expect.element(label('Width')).toHaveValue('70');
    await label('Enlarge').click();
    await wrote(bridge).toMatchObject({ Width: 70, Enlarge: true });
    await page.getByRole('radio', { name: 'Film' }).click();
    await page.getByRole('checkbox', { name: 'Paint' }).click();
    await label('Day').fill('2026-05-24');
    await label('Ground').fill('#3366cc');
    await label('More').fill('{"a": [1]}');
    await wrote(bridge).toMatchObject({
      Style: 'film',
      Uses: ['paint'],
      Day: '2026-05-24',
      Ground: '#3366cc',
      More: { a: [1] },
    });
  });

  it('show a long list of options as one to open', async () => {
    const many = Array.from({ length: 6 }, (_, index) => ({ value: index, label: `Number ${index}` }));
    const bridge = openForm(aForm([aField('Which', { control: { kind: 'choice', options: many, sends: 'one' } })]));
    await page.getByRole('combobox', { name: 'Which' }).selectOptions('Number 4');
    await wrote(bridge).toEqual({ Which: 4 });
  });

  it('ask for nothing that the message sends in their place', async () => {
    const dish = aField('Dish', { sendAs: 'text', isRequired: true, initial: '' });
    openForm(aForm([dish]), { takes: ['text'], draft: { message: 'Macarons' } });
    await expect.element(page.getByText('Sent in place of the field Dish')).toBeVisible();
    await run().click();
    await expect.element(page.getByText('Fill it in.')).not.toBeInTheDocument();
    await page.getByLabelText('Message').fill('');
    await run().click();
    await expect.element(page.getByText('Fill it in.')).toBeVisible();
  });

  it('start with the values of the last run, unless the draft has some', async () => {
    const bridge = openForm(aForm([aField('Prompt'), aField('Other', { initial: 'first' })]), {
      lastValues: { Prompt: 'as before', Gone: 1 },
    });
    await expect.element(label('Prompt')).toHaveValue('as before');
    await expect.element(label('Other')).toHaveValue('first');
    await wrote(bridge).toEqual({ Prompt: 'as before' });
  });
});

describe('what is wrong in a form', () => {
  const width = (): FormField =>
    aField('Width', { control: aNumber({ min: 0, max: 2000, step: 8, isWhole: true }), initial: 512 });

  it('is said once a field was left, with the values that would do', async () => {
    const bridge = openForm(aForm([width()]));
    await label('Width').fill('700');
    await expect.element(page.getByText('Use a multiple of 8.')).not.toBeInTheDocument();
    await userEvent.tab();
    await expect.element(page.getByText('Use a multiple of 8.')).toBeVisible();
    await expect.element(label('Width')).toHaveAttribute('aria-invalid', 'true');
    await expect.element(page.getByText('Width needs another value.')).toBeVisible();
    await page.getByRole('button', { name: 'Use 704' }).click();
    await expect.element(label('Width')).toHaveValue('704');
    await wrote(bridge).toEqual({ Width: 704 });
  });

  it('gets the focus with Run, and nothing is sent', async () => {
    const parts = [
      {
        kind: 'group',
        look: 'tabs',
        across: 1,
        title: '',
        pages: [
          { title: 'One', parts: [{ kind: 'field', key: 'Width' }] },
          { title: 'Two', parts: [{ kind: 'field', key: 'Prompt' }] },
        ],
      },
    ] as const;
    const bridge = openForm(aForm([width(), aField('Prompt', { isRequired: true })], { parts }));
    await expect.element(label('Width')).toBeVisible();
    await run().click();
    await expect.element(label('Prompt')).toHaveFocus();
    await expect.element(page.getByText('Fill it in.')).toBeVisible();
    await expect.element(page.getByRole('tab', { name: /Two/ })).toHaveAttribute('aria-selected', 'true');
    expect(bridge.requests('runs:start')).toEqual([]);
    await label('Prompt').fill('x');
    await userEvent.keyboard('{Control>}{Enter}{/Control}');
    await expect.poll(() => bridge.requests('runs:start')).toHaveLength(1);
    expect(bridge.requests('draft:edit').at(-1)).toEqual({ values: { Prompt: 'x' } });
  });

  it('is also text that is not JSON', async () => {
    const bridge = openForm(aForm([aField('More', { control: { kind: 'json', type: 'x' }, initial: null })]));
    await label('More').fill('{');
    await run().click();
    await expect.element(page.getByText('This cannot be read as JSON.')).toBeVisible();
    expect(bridge.requests('runs:start')).toEqual([]);
  });
});

describe('a form', () => {
  it('hides a field until its condition holds', async () => {
    openForm(
      aForm([
        aField('More', { control: { kind: 'checkbox' }, initial: false }),
        aField('Detail', { condition: { key: 'More', value: 'true', shows: true } }),
      ]),
    );
    await expect.element(label('Detail')).not.toBeInTheDocument();
    await label('More').click();
    await expect.element(label('Detail')).toBeVisible();
  });

  it('goes back to its defaults, one field or all, and that can be undone', async () => {
    openForm(aForm([aField('Prompt', { initial: 'sea' }), aField('Other')]));
    await label('Prompt').fill('hills');
    await page.getByRole('button', { name: /^Default: sea.*Reset Prompt$/ }).click();
    await expect.element(label('Prompt')).toHaveValue('sea');
    await label('Other').fill('x');
    await page.getByRole('button', { name: 'Back to defaults' }).click();
    await expect.element(label('Other')).toHaveValue('');
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect.element(label('Other')).toHaveValue('x');
  });

  it('shows the files of its fields there, and says what fills none', async () => {
    const pdf = anAttachment({ id: 'a2', kind: 'document', name: 'terms.pdf' });
    openForm(aForm([aField('Picture', { control: someFiles() })]), {
      draft: { attachments: [anAttachment({ name: 'sea.png' }), pdf] },
    });
    const group = page.getByRole('group', { name: 'Picture' });
    await expect.element(group.getByRole('button', { name: 'Remove sea.png' })).toBeVisible();
    await expect.element(page.getByText('Fills no field of the form. It will not be used.')).toBeVisible();
    await expect.element(label('Message')).not.toBeInTheDocument();
    await expect.element(page.getByText('Takes a form. Gives back images.')).toBeVisible();
    await expect.element(page.getByText(/^Sends the form and|^Sends 1 file/)).toBeVisible();
  });

  it('has its field in place of the message box, and says what Omnitool does not use', async () => {
    openForm(aForm([aField('Question', { sendAs: 'text' }), aField('Other', { sendAs: null })]), { takes: ['text'] });
    await expect.element(label('Question')).toBeVisible();
    await expect.element(label('Message')).not.toBeInTheDocument();
    await expect.element(page.getByText('Omnitool does not use this field.')).toBeVisible();
  });

  it('can be loaded again when that failed', async () => {
    const form = aForm([aField('Prompt')]);
    const bridge = openForm(form);
    bridge.script('recipes:detail', () => failure('unreachable'));
    const retry = page.getByRole('button', { name: 'Try again' });
    await expect.element(retry).toBeVisible();
    await expect.element(page.getByText('The form could not be loaded.')).toBeVisible();
    bridge.script('recipes:detail', ({ recipeId }) => ({
      ok: true,
      value: { recipeId, category: '', help: '', blocks: 2, form, lastValues: {} },
    }));
    await retry.click();
    await expect.element(label('Prompt')).toBeVisible();
  });
});

describe('what will be sent', () => {
  const fields = [
    aField('Style', { control: { kind: 'choice', options, sends: 'one' }, initial: 'film' }),
    aField('Ignored', { sendAs: null, initial: 'a' }),
    aField('Photo', { control: someFiles() }),
    aField('Note'),
  ];
  const lines = (list: HTMLElement): readonly string[] =>
    [...list.querySelectorAll('dt, dd')].map(({ textContent }) => textContent.trim());

  it('stands beside the form where there is room, with each value as it is sent', async () => {
    await page.viewport(1_280, 800);
    const photo = anAttachment({ name: 'hills.png', kind: 'image', size: 2_048 });
    openForm(aForm(fields), { draft: { attachments: [photo] } });
    const panel = page.getByRole('complementary', { name: 'What will be sent' });
    await expect.element(panel).toBeVisible();
    await label('Note').fill('hello');
    await expect
      .poll(() => lines(panel.element() as HTMLElement))
      .toEqual(['Style', 'Film', 'Ignored', 'Not sent', 'Photo', 'hills.png, 2 KB', 'Note', 'hello']);
  });

  it('can be opened below the form in a narrow window', async () => {
    await page.viewport(640, 800);
    openForm(aForm(fields));
    const isOpen = () => page.getByText('No file').element().checkVisibility();
    await expect.element(page.getByText('What will be sent')).toBeVisible();
    expect(isOpen()).toBe(false);
    await page.getByText('What will be sent').click();
    await expect.poll(isOpen).toBe(true);
    await page.viewport(960, 640);
  });
});

describe('dates', () => {
  it('with a zone are shown in local time', async () => {
    const at = new Date(2026, 4, 24, 17, 30);
    openForm(
      aForm([aField('When', { control: { kind: 'date', has: 'both', writes: 'iso' }, initial: at.toISOString() })]),
    );
    await expect.element(label('When')).toHaveValue('2026-05-24T17:30');
  });
});

describe('a form that is too large', () => {
  it('says so, and sends nothing until it is shorter', async () => {
    const bridge = openForm(aForm([aField('Body', { control: aText({ isLong: true }) })]));
    await expect.element(label('Body')).toBeVisible();
    const body = label('Body').element();
    if (!(body instanceof HTMLTextAreaElement)) throw new Error('No text field.');
    body.value = 'words and words\n'.repeat(320_000);
    body.dispatchEvent(new Event('input', { bubbles: true }));
    // A search for a text would read all of the field again and again.
    const messages = () => document.querySelector('[aria-label=Messages]')?.textContent;
    await expect.poll(messages).toContain('The form holds more than 5 million characters');
    expect(bridge.requests('draft:edit')).toEqual([]);
    body.value = 'short';
    body.dispatchEvent(new Event('input', { bubbles: true }));
    await wrote(bridge).toEqual({ Body: 'short' });
  });
});

describe('a form of 200 fields', () => {
  it('goes to its last field, which is wrong, and takes a value there', async () => {
    const fields = Array.from({ length: 200 }, (_, index) => aField(`Field ${index + 1}`));
    const bridge = openForm(aForm([...fields, aField('Last', { isRequired: true })]));
    await expect.element(label('Field 1')).toBeVisible();
    await run().click();
    await expect.element(label('Last')).toHaveFocus();
    await userEvent.keyboard('written');
    await wrote(bridge).toEqual({ Last: 'written' });
  });
});
