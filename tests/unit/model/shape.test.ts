import { describe, expect, it } from 'vitest';
import type { RecipeNode } from '../../../electron/core/omnitool/recipe-schema.ts';
import { shapeOf } from '../../../electron/core/model/shape.ts';

const INPUT = 'omnitool.chat_input';
const OUTPUT = 'omnitool.recipe_output';
const CHAT = 'omnitool.chat_output';

const to = (...nodes: string[]) => ({ connections: nodes.map((node) => ({ node })) });
const nowhere = { connections: [] };
const off = { xOmniEnabled: false };
/** A block. Its connections lead to existing blocks unless a test says otherwise. */
const node = (id: string, name: string, facts: Partial<RecipeNode> = {}): RecipeNode => ({
  id,
  name,
  data: {},
  inputs: {},
  outputs: {},
  ...facts,
});
const work = (id: string, facts: Partial<RecipeNode> = {}) => node(id, 'extension:work', facts);

describe('what a recipe takes', () => {
  it('is what is connected', () => {
    const input = node('1', INPUT, { outputs: { text: nowhere, images: to('2'), other: to('2') } });
    expect(shapeOf([input, work('2')]).takes).toEqual(['images']);
  });

  it('is what any of several chat inputs takes, in a fixed order', () => {
    const nodes = [
      node('1', INPUT, { outputs: { documents: to('3'), text: to('3') } }),
      node('2', INPUT, { outputs: { images: to('3'), text: to('3') } }),
      work('3'),
    ];
    expect(shapeOf(nodes).takes).toEqual(['text', 'images', 'documents']);
  });

  it('leaves out a disabled chat input, and outputs that lead only to disabled blocks', () => {
    const nodes = [
      node('1', INPUT, { outputs: { audio: to('4') }, data: off }),
      node('2', INPUT, { outputs: { text: to('3'), images: to('3', '4') } }),
      work('3', { data: off }),
      work('4'),
    ];
    expect(shapeOf(nodes).takes).toEqual(['images']);
  });
});

describe('the text that a recipe has of its own', () => {
  const input = (data: RecipeNode['data'], outputs: RecipeNode['outputs'] = { text: to('9') }) =>
    node('1', INPUT, { data, outputs });

  it('is the one that is saved in a chat input, in one line', () => {
    expect(shapeOf([input({ text: 'Hi!\n  How are you?' }), work('9')]).ownText).toBe('Hi! How are you?');
    expect(shapeOf([input({ text: 'long '.repeat(900) }), work('9')]).ownText).toHaveLength(300);
  });

  it('is none where the block is off, leads nowhere, or holds no text', () => {
    for (const data of [{}, { text: '' }, { text: ' \n' }, { text: 7 }, { text: 'Hi', ...off }])
      expect(shapeOf([input(data), work('9')])).not.toHaveProperty('ownText');
    const fed = node('1', INPUT, { data: { text: 'Hi' }, inputs: { text: to('9') }, outputs: { text: to('9') } });
    expect(shapeOf([fed, work('9')])).not.toHaveProperty('ownText');
    expect(shapeOf([input({ text: 'Hi' }, { text: nowhere, images: to('9') }), work('9')])).not.toHaveProperty(
      'ownText',
    );
  });
});

