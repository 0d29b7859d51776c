/** Tables as text: RFC 4180 and what spreadsheets write, with commas, semicolons or tabs as separators. */

export interface CsvTable {
  /** The first row: the names of the columns. */
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** The number of columns in the text, including those that were left out. */
  readonly columns: number;
  /** Whether rows were left out. */
  readonly isCut: boolean;
}

/** The rows of a text, the names of the columns among them. */
export interface CsvRows {
  readonly rows: readonly (readonly string[])[];
  /** The rows in which a quote is part of a text because nothing closes it; counted from 0. */
  readonly strayQuotes: ReadonlySet<number>;
}

/** Matches a first line such as `sep=;`. Excel reads the separator from it; it is not a row. */
const SEPARATOR_LINE = /^\uFEFF?"?sep=([^\r\n"])"?(?:\r\n|\n|\r|$)/i;

/** The one that is most frequent in the first line is used. */
const SEPARATORS = [',', ';', '\t'] as const;

/**
 * Parses a table to be shown. Null for a text with fewer than two columns.
 *
 * @param most the limits: rows after the head, and columns
 */
export function parseCsv(text: string, most: { readonly rows: number; readonly columns: number }): CsvTable | null {
  const { rows } = csvRows(text, most.rows + 2);
  const [head = [], ...rest] = rows;
  if (head.length < 2) return null;
  const narrow = (row: readonly string[]): readonly string[] => row.slice(0, most.columns);
  const columns = rows.reduce((widest, row) => Math.max(widest, row.length), 0);
  return { head: narrow(head), rows: rest.slice(0, most.rows).map(narrow), columns, isCut: rest.length > most.rows };
}

/**
 * Reads the rows of a table; blank lines are none. A quote that nothing closes, or that closes in the middle of a cell, is
 * part of the text of its cell, so that it cannot swallow the rows after it.
 *
 * @param most rows that are read
 * @param known the separator, when it is known: pasted cells have tabs
 */
export function csvRows(text: string, most: number, known: string | null = null): CsvRows {
  const declared = SEPARATOR_LINE.exec(text);
  const body = text.slice(declared?.[0].length ?? (text.startsWith('\uFEFF') ? 1 : 0));
  return read(body, known ?? declared?.[1] ?? separatorOf(body), most);
}

function separatorOf(text: string): string {
  const line = (/^[^\r\n]*/.exec(text)?.[0] ?? '').replaceAll(/"[^"]*"/g, '');
  const count = (separator: string): number => line.split(separator).length;
  return SEPARATORS.reduce((best, each) => (count(each) > count(best) ? each : best));
}

/** Reads cell by cell: a quoted one up to its closing quote, others up to the next separator or line end. */
function read(text: string, separator: string, most: number): CsvRows {
  const rows: string[][] = [];
  const strayQuotes = new Set<number>();
  let row: string[] = [];
  let at = 0;
  while (at < text.length && rows.length < most) {
    const close = text[at] === '"' ? closing(text, separator, at) : null;
    if (close === null && text[at] === '"') strayQuotes.add(rows.length);
    const end = close ?? ending(text, separator, at);
    row.push(close === null ? text.slice(at, end) : text.slice(at + 1, close).replaceAll('""', '"'));
    at = close === null ? end : ending(text, separator, close + 1);
    if (text[at] === separator) {
      at += 1;
      if (at === text.length) row.push('');
      if (at < text.length) continue;
    }
    at += text.startsWith('\r\n', at) ? 2 : 1;
    if (row.length > 1 || row[0] !== '') rows.push(row);
    row = [];
  }
  return { rows, strayQuotes };
}

/** The position of the closing quote; a doubled quote does not close. Null when the cell does not end after it. */
function closing(text: string, separator: string, from: number): number | null {
  let at = from + 1;
  for (;;) {
    const quote = text.indexOf('"', at);
    if (quote < 0) return null;
    if (text[quote + 1] !== '"') return endsAfter(text, separator, quote) ? quote : null;
    at = quote + 2;
  }
}

/** Spaces may follow a closing quote. */
function endsAfter(text: string, separator: string, quote: number): boolean {
  let at = quote + 1;
  while (text[at] === ' ') at += 1;
  const next = text[at];
  return next === undefined || next === separator || next === '\n' || next === '\r';
}

function ending(text: string, separator: string, from: number): number {
  let at = from;
  while (at < text.length && text[at] !== separator && text[at] !== '\n' && text[at] !== '\r') at += 1;
  return at;
}
