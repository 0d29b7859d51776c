import { describe, expect, it } from 'vitest';
import { csvLine, harmless } from '../../../electron/core/export/csv.ts';

describe('a line of a CSV', () => {
  it('quotes what would end a cell or a line, and ends as RFC 4180 says', () => {
    expect(csvLine(['plain', 'a, b', 'say "hi"', 'two\nlines', ' kept ', ''])).toBe(
      'plain,"a, b","say ""hi""","two\nlines"," kept ",\r\n',
    );
  });

  it.each([
    '=1+1',
    '=HYPERLINK("http://x.test","y")',
    '+cmd|calc',
    '-2+3',
    '@SUM(A1)',
    '\t=1',
    '\rx',
    ' =1',
    '＝1+1',
    '- a list',
  ])('makes %j a text that no spreadsheet calculates', (text) => {
    expect(harmless(text)).toBe(`'${text}`);
  });

  it.each(['-5', '+5', '-0.25', '1e-7', '12', 'a=b', '', "'quoted'", '2026-11-25 14:02:11'])(
    'leaves %j as it is',
    (text) => {
      expect(harmless(text)).toBe(text);
    },
  );
});
