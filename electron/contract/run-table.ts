/** A table of runs: its text, and how its columns are matched to the fields of a form. */
import { csvRows } from './csv.ts';
import { TABLE_LIMITS } from './limits.ts';
import { foldText } from './recipe-search.ts';
import type { FormField, RecipeForm } from './views/forms.ts';
import type { ColumnMatch } from './views/tables.ts';

/** A table as it was written. */
export interface RunTable {
  readonly names: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** Whether the first row of the text holds the names. */
  readonly hasNames: boolean;
  /** What is wrong with whole rows, by their number. */
  readonly oddRows: Readonly<Record<number, 'uneven' | 'stray-quote'>>;
}

/** More of something than a table may have (TABLE_LIMITS). */
export interface TableExcess {
  readonly over: keyof typeof TABLE_LIMITS;
  readonly count: number;
}

/**
 * Reads a table: its first row holds the names of the columns. Rows without any text are left out. Instead of a table,
 * what it has too much of; null for a text without rows below the names.
 *
 * @param separator when it is known: pasted cells have tabs
 */
export function readTable(text: string, separator: string | null = null): RunTable | TableExcess | null {
  const { rows, strayQuotes } = csvRows(text, Number.POSITIVE_INFINITY, separator);
  const [head = [], ...rest] = rows;
  const kept = rest.flatMap((cells, at) => (cells.some((cell) => cell.trim() !== '') ? [{ cells, at: at + 1 }] : []));
  if (kept.length === 0) return null;
  if (kept.length > TABLE_LIMITS.rows) return { over: 'rows', count: kept.length };
  const columns = kept.reduce((widest, { cells }) => Math.max(widest, cells.length), head.length);
  if (columns > TABLE_LIMITS.columns) return { over: 'columns', count: columns };
  const odd = kept.flatMap(({ cells, at }, row) => {
    const what = strayQuotes.has(at) ? 'stray-quote' : cells.length === head.length ? null : 'uneven';
    return what === null ? [] : [[row, what] as const];
  });
  return {
    names: namesOf(head, columns),
    rows: kept.map(({ cells }) => widened(cells, columns)),
    hasNames: true,
    oddRows: Object.fromEntries(odd),
  };
}

const widened = (cells: readonly string[], columns: number): readonly string[] =>
  cells.length === columns ? cells : [...cells, ...Array.from({ length: columns - cells.length }, () => '')];

function namesOf(head: readonly string[], columns: number): readonly string[] {
  const names: string[] = [];
  for (const [column, given] of widened(head, columns).entries()) {
    const name = given.trim() === '' ? `Column ${String(column + 1)}` : given.trim();
    let unique = name;
    for (let number = 2; names.includes(unique); number += 1) unique = `${name} (${String(number)})`;
    names.push(unique);
  }
  return names;
}

/** Writes a table as a spreadsheet copies it: tabs between cells, and quotes around cells that need them. */
export function textOfTable({ names, rows, hasNames }: Omit<RunTable, 'oddRows'>): string {
  const written = (cell: string): string => (/["\t\n\r]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
  return [...(hasNames ? [names] : []), ...rows].map((row) => row.map(written).join('\t')).join('\n');
}

/** Makes the row of names a row of values. The columns get names such as `Column 1`. */
export function withoutNames({ names, rows, oddRows }: RunTable): RunTable {
  const moved = Object.entries(oddRows).map(([row, what]) => [Number(row) + 1, what] as const);
  return {
    names: namesOf([], names.length),
    rows: [names, ...rows],
    hasNames: false,
    oddRows: Object.fromEntries(moved),
  };
}

/** Makes the first row the names of the columns. */
export function withNames({ rows: [head = [], ...rows], oddRows }: RunTable): RunTable {
  const moved = Object.entries(oddRows).flatMap(([row, what]) =>
    row === '0' ? [] : [[Number(row) - 1, what] as const],
  );
  return { names: namesOf(head, head.length), rows, hasNames: true, oddRows: Object.fromEntries(moved) };
}

/**
 * The field that each column feeds, as far as it is certain: a field with exactly this key, then this label, then one that
 * differs in case, accents and spaces only. Each field is fed once, and none that the server ignores.
 */
export function matchColumns(names: readonly string[], form: RecipeForm): ColumnMatch {
  const match: (string | null)[] = names.map(() => null);
  const fields = form.fields.filter(({ sendAs }) => sendAs !== null);
  const fed = new Set<string>();
  const rules: readonly ((field: FormField, name: string) => boolean)[] = [
    ({ key }, name) => key === name,
    ({ label }, name) => label === name,
    ({ key, label }, name) => squeezed(key) === squeezed(name) || squeezed(label) === squeezed(name),
  ];
  for (const isAlike of rules)
    for (const [column, name] of names.entries()) {
      if (match[column] !== null) continue;
      const [field, ...others] = fields.filter((each) => isAlike(each, name));
      if (field === undefined || others.length > 0 || fed.has(field.key)) continue;
      match[column] = field.key;
      fed.add(field.key);
    }
  return match;
}

const squeezed = (name: string): string => foldText(name).replaceAll(/[\s_.-]+/g, '');
