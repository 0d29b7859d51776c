import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { UsageError } from '../../../electron/cli/arguments.ts';
import { fillIn } from '../../../electron/cli/form-values.ts';
import { inputRows, inputSchema } from '../../../electron/cli/recipe-inputs.ts';
import { MAX_BYTES } from '../../../electron/contract/limits.ts';
import { readForm } from '../../../electron/core/model/form/read-form.ts';
import { formOf } from '../model/form/form-support.ts';

const field = (key: string, type: string, facts: object = {}) => ({ key, type, label: `The ${key}`, ...facts });
const options = {
  values: [
    { value: 'soft', label: 'Soft light' },
    { value: 2, label: 'Two' },
  ],
};
const form = readForm(
  formOf([
    field('prompt', 'textarea', { defaultValue: 'a cat', validate: { required: true, maxLength: 99 } }),
    field('width', 'number', { validate: { min: 1, max: 8, step: 0.5 } }),
    field('grid', 'checkbox'),
    field('look', 'radio', options),
    field('looks', 'selectboxes', options),
    field('picture', 'file', { filePattern: 'image/*', multiple: true }),
    field('odd', 'survey'),
  ]),
);
const recipe = { name: 'Painter', form };
const NAMES = 'It has prompt, width, grid, look, looks, picture and odd';

let folder = '';
beforeEach(async () => void (folder = await mkdtemp(join(tmpdir(), 'omnitray-form-'))));
afterEach(() => rm(folder, { recursive: true }));
const file = async (name: string, content: string): Promise<string> => {
  await writeFile(join(folder, name), content);
  return join(folder, name);
};

describe('fillIn', () => {
  it('reads each value as its field takes it', async () => {
    const set = ['prompt=a=b', 'width=2.5', 'grid=on', 'look=Soft light', 'looks=soft, 2', 'odd={"a":[1]}'];
    expect((await fillIn(recipe, set, null)).values).toEqual({
      ...{ prompt: 'a=b', width: 2.5, grid: true, look: 'soft', looks: { soft: true, 2: true }, odd: { a: [1] } },
    });
  });

  it('takes the text of a file for @, and a text that begins with @ for @@', async () => {
    const path = await file('prompt.txt', 'from a file\n');
    expect((await fillIn(recipe, [`prompt=@${path}`], null)).values).toEqual({ prompt: 'from a file\n' });
    expect((await fillIn(recipe, ['prompt=@@home'], null)).values).toEqual({ prompt: '@home' });
  });

  it('takes names by label too, and several files one by one', async () => {
    const filled = await fillIn(recipe, ['The picture=@/a.png', 'picture=/b.png', 'THE WIDTH=3'], null);
    expect(filled).toEqual({
      values: { width: 3 },
      files: [
        { path: '/a.png', field: 'picture' },
        { path: '/b.png', field: 'picture' },
      ],
    });
  });

  it('takes values of a file, with paths beside it, and --set before them', async () => {
    const path = await file('values.json', '{"width": 4, "grid": "no", "picture": ["a.png"], "prompt": "x"}');
    expect(await fillIn(recipe, ['width=5'], path)).toEqual({
      values: { width: 5, grid: false, prompt: 'x' },
      files: [{ path: join(folder, 'a.png'), field: 'picture' }],
    });
    expect((await fillIn(recipe, ['picture=/b.png'], path)).files).toEqual([{ path: '/b.png', field: 'picture' }]);
  });

  it.each([
    ['colour=red', `Painter has no input "colour". ${NAMES}`],
    ['width', '--set needs a name and a value, such as width=512, not "width"'],
    ['width=wide', 'width takes a number, not "wide"'],
    ['grid=maybe', 'grid takes true or false, not "maybe"'],
    ['look=hard', 'look takes soft or 2, not "hard"'],
    ['odd={', 'odd takes JSON'],
    ['prompt=@/no/such/file', 'There is no file "/no/such/file".'],
    ['prompt=@/', '"/" is a folder. Name the files in it.'],
    ['prompt=@/dev/null', '/dev/null is not a file.'],
    ['promt=a', `Painter has no input "promt". Did you mean prompt? ${NAMES}`],
    ['The_Width=a', `Painter has no input "The_Width". Did you mean The width? ${NAMES}`],
  ])('refuses %s', async (setting, message) => {
    await expect(fillIn(recipe, [setting], null)).rejects.toThrow(new UsageError(message));
  });

  it('refuses a file that is not UTF-8 or too large, and reads one with a byte order mark', async () => {
    const latin = join(folder, 'latin.txt');
    await writeFile(latin, Buffer.from('caf\u{e9}', 'latin1'));
    await expect(fillIn(recipe, [`prompt=@${latin}`], null)).rejects.toThrow('is not text in UTF-8. Save it as UTF-8');
    const large = await file('large.txt', '');
    await truncate(large, MAX_BYTES + 1);
    await expect(fillIn(recipe, [`prompt=@${large}`], null)).rejects.toThrow('is larger than 32 MB');
    const marked = await file('marked.txt', '\u{feff}Hello');
    expect((await fillIn(recipe, [`prompt=@${marked}`], null)).values).toEqual({ prompt: 'Hello' });
    await expect(fillIn(recipe, [], await file('values.json', '[1]'))).rejects.toThrow('is not a JSON object');
    await expect(fillIn(recipe, [], join(folder, 'none.json'))).rejects.toThrow('There is no file');
  });

  it('refuses values for a recipe without a form', async () => {
    const message = 'Echo has no form, so --set and --values have no use';
    await expect(fillIn({ name: 'Echo', form: null }, ['a=b'], null)).rejects.toThrow(message);
    expect(await fillIn({ name: 'Echo', form: null }, [], null)).toEqual({ values: {}, files: [] });
  });
});