describe('what a recipe gives', () => {
  it('is what is connected to its output block', () => {
    const nodes = [work('1'), node('2', OUTPUT, { inputs: { text: to('1'), videos: nowhere, objects: to('1') } })];
    expect(shapeOf(nodes)).toMatchObject({ gives: ['text', 'objects'], givesInChat: [], warnings: [] });
  });

  it('counts an input with a value', () => {
    const data = { text: 'Always this', images: '', files: [], 'x-omni-title': 'The end' };
    expect(shapeOf([node('1', OUTPUT, { data })]).gives).toEqual(['text']);
  });

  it('leaves out inputs connected only to disabled blocks', () => {
    const nodes = [work('1', { data: off }), node('2', OUTPUT, { inputs: { text: to('1') } })];
    expect(shapeOf(nodes)).toMatchObject({ gives: [], warnings: ['no-output'] });
  });

  it('maps the input names of the chat output', () => {
    const inputs = Object.fromEntries(
      ['text', 'images', 'audio', 'documents', 'video', 'file', 'object'].map((socket) => [socket, to('1')]),
    );
    expect(shapeOf([work('1'), node('2', CHAT, { inputs, data: { textType: 'text/markdown' } })])).toMatchObject({
      gives: [],
      givesInChat: ['text', 'images', 'audio', 'documents', 'videos', 'files', 'objects'],
      warnings: ['chat-only'],
    });
  });

  it('separates results from chat', () => {
    const nodes = [
      work('1'),
      node('2', OUTPUT, { inputs: { text: to('1') } }),
      node('3', CHAT, { inputs: { images: to('1') } }),
    ];
    expect(shapeOf(nodes)).toMatchObject({ gives: ['text'], givesInChat: ['images'], warnings: [] });
  });
});

describe('warnings', () => {
  it('for a file that goes to the File Manager', () => {
    const stores = node('2', 'omnitool.file_output', { inputs: { text: to('1') } });
    expect(shapeOf([work('1'), stores]).warnings).toEqual(['file-output']);
    expect(shapeOf([work('1'), { ...stores, data: off }]).warnings).toEqual(['no-output']);
  });

  it('for a disabled output', () => {
    const nodes = [work('1'), node('2', OUTPUT, { inputs: { text: to('1') }, data: off })];
    expect(shapeOf(nodes).warnings).toEqual(['no-output', 'output-off']);
    const chat = node('3', CHAT, { inputs: { text: to('1') } });
    expect(shapeOf([...nodes, chat]).warnings).toEqual(['output-off', 'chat-only']);
    const second = node('4', OUTPUT, { inputs: { text: to('1') } });
    expect(shapeOf([...nodes, second]).warnings).toEqual([]);
  });

  it('for several outputs', () => {
    const inputs = { text: to('1') };
    const nodes = [work('1'), node('2', OUTPUT, { inputs }), node('3', OUTPUT, { inputs })];
    expect(shapeOf(nodes).warnings).toEqual(['several-outputs']);
  });

  it.each([
    ['omni-core-formio:formio.auto_ui', {}, true],
    ['formio.auto_ui', {}, true],
    ['omni-core-formio:formio.auto_ui', off, false],
    ['omni-core-formio:formio.auto_ui_styles', {}, false],
  ])('for a form: %s %j', (name, data, hasForm) => {
    const shape = shapeOf([node('1', name, { data })]);
    expect(shape.hasForm).toBe(hasForm);
  });

  it.each([
    ['a field for images', [{ type: 'file', key: 'a', image: true }], ['image']],
    [
      'a drawing and a field for sound',
      [
        { type: 'imagedraw', key: 'a' },
        { type: 'file', key: 'b', filePattern: 'audio/*' },
      ],
      ['image', 'audio'],
    ],
    ['a field for any file', [{ type: 'file', key: 'a' }], ['image', 'audio', 'video', 'document', 'json']],
    ['a form without files', [{ type: 'textfield', key: 'a' }], []],
  ])('for the files of a form: %s', (_, components, formTakes) => {
    const data = { source: { components }, 'x-omni-dynamicInputs': {} };
    expect(shapeOf([node('1', 'formio.auto_ui', { data })]).formTakes).toEqual(formTakes);
  });

  it('for unreadable blocks: counted, or missing at the end of a connection', () => {
    const output = node('2', OUTPUT, { inputs: { text: to('1') } });
    expect(shapeOf([output])).toMatchObject({ gives: ['text'], warnings: ['unknown-blocks'] });
    expect(shapeOf([work('1'), output], 1).warnings).toEqual(['unknown-blocks']);
    expect(shapeOf([work('1'), output]).warnings).toEqual([]);
  });

  it('for a recipe without blocks', () => {
    expect(shapeOf([])).toEqual({
      takes: [],
      gives: [],
      givesInChat: [],
      hasForm: false,
      formTakes: [],
      warnings: ['no-output'],
    });
  });
});
