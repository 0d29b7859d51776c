import { describe, expect, it } from 'vitest';
import { csvRows, parseCsv } from '../../../electron/contract/csv.ts';
import { viewerOf } from '../../../renderer/src/views/result/documents/viewer-of.ts';

const MOST = { rows: 10, columns: 100 };
const excel = 'sep=;\r\nname;price\r\nCafé;1,50\r\n';

describe('the separator line for Excel', () => {
  it.each([excel, excel.replace('sep=;', 'SEP=;'), `\uFEFF${excel}`, excel.replaceAll('\r\n', '\n')])(
    'is no row, and is believed: %j',
    (text) => {
      expect(parseCsv(text, MOST)).toMatchObject({ head: ['name', 'price'], rows: [['Café', '1,50']], isCut: false });
    },
  );

  it('may name any character, and is a row when it names none', () => {
    expect(parseCsv('sep=|\na|b\n', MOST)?.head).toEqual(['a', 'b']);
    expect(parseCsv('sep=\t\na\tb\n', MOST)?.head).toEqual(['a', 'b']);
    expect(parseCsv('sep=,x,y\n1,2,3\n', MOST)?.head).toEqual(['sep=', 'x', 'y']);
  });
});

describe('a table', () => {
  it.each([
    ['commas', 'a,b\n1,2\n'],
    ['semicolons', 'a;b\r\n1;2'],
    ['tabs', 'a\tb\n1\t2\n\n'],
    ['quotes', '"a","b"\n"1","2"'],
  ])('with %s is parsed', (_what, text) => {
    expect(parseCsv(text, { rows: 10, columns: 100 })).toEqual({
      head: ['a', 'b'],
      rows: [['1', '2']],
      columns: 2,
      isCut: false,
    });
  });

  it('may have separators, line breaks and quotes in quoted fields, and empty fields', () => {
    const text = 'a,b,c\n"1,5","two\nlines","a ""word"""\n,,\nx,"open';
    expect(parseCsv(text, { rows: 10, columns: 100 })?.rows).toEqual([
      ['1,5', 'two\nlines', 'a "word"'],
      ['', '', ''],
      ['x', '"open'],
    ]);
  });

  it('is parsed only as far as it is shown', () => {
    const text = `a,b\n${'1,2\n'.repeat(300)}`;
    expect(parseCsv(text, { rows: 200, columns: 100 })).toMatchObject({ isCut: true });
    expect(parseCsv(text, { rows: 200, columns: 100 })?.rows).toHaveLength(200);
    expect(parseCsv(text, { rows: 300, columns: 100 })).toMatchObject({ isCut: false });
  });

  it('needs at least two columns', () => {
    expect(parseCsv('just\nlines\n', { rows: 10, columns: 100 })).toBeNull();
    expect(parseCsv('', { rows: 10, columns: 100 })).toBeNull();
  });
});

describe('a quote that nothing closes', () => {
  it('is text of its cell, and the rows after it stay rows', () => {
    const { rows, strayQuotes } = csvRows('a,b\n1,"two\n3,four\n5,"si""x"\n', 10);
    expect(rows).toEqual([
      ['a', 'b'],
      ['1', '"two'],
      ['3', 'four'],
      ['5', 'si"x'],
    ]);
    expect([...strayQuotes]).toEqual([1]);
  });

  it('may stand for inches', () => {
    const { rows, strayQuotes } = csvRows('size,name\n"6" by 4",card\n12",plate\n', 10);
    expect(rows.slice(1)).toEqual([
      ['"6" by 4"', 'card'],
      ['12"', 'plate'],
    ]);
    expect([...strayQuotes]).toEqual([1]);
  });

  it('loses no letter of any text', () => {
    let seed = 7;
    const next = (below: number): number => (seed = (seed * 48_271) % 2_147_483_647) % below;
    for (let round = 0; round < 2_000; round += 1) {
      const text = Array.from({ length: 24 }, () => '",;\n\rab\t "'[next(10)]).join('');
      const letters = (given: string): string => given.replaceAll(/[^ab]/g, '');
      expect(letters(csvRows(text, 100).rows.flat().join(''))).toBe(letters(text));
    }
  });

  it('costs no more time in a long text of quotes', () => {
    const text = `a,b\n${'"""x,""x,"'.repeat(200_000)}`;
    expect(csvRows(text, 10).rows).toHaveLength(2);
  });
});

describe('a file', () => {
  const url = 'omnitray-artifact://result/r/0';
  it.each([
    ['a.pdf', 'application/pdf', 'pdf'],
    ['a.csv', 'application/octet-stream', 'table'],
    ['a', 'text/csv', 'table'],
    ['a.json', 'text/plain', 'data'],
    ['a.md', 'text/plain', 'markdown'],
    ['a.xml', 'application/xml', 'text'],
    ['a.ts', 'application/octet-stream', 'text'],
    ['a.csv', 'application/zip', null],
    ['a.bin', 'application/octet-stream', null],
    ['a.docx', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document', null],
  ])('%s of type %s is shown as %s', (name, mime, viewer) => {
    expect(viewerOf({ name, mime, url })).toBe(viewer);
  });

  it('that is not on this machine is not shown', () => {
    expect(viewerOf({ name: 'a.txt', mime: 'text/plain', url: null })).toBeNull();
  });

  it('shows the first of very many columns and their number', () => {
    const text = `${Array.from({ length: 100_000 }, (_, column) => `c${column}`).join(',')}\n${'1,'.repeat(99_999)}1\n`;
    const table = parseCsv(text, { rows: 200, columns: 200 });
    expect(table).toMatchObject({ columns: 100_000, isCut: false });
    expect(table?.head).toHaveLength(200);
    expect(table?.rows[0]).toHaveLength(200);
  });
});
