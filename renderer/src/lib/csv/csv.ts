export interface CsvTable {
  /** The first row: the names of the columns. */
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** The number of columns in the text, including those that were left out. */
  readonly columns: number;
  /** Whether rows were left out. */
  readonly isCut: boolean;
}

/** A first line such as `sep=;`, with which Excel sets the separator. It is not part of the table. */
const SEPARATOR_LINE = /^\uFEFF?"?sep=([^\r\n"])"?(?:\r\n|\n|\r|$)/i;

/** The one that is most frequent in the first line is used. */
const SEPARATORS = [',', ';', '\t'] as const;

/**
 * Parses a table in the format of RFC 4180 or Excel, with commas, semicolons or tabs as separators. Null for a text
 * with fewer than two columns.
 *
 * @param most the limits: rows after the head, and columns
 */
export function parseCsv(text: string, most: { readonly rows: number; readonly columns: number }): CsvTable | null {
  const declared = SEPARATOR_LINE.exec(text);
  const body = declared === null ? text : text.slice(declared[0].length);
  const separator = declared?.[1] ?? separatorOf(body);
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

/** Reads field by field: a quoted one up to its closing quote, others up to the next separator or line end. */
function read(text: string, separator: string, most: number): readonly (readonly string[])[] {
  const rows: string[][] = [];
  let row: string[] = [];
  let at = 0;
  while (at < text.length && rows.length < most) {
    const isQuoted = text[at] === '"';
    const end = isQuoted ? closing(text, at) : ending(text, separator, at);
    row.push(isQuoted ? text.slice(at + 1, end).replaceAll('""', '"') : text.slice(at, end));
    // Text between a closing quote and the next separator is ignored.
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

/** The position of the closing quote; a doubled quote does not close. Without one, the end of the text. */
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
