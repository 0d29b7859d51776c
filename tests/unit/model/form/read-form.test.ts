import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formDataOf } from '../../../../electron/core/model/form/form-block.ts';
import { readForm } from '../../../../electron/core/model/form/read-form.ts';
import { describeField, formOf } from './form-support.ts';

const field = (type: string, facts: object = {}) => ({ type, key: 'a', label: 'A', input: true, ...facts });
const read = (...args: Parameters<typeof formOf>) => readForm(formOf(...args));
const controlOf = (type: string, facts: object = {}, input?: object) =>
  read([field(type, facts)], input === undefined ? {} : { a: input })?.fields[0]?.control;

describe('a form', () => {
  it('is that of the enabled form blocks, under both names of the extension', () => {
    const node = (name: string, data: Readonly<Record<string, unknown>>) => ({
      id: name,
      name,
      data,
      inputs: {},
      outputs: {},
    });
    const nodes = [
      node('omni-core-formio:formio.auto_ui', { n: 1 }),
      node('omni-extension-formio:formio.auto_ui', { n: 2 }),
      node('omni-core-formio:formio.auto_ui', { xOmniEnabled: false }),
      node('omnitool.chat_input', { n: 3 }),
    ];
    expect(formDataOf(nodes)).toEqual([{ n: 1 }, { n: 2 }]);
    expect(readForm([])).toBeNull();
  });

  it('is read from a schema that is a text', () => {
    const source = JSON.stringify({ components: [field('textfield')] });
    expect(readForm(formOf([], {}, { source }))?.fields.map(describeField)).toEqual(['a: text ""']);
  });

  it('says when its schema cannot be read', () => {
    for (const source of ['{', 7, null, '[1]', '['.repeat(5_000)])
      expect(readForm(formOf([], { a: {} }, { source }))).toEqual({
        fields: [],
        parts: [],
        unshown: ['a'],
        notes: ['incomplete'],
      });
  });
});

describe('a control', () => {
  it.each([
    ['textfield', {}, { kind: 'text', isLong: false, format: 'any' }],
    [
      'textarea',
      { validate: { minLength: '2', maxLength: 9 } },
      { kind: 'text', isLong: true, minLength: 2, maxLength: 9 },
    ],
    ['email', {}, { kind: 'text', format: 'email' }],
    ['url', {}, { kind: 'text', format: 'url' }],
    ['textfield', { validate: { pattern: '[a-z]+' } }, { kind: 'text', pattern: '[a-z]+' }],
    ['textfield', { validate: { pattern: '(a+)+b' } }, { kind: 'text', pattern: null }],
    ['textfield', { validate: { pattern: '(' } }, { kind: 'text', pattern: null }],
    ['textfield', { inputType: 'color' }, { kind: 'colour' }],
    [
      'number',
      { validate: { min: 1, max: '8', step: 0.5 } },
      { kind: 'number', min: 1, max: 8, step: 0.5, isWhole: false },
    ],
    ['number', { validate: { integer: true, step: 'any' } }, { kind: 'number', min: null, step: null, isWhole: true }],
    ['checkbox', {}, { kind: 'checkbox' }],
    [
      'radio',
      { values: [{ value: 'x', label: 'Ex' }] },
      { kind: 'choice', sends: 'one', options: [{ value: 'x', label: 'Ex' }] },
    ],
    [
      'select',
      { data: { values: [{ value: 1, label: '' }] } },
      { kind: 'choice', sends: 'one', options: [{ value: 1, label: '1' }] },
    ],
    ['select', { data: { json: ['x', 'y'] }, multiple: true }, { kind: 'choice', sends: 'many' }],
    ['selectboxes', { values: [{ value: 'x', label: 'Ex' }] }, { kind: 'choice', sends: 'flags' }],
    ['datetime', {}, { kind: 'date', has: 'both', writes: 'iso' }],
    ['datetime', { enableTime: false }, { kind: 'date', has: 'date' }],
    ['day', {}, { kind: 'date', has: 'date', writes: 'day' }],
    ['time', {}, { kind: 'date', has: 'time', writes: 'time' }],
    [
      'file',
      { filePattern: 'image/*, .pdf', multiple: true },
      { kind: 'files', accepts: ['image', 'document'], isMany: true },
    ],
    ['file', { filePattern: '*' }, { kind: 'files', accepts: [], isMany: false }],
    ['imagedraw', {}, { kind: 'files', accepts: ['image'], isDrawing: true }],
    ['survey', {}, { kind: 'json', type: 'survey' }],
    ['textfield', { multiple: true }, { kind: 'json', type: 'textfield' }],
  ])('%s %j', (type, facts, control) => {
    expect(controlOf(type, facts)).toMatchObject(control);
  });

  it('takes limits and choices of the block where the form has none', () => {
    expect(controlOf('number', {}, { minimum: 1, maximum: 9 })).toMatchObject({ min: 1, max: 9 });
    expect(controlOf('select', {}, { choices: [{ value: 'x', title: 'Ex' }] })).toMatchObject({
      options: [{ value: 'x', label: 'Ex' }],
    });
  });

  it('takes files where the block takes files, whatever the form says', () => {
    expect(controlOf('textfield', {}, { customSocket: 'imageArray' })).toMatchObject({
      ...{ kind: 'files', accepts: ['image'], isMany: true, isPlain: true },
    });
    expect(controlOf('file', {}, { customSocket: 'audio', socketOpts: { array: true } })).toMatchObject({
      ...{ accepts: ['audio'], isMany: true, isPlain: false },
    });
  });

  it('of a choice that comes from an address is a text, and the form says that it is incomplete', () => {
    const form = read([field('select', { dataSrc: 'url', data: { url: 'https://example.org' } })]);
    expect(form?.fields.map(describeField)).toEqual(['a: text ""']);
    expect(form?.notes).toEqual(['incomplete']);
  });
});