it('describes each input in a row', () => {
  expect(form === null ? [] : inputRows(form)).toEqual([
    ['  prompt', 'The prompt: text, at most 99 characters', 'a cat'],
    ['  width', 'The width: number from 1 to 8, in steps of 0.5', ''],
    ['  grid', 'The grid: true or false', 'Off'],
    ['  look', 'The look: soft or 2', ''],
    ['  looks', 'The looks: some of soft, 2', 'Empty'],
    ['  picture', 'The picture: images', ''],
    ['  odd', 'The odd: JSON (survey)', ''],
  ]);
});

it('says in the JSON Schema what a required field needs', () => {
  const needed = (key: string, type: string, facts: object = {}) =>
    field(key, type, { validate: { required: true }, ...facts });
  const all = readForm(
    formOf([
      needed('text', 'textfield', { description: 'A name.' }),
      needed('yes', 'checkbox'),
      needed('some', 'select', { multiple: true, data: options }),
      needed('file', 'file', { description: 'Of a cat.' }),
      needed('files', 'file', { multiple: true }),
      field('code', 'textfield', { validate: { pattern: '[A-Z]{3}', minLength: 3 } }),
    ]),
  );
  expect(all === null ? {} : inputSchema(all)).toEqual({
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    type: 'object',
    additionalProperties: false,
    required: ['text', 'yes', 'some', 'file', 'files'],
    properties: {
      text: { title: 'The text', description: 'A name.', type: 'string', minLength: 1 },
      yes: { title: 'The yes', const: true },
      some: { title: 'The some', type: 'array', items: { enum: ['soft', 2] }, minItems: 1 },
      file: { title: 'The file', description: 'Of a cat. The path of a file.', type: 'string' },
      files: {
        title: 'The files',
        description: 'Paths of files.',
        type: 'array',
        items: { type: 'string' },
        minItems: 1,
      },
      code: { title: 'The code', type: 'string', pattern: '^(?:[A-Z]{3})?$' },
    },
  });
});

it('describes the inputs as a JSON Schema', () => {
  expect(form === null ? {} : inputSchema(form)).toMatchObject({
    type: 'object',
    // The prompt holds a text already.
    required: [],
    additionalProperties: false,
    properties: {
      prompt: { type: 'string', title: 'The prompt', maxLength: 99, default: 'a cat' },
      width: { type: 'number', minimum: 1, maximum: 8 },
      grid: { type: 'boolean', default: false },
      look: { enum: ['soft', 2] },
      looks: { properties: { soft: { type: 'boolean' } }, additionalProperties: false },
      picture: { type: 'array', description: 'Paths of files.' },
      odd: { title: 'The odd' },
    },
  });
});
