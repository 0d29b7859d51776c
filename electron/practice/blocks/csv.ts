/**
 * Parses a CSV table (RFC 4180). Its separator is the one of comma, semicolon and tab that the first line has most of.
 * The first row names the fields; a missing cell is ''.
 */
export function parseCsv(text: string): readonly Readonly<Record<string, string>>[] {
  const source = text.replace(/^\uFEFF/, '');
  const [names = [], ...rows] = cells(source, separator(source));
  return rows.map((row) =>
    Object.fromEntries(names.map((name, column) => [name || `column ${column + 1}`, row[column] ?? ''])),
  );
}

function separator(source: string): string {
  const first = source.split('\n', 1)[0] ?? '';
  const counted = [',', ';', '\t'].map((mark) => ({ mark, count: first.split(mark).length }));
  return counted.reduce((best, next) => (next.count > best.count ? next : best)).mark;
}

/** The rows of cells, without empty lines. */
function cells(source: string, mark: string): readonly (readonly string[])[] {
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = '';
  let quoted = false;
  const endRow = () => {
    if (row.length > 0 || cell !== '') rows.push([...row, cell]);
    row = [];
    cell = '';
  };
  for (let at = 0; at < source.length; at++) {
    const character = source.charAt(at);
    if (quoted) {
      if (character !== '"') cell += character;
      else if (source[at + 1] === '"') cell += source.charAt(++at);
      else quoted = false;
    } else if (character === '"' && cell === '') quoted = true;
    else if (character === mark) {
      row.push(cell);
      cell = '';
    } else if (character === '\n') endRow();
    else if (character !== '\r' || source[at + 1] !== '\n') cell += character;
  }
  endRow();
  return rows;
}