describe('what a field holds at first', () => {
  it.each([
    ['the default of the form', field('textfield', { defaultValue: 'x' }), { a: 'saved' }, 'x'],
    ['the saved value where the form has no default', field('textfield'), { a: 'saved' }, 'saved'],
    ['the default of the block after that', field('textfield'), { a: '' }, 'of the block'],
    ['a number for a number', field('number', { defaultValue: '7' }), {}, 7],
    ['on or off for a checkbox', field('checkbox', { defaultValue: 'false' }), {}, false],
    ['one of its choices', field('radio', { values: [{ value: 1 }], defaultValue: '1' }), {}, 1],
    ['nothing that is no choice', field('radio', { values: [{ value: 1 }], defaultValue: 'x' }), {}, null],
    [
      'each option of flags',
      field('selectboxes', { values: [{ value: 'x' }], defaultValue: { x: true } }),
      {},
      { x: true },
    ],
    ['no file, as a sample lies on another server', field('file', { defaultValue: 'x.png' }), {}, []],
  ])('%s', (_, component, data, initial) => {
    expect(read([component], { a: { default: 'of the block' } }, data)?.fields[0]?.initial).toEqual(initial);
  });
});

describe('where a field is sent', () => {
  it('is its key, and nowhere where the block has no such input or the key fails the job', () => {
    const keys = ['a', 'b', 'error', 'submit'].map((key) => field('textfield', { key }));
    const form = read(keys, { a: {}, error: {}, c: {} });
    expect(form?.fields.map(({ sendAs }) => sendAs)).toEqual(['a', null, null, null]);
    expect(form?.unshown).toEqual(['error', 'c']);
  });

  it('is the only input for files where the only field for files has another name', () => {
    const image = { customSocket: 'image' };
    expect(read([field('imagedraw')], { image })?.fields.map(describeField)).toEqual(['a: drawing image [] -> image']);
    const twoInputs = read([field('imagedraw')], { image, other: image });
    const twoFields = read([field('imagedraw'), field('file', { key: 'b' })], { image });
    const otherKind = read([field('imagedraw')], { sound: { customSocket: 'audio' } });
    for (const form of [twoInputs, twoFields, otherKind]) expect(form?.fields[0]?.sendAs).toBeNull();
  });
});

