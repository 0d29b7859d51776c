import { describe, expect, it } from 'vitest';
import { parseCsv } from '../../../electron/practice/blocks/csv.ts';

describe('a table', () => {
  it('takes its fields from its first row, with any of the usual separators', () => {
    const rows = [
      { a: '1', b: '2' },
      { a: '3', b: '' },
    ];
    for (const text of ['a,b\n1,2\n3\n', 'a;b\r\n1;2\r\n3;\r\n', '\uFEFFa\tb\n1\t2\n\n3\t']) {
      expect(parseCsv(text)).toEqual(rows);
    }
  });

  it('may have quotes, with separators, line ends and quotes inside', () => {
    expect(parseCsv('name,says\n"Smith, J","He said ""no""\nand left"')).toEqual([
      { name: 'Smith, J', says: 'He said "no"\nand left' },
    ]);
  });

  it('names unnamed columns, and is empty without rows', () => {
    expect(parseCsv('a,\n1,2')).toEqual([{ a: '1', 'column 2': '2' }]);
    expect(parseCsv('')).toEqual([]);
    expect(parseCsv('a,b')).toEqual([]);
  });
});
