export interface CsvTable {
  /** The first row, which names the columns. */
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** How many columns there are, also of those that were left out. */
  readonly columns: number;
  /** There are more rows than were read. */
  readonly isCut: boolean;
}

/** The line that tells Excel what separates the columns. It is no row of the table. */
const TOLD = /^\uFEFF?"?sep=([^\r\n"])"?(?:\r\n|\n|\r|$)/i;

/** What separates the columns: whichever there is most of in the first line. */
const SEPARATORS = [',', ';', '\t'] as const;

/**
 * Reads a table (RFC 4180, and what Excel writes): separated by commas, semicolons or tabs, with quotes around what
 * has any of those in it. Null for what is no table: fewer than two columns.
 *
 * @param most rows read at most, without the first; and columns
 */
export function parseCsv(text: string, most: { readonly rows: number; readonly columns: number }): CsvTable | null {
  const told = TOLD.exec(text);
  const body = told === null ? text : text.slice(told[0].length);
  const separator = told?.[1] ?? separatorOf(body);
  const rows = read(body, separator, most.rows + 2);
  const [head = [], ...rest] = rows;
  if (head.length < 2) return null;
  const narrow = (row: readonly string[]): readonly string[] => row.slice(0, most.columns);
  const columns = rows.reduce((widest, row) => Math.max(widest, row.length), 0);
  return { head: narrow(head), rows: rest.slice(0, most.rows).map(narrow), columns, isCut: rest.length > most.rows };
}

function separatorOf(text: string): string {
  const line = (/^[^\r\n]*/.exec(text)?.[0] ?? '').replaceAll(/"[^"]*"/g, '');
  const count = (separator: string): number => line.split(separator).length;
  return SEPARATORS.reduce((best, each) => (count(each) > count(best) ? each : best));
}

/** One field after the other: a quoted one up to its closing quote, another up to what ends it. */
function read(text: string, separator: string, most: number): readonly (readonly string[])[] {
  const rows: string[][] = [];
  let row: string[] = [];
  let at = 0;
  while (at < text.length && rows.length < most) {
    const isQuoted = text[at] === '"';
    const end = isQuoted ? closing(text, at) : ending(text, separator, at);
    row.push(isQuoted ? text.slice(at + 1, end).replaceAll('""', '"') : text.slice(at, end));
    // What stands between a closing quote and the separator belongs to nothing.
    at = isQuoted ? ending(text, separator, end + 1) : end;
    if (text[at] === separator) {
      at += 1;
      if (at === text.length) row.push('');
      if (at < text.length) continue;
    }
    at += text.startsWith('\r\n', at) ? 2 : 1;
    if (row.length > 1 || row[0] !== '') rows.push(row);
    row = [];
  }
  return rows;
}

/** Where a quoted field ends: at a quote that is not doubled, or with the text. */
function closing(text: string, from: number): number {
  let at = from + 1;
  for (;;) {
    const quote = text.indexOf('"', at);
    if (quote < 0) return text.length;
    if (text[quote + 1] !== '"') return quote;
    at = quote + 2;
  }
}

function ending(text: string, separator: string, from: number): number {
  let at = from;
  while (at < text.length && text[at] !== separator && text[at] !== '\n' && text[at] !== '\r') at += 1;
  return at;
}