describe('the parts of a form', () => {
  const inner = [field('textfield')];

  it('keep tabs, panels, columns, tables and fieldsets', () => {
    const more = [field('textfield', { key: 'b' })];
    const form = read([
      {
        type: 'tabs',
        components: [
          { label: 'One', components: inner },
          { label: 'Two', components: more },
        ],
      },
      { type: 'panel', title: '<b>Panel</b>', components: [field('checkbox', { key: 'c' })] },
      {
        type: 'table',
        rows: [[{ components: [field('number', { key: 'd' })] }, {}], [{ components: [field('email', { key: 'e' })] }]],
      },
    ]);
    expect(form?.parts).toEqual([
      {
        ...{ kind: 'group', look: 'tabs', title: '', across: 1 },
        pages: [
          { title: 'One', parts: [{ kind: 'field', key: 'a' }] },
          { title: 'Two', parts: [{ kind: 'field', key: 'b' }] },
        ],
      },
      {
        ...{ kind: 'group', look: 'panel', title: 'Panel', across: 1 },
        pages: [{ title: '', parts: [{ kind: 'field', key: 'c' }] }],
      },
      {
        ...{ kind: 'group', look: 'table', title: '', across: 2 },
        pages: [
          { title: '', parts: [{ kind: 'field', key: 'd' }] },
          { title: '', parts: [] },
          { title: '', parts: [{ kind: 'field', key: 'e' }] },
          { title: '', parts: [] },
        ],
      },
    ]);
  });

  it('leave out the tab for results, and tabs around a single page', () => {
    const results = {
      label: 'Results',
      components: [{ type: 'htmlelement', key: 'x-outputContent', content: 'Here' }],
    };
    const form = read([{ type: 'tabs', components: [{ label: 'Inputs', components: inner }, results] }]);
    expect(form?.parts).toEqual([{ kind: 'field', key: 'a' }]);
  });

  it('keep words, and leave out empty ones, buttons and hidden fields', () => {
    const form = read([
      { type: 'htmlelement', tag: 'h2', content: 'Two <b>words</b>' },
      { type: 'htmlelement', tag: 'script', content: 'alert(1)' },
      { type: 'htmlelement', content: '&nbsp;' },
      { type: 'button', key: 'submit' },
      field('textfield', { hidden: true }),
    ]);
    expect(form?.parts).toEqual([
      { kind: 'words', html: '<h2>Two <b>words</b></h2>' },
      { kind: 'words', html: '<div>alert(1)</div>' },
    ]);
    expect(form?.fields).toEqual([]);
  });

  it('carry simple conditions, of a group too', () => {
    const condition = { show: true, when: 'mode', eq: 'fast' };
    const form = read([
      { type: 'panel', conditional: condition, components: inner },
      field('textfield', { key: 'b', conditional: { ...condition, show: 'false', eq: true } }),
    ]);
    expect(form?.fields.map((each) => each.condition)).toEqual([
      { key: 'mode', value: 'fast', shows: true },
      { key: 'mode', value: 'true', shows: false },
    ]);
    expect(form?.notes).toEqual([]);
  });

  it.each([
    { customConditional: 'show = true' },
    { calculateValue: 'value = 7' },
    { validate: { custom: 'valid = true' } },
    { logic: [{ name: 'x' }] },
    { conditional: { conditions: [{ component: 'x', operator: 'lessThan', value: 3 }] } },
  ])('say that a script of %j is not run', (facts) => {
    expect(read([field('textfield', facts)])?.notes).toEqual(['has-scripts']);
  });
});

describe('a hostile form', () => {
  it('with 10,000 fields is cut, and says so', () => {
    const many = Array.from({ length: 10_000 }, (_, index) => field('textfield', { key: `k${String(index)}` }));
    const form = read(many);
    expect(form?.fields).toHaveLength(1_000);
    expect(form?.notes).toEqual(['incomplete']);
  });

  it('that is nested deep is cut, and says so', () => {
    let component: object = field('textfield');
    for (let depth = 0; depth < 500; depth += 1) component = { type: 'panel', components: [component] };
    expect(read([component])).toMatchObject({ fields: [], notes: ['incomplete'] });
  });

  it('with keys of Object.prototype keeps them as keys', () => {
    const source = '{"components":[{"type":"textfield","key":"__proto__"},{"type":"textfield","key":"constructor"}]}';
    expect(readForm(formOf([], {}, { source }))?.fields.map(({ key }) => key)).toEqual(['__proto__', 'constructor']);
  });

  it('of any shape makes plain data and no exception', () => {
    const component: fc.Memo<unknown> = fc.memo((depth) =>
      fc.record(
        {
          type: fc.constantFrom('tabs', 'columns', 'table', 'panel', 'select', 'number', 'file', 'checkbox', 'odd', 7),
          key: fc.oneof(fc.string(), fc.integer()),
          label: fc.anything(),
          defaultValue: fc.jsonValue(),
          validate: fc.jsonValue(),
          conditional: fc.jsonValue(),
          multiple: fc.boolean(),
          data: fc.jsonValue(),
          values: fc.jsonValue(),
          components: depth > 1 ? fc.array(component(depth - 1), { maxLength: 4 }) : fc.jsonValue(),
          columns: fc.jsonValue(),
          rows: fc.jsonValue(),
        },
        { requiredKeys: [] },
      ),
    );
    fc.assert(
      fc.property(fc.array(component(4)), fc.jsonValue(), fc.jsonValue(), (components, inputs, saved) => {
        const form = read(components, Object(inputs) as Record<string, object>, { a: saved });
        expect(structuredClone(form)).toEqual(form);
        const keys = form?.fields.map(({ key }) => key) ?? [];
        expect(new Set(keys).size).toBe(keys.length);
      }),
      { numRuns: 300 },
    );
  });
});
