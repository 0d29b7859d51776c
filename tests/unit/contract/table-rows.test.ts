import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { matchColumns } from '../../../electron/contract/run-table.ts';
import { planRows, readCell } from '../../../electron/contract/table-rows.ts';
import { cellProblemWords } from '../../../electron/contract/text/tables.ts';
import type { FormField, FormValues } from '../../../electron/contract/views.ts';
import { field, formWith, painter, tableOf } from './table-support.ts';

function planOf(text: string, values: FormValues = {}, form = painter) {
  const table = tableOf(text);
  const match = matchColumns(table.names, form);
  return planRows({ form, values, filesOf: () => 0, table, match, fileProblem: () => null });
}

const fieldOf = (key: string): FormField => {
  const found = painter.fields.find((each) => each.key === key);
  if (found === undefined) throw new Error(`There is no ${key}.`);
  return found;
};

describe('a cell', () => {
  it.each([
    ['img_width', ' 512 ', 512],
    ['look', 'soft LIGHT', 'soft'],
    ['grid', 'Yes', true],
    ['prompt', ' as it is ', ' as it is '],
  ])('of %s is read: %j', (key, text, value) => {
    expect(readCell(fieldOf(key), text)).toEqual({ value });
  });

  it.each([
    ['img_width', '1024px', 'not-a-number', '1024'],
    ['img_width', 'wide', 'not-a-number', null],
    ['img_width', '9000', 'too-large', '1536'],
    ['img_width', '513', 'off-step', '512'],
    ['img_width', '1,024', 'not-a-number', null],
    ['look', 'sof', 'no-choice', 'soft'],
    ['look', 'x', 'no-choice', null],
    ['grid', 'maybe', 'not-on-or-off', null],
    ['prompt', 'longer than twenty letters', 'too-long', null],
  ])('of %s that cannot be sent says why: %j', (key, text, code, suggestion) => {
    expect(readCell(fieldOf(key), text)).toEqual({ code, suggestion });
  });

  it.each([
    [
      'a whole number with separators',
      field('n', 'number', { decimalLimit: 0, validate: { integer: true } }),
      '1,024',
      /^1024$/,
    ],
    ['the smallest number of a field without a largest', field('n', 'number', { validate: { min: 16 } }), '4', /^16$/],
    ['a day with points', field('d', 'day'), '24.5.2026', /^2026-05-24$/],
    ['a time', field('t', 'time'), '9.30', /^09:30$/],
    ['an address', field('u', 'url'), 'example.org/a', /^https:\/\/example\.org\/a$/],
  ])('suggests %s', (_what, shown, text, suggestion) => {
    const [only] = formWith(shown).fields;
    const read = only === undefined ? null : readCell(only, text);
    expect(read).toMatchObject({ suggestion: expect.stringMatching(suggestion) as unknown });
  });

  it('suggests only what can be sent', () => {
    const texts = fc.oneof(
      fc.string(),
      fc.double().map(String),
      fc.integer().map((number) => `${String(number)} px`),
    );
    fc.assert(
      fc.property(fc.constantFrom(...painter.fields), texts, (any, text) => {
        const read = readCell(any, text);
        if ('code' in read && read.suggestion !== null) expect(readCell(any, read.suggestion)).toHaveProperty('value');
      }),
    );
  });
});

describe('the rows', () => {
  it('send their cells, and for empty cells and other fields what the form holds', () => {
    const { rows, problems } = planOf('prompt,width,picture,other\nA boat,512,a.png; b/c.png,x\nA key,,,\n', {
      height: 256,
      img_width: 264,
    });
    expect(problems).toEqual([]);
    expect(rows).toEqual([
      {
        values: { prompt: 'A boat', img_width: 512, height: 256 },
        files: [{ field: 'picture', paths: ['a.png', 'b/c.png'] }],
      },
      { values: { prompt: 'A key', img_width: 264, height: 256 }, files: [] },
    ]);
  });

  it('name each cell that cannot be sent, in their order', () => {
    const { problems } = planOf('height,prompt,width\n512,A boat,1024px\n9000,,512\n512,x\n');
    const words = problems.map(({ row, column, ...problem }) => [
      row,
      column,
      cellProblemWords(problem, painter.fields.find(({ key }) => key === problem.field) ?? null),
      problem.suggestion,
    ]);
    expect(words).toEqual([
      [0, 2, 'Use a number.', '1024'],
      [1, 0, 'Use 1536 or less.', '1536'],
      [1, 1, 'Fill it in.', null],
      [2, null, 'The row has more or fewer cells than there are columns.', null],
    ]);
  });

  it('name a field that no column feeds and the form leaves empty', () => {
    expect(planOf('width\n512\n').problems).toMatchObject([{ row: 0, column: null, field: 'prompt', code: 'missing' }]);
  });

  it('judge only fields that are shown with their values', () => {
    const form = formWith(
      field('on', 'checkbox'),
      field('n', 'number', { conditional: { show: true, when: 'on', eq: 'true' } }),
    );
    expect(planOf('on,n\nyes,x\nno,x\n', {}, form).problems.map(({ row }) => row)).toEqual([0]);
  });

  it('have no say over what is not a field', () => {
    const { rows } = planOf('__proto__,constructor,prompt\n1,2,x\n');
    expect(Object.keys(rows[0]?.values ?? {})).toEqual(['prompt']);
    expect(rows[0]?.values).not.toHaveProperty('polluted');
  });
});
