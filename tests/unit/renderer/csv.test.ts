import { describe, expect, it } from 'vitest';
import { parseCsv } from '../../../renderer/src/lib/csv/csv.ts';
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
      ['x', 'open'],
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
