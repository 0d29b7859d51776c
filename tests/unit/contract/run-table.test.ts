import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { matchColumns, readTable, withoutNames } from '../../../electron/contract/run-table.ts';
import { tableExcessWords } from '../../../electron/contract/text/tables.ts';
import { field, formWith, painter, tableOf } from './table-support.ts';

describe('a table', () => {
  it('has names, rows, and what is odd about them', () => {
    expect(readTable('a,b\n1,2\n,\n3\n"x,4\n5,6,7\n')).toEqual({
      names: ['a', 'b', 'Column 3'],
      rows: [
        ['1', '2', ''],
        ['3', '', ''],
        ['"x', '4', ''],
        ['5', '6', '7'],
      ],
      hasNames: true,
      oddRows: { 1: 'uneven', 2: 'stray-quote', 3: 'uneven' },
    });
  });

  it('gives columns without a name, or with one that occurs twice, a name of their own', () => {
    expect(tableOf('a,,a,a (2)\n1,2,3,4').names).toEqual(['a', 'Column 2', 'a (2)', 'a (2) (2)']);
  });

  it('can have a first row without names', () => {
    const table = withoutNames(tableOf('A boat,512\nA key,256,1\n'));
    expect(table).toMatchObject({ names: ['Column 1', 'Column 2', 'Column 3'], hasNames: false });
    expect(table.rows).toHaveLength(2);
    expect(table.oddRows).toEqual({ 1: 'uneven' });
  });

  it('may have one column', () => {
    expect(tableOf('prompt\nA boat\nA key\n').rows).toEqual([['A boat'], ['A key']]);
  });

  it.each(['', '\n\n', 'a,b\n', 'a,b\n,\n'])('needs a row below the names: %j', (text) => {
    expect(readTable(text)).toBeNull();
  });

  it('says how much of it is too much', () => {
    const rows = readTable(`a\n${'1\n'.repeat(5_001)}`);
    const columns = readTable(`a\n${'1,'.repeat(200)}1`);
    expect([rows, columns].map((each) => (each !== null && 'over' in each ? tableExcessWords(each) : ''))).toEqual([
      '5,001 rows; 5,000 is the most',
      '201 columns; 200 is the most',
    ]);
  });

  it('loses no cell of what a spreadsheet writes', () => {
    const cells = fc.array(fc.string({ unit: 'binary', minLength: 1 }), { minLength: 3, maxLength: 3 });
    const written = (cell: string): string => `"${cell.replaceAll('"', '""')}"`;
    fc.assert(
      fc.property(fc.array(cells, { minLength: 1, maxLength: 9 }), (rows) => {
        const text = [['a', 'b', 'c'], ...rows].map((row) => row.map(written).join(',')).join('\r\n');
        const kept = rows.filter((row) => row.some((cell) => cell.trim() !== ''));
        const table = readTable(text);
        expect(table === null || 'over' in table ? [] : table.rows).toEqual(kept);
      }),
    );
  });

  it('is read or refused whatever the text is', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('"', ',', ';', '\t', '\n', '\r', 'a', '1', ' '), maxLength: 200 }),
        (text) => {
          const table = readTable(text);
          if (table === null || 'over' in table) return;
          expect(table.rows.every((row) => row.length === table.names.length)).toBe(true);
          expect(new Set(table.names).size).toBe(table.names.length);
        },
      ),
    );
  });
});

describe('columns', () => {
  it('feed the field with their key, else their label, whatever its case', () => {
    expect(matchColumns(['Prompt', 'WIDTH', 'img-height', 'Picture', 'folder'], painter)).toEqual([
      ...['prompt', 'img_width', null, 'picture', null],
    ]);
    expect(matchColumns(['Img Width', 'Width'], painter)).toEqual([null, 'img_width']);
  });

  it('feed no field when it is not certain which, and none twice', () => {
    const form = formWith(field('a', 'textfield', { label: 'Text' }), field('b', 'textfield', { label: 'Text' }));
    expect(matchColumns(['text', 'B', 'b'], form)).toEqual([null, null, 'b']);
    expect(matchColumns(['a', 'A'], form)).toEqual(['a', null]);
  });
});
