/** The rows of a table as runs: what each sends, and what is wrong with its cells. */
import { suggestionFor } from './cell-suggestion.ts';
import { problemOf, shownFields, valueOf } from './form-rules.ts';
import { valueFromText } from './form-text.ts';
import type { RunTable } from './run-table.ts';
import type { FormField, FormValue, FormValues, RecipeForm } from './views/forms.ts';
import type { CellProblem, CellProblemCode, ColumnMatch } from './views/tables.ts';

/** A value of a cell, or why it has none. */
export type CellValue =
  { readonly value: FormValue } | { readonly code: CellProblemCode; readonly suggestion: string | null };

/** Reads a cell that is not empty, for a field that takes no files. */
export function readCell(field: FormField, text: string): CellValue {
  const read = valueFromText(field, field.control.kind === 'text' ? text : text.trim());
  const code = 'code' in read ? read.code : problemOf(field, read.value, 0);
  if (code === null && 'value' in read) return read;
  return { code: code ?? 'missing', suggestion: suggestionFor(field, text) };
}

/** The paths in a cell, as they are written: several with `;` between them when the field takes many. */
export function pathsInCell({ control }: Pick<FormField, 'control'>, text: string): readonly string[] {
  if (control.kind !== 'files' || text.trim() === '') return [];
  if (!control.isMany) return [text.trim()];
  return text.split(';').flatMap((path) => (path.trim() === '' ? [] : [path.trim()]));
}

/** What one row sends. */
export interface PlannedRow {
  readonly values: FormValues;
  /** The paths of the fields that a column feeds, as they are written. */
  readonly files: readonly { readonly field: string; readonly paths: readonly string[] }[];
}

/** What a table is planned with. */
export interface RowPlanRequest {
  readonly form: RecipeForm;
  /** What the form holds now: the values of all fields that no column feeds, and of empty cells. */
  readonly values: FormValues;
  /** How many files of the draft fill a field. */
  readonly filesOf: (key: string) => number;
  readonly table: RunTable;
  readonly match: ColumnMatch;
  /** What is wrong with a file that a cell names; null when it can be sent. */
  readonly fileProblem: (path: string, field: FormField) => CellProblemCode | null;
}

/** The values and files of each row, and what is wrong with them, in the order of the rows. */
export function planRows(request: RowPlanRequest): {
  readonly rows: readonly PlannedRow[];
  readonly problems: readonly CellProblem[];
} {
  const { form, table, match } = request;
  const byKey = new Map(form.fields.map((field) => [field.key, field]));
  const fed = match.flatMap((key, column) => {
    const field = key === null ? undefined : byKey.get(key);
    return field === undefined ? [] : [{ field, column }];
  });
  const isAlways = form.fields.every(({ condition }) => condition === null);
  const problems: CellProblem[] = [];
  const rows = table.rows.map((cells, row) => {
    const odd = Object.hasOwn(table.oddRows, row) ? table.oddRows[row] : undefined;
    if (odd !== undefined) problems.push({ row, column: null, field: null, code: odd, suggestion: null, file: null });
    return planRow(request, { cells, row, fed, isAlways }, problems);
  });
  return { rows, problems };
}

interface RowToPlan {
  readonly cells: readonly string[];
  readonly row: number;
  readonly fed: readonly { readonly field: FormField; readonly column: number }[];
  /** No field depends on another one. */
  readonly isAlways: boolean;
}

function planRow(request: RowPlanRequest, { cells, row, fed, isAlways }: RowToPlan, found: CellProblem[]): PlannedRow {
  const { form, filesOf, fileProblem } = request;
  const values: Record<string, FormValue> = { ...request.values };
  const files: { field: string; paths: readonly string[] }[] = [];
  const bad: CellProblem[] = [];
  const judged = new Set<string>();
  for (const { field, column } of fed) {
    const text = cells[column] ?? '';
    if (text.trim() === '') continue;
    const about = { row, column, field: field.key };
    judged.add(field.key);
    if (field.control.kind === 'files') {
      const paths = pathsInCell(field, text);
      files.push({ field: field.key, paths });
      const code = problemOf(field, null, paths.length);
      if (code !== null) bad.push({ ...about, code, suggestion: null, file: null });
      for (const file of paths) {
        const problem = fileProblem(file, field);
        if (problem !== null) bad.push({ ...about, code: problem, suggestion: null, file });
      }
      continue;
    }
    const read = readCell(field, text);
    if ('value' in read) values[field.key] = read.value;
    else bad.push({ ...about, ...read, file: null });
  }
  const shown = isAlways ? form.fields : shownFields(form, values);
  const columns = new Map(fed.map(({ field, column }) => [field.key, column]));
  for (const field of shown) {
    const code = judged.has(field.key) ? null : problemOf(field, valueOf(field, values), filesOf(field.key));
    if (code !== null)
      bad.push({ row, column: columns.get(field.key) ?? null, field: field.key, code, suggestion: null, file: null });
  }
  const isShown = new Set(shown.map(({ key }) => key));
  found.push(...bad.filter(({ field }) => field === null || isShown.has(field)).sort(byColumn));
  return { values, files: files.filter(({ field }) => isShown.has(field)) };
}

/** Problems of fields without a column come last. */
const byColumn = (one: CellProblem, other: CellProblem): number =>
  (one.column ?? Number.MAX_SAFE_INTEGER) - (other.column ?? Number.MAX_SAFE_INTEGER);
