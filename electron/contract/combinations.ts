/** Several values of some fields of a form: one run for each combination, as the rows of a table. */
import { textOfTable } from './run-table.ts';
import { readCell } from './table-rows.ts';
import type { FormField } from './views/forms.ts';
import type { CellProblemCode } from './views/tables.ts';

/** The most runs that combinations can make: a product grows quickly by mistake. */
export const MOST_COMBINATIONS = 1_000;

/** The values of one field. */
export interface SeveralValues {
  readonly field: FormField;
  /** The texts that the user wrote, each once. Each becomes a cell of the table. */
  readonly values: readonly string[];
}

/** Whether a field can have several values here. Files and JSON have no short form. */
export const mayHaveSeveral = ({ control, sendAs }: FormField): boolean =>
  sendAs !== null && control.kind !== 'files' && control.kind !== 'json';

/** The values in a text: of a text field one on each line, of other fields also with commas between them. */
export function valuesIn({ control }: FormField, text: string): readonly string[] {
  const isText = control.kind === 'text';
  const parts = text.split(isText ? /\r?\n/ : /[,\n]/).map((part) => part.trim());
  return [...new Set(parts.filter((part) => part !== ''))];
}

/** The first value that cannot be sent, and why; null if all can. */
export function badValue({
  field,
  values,
}: SeveralValues): { readonly value: string; readonly code: CellProblemCode } | null {
  for (const value of values) {
    const read = readCell(field, value);
    if ('code' in read) return { value, code: read.code };
  }
  return null;
}

/** How many runs these values make: 1 without any. */
export const combinationCount = (lists: readonly SeveralValues[]): number =>
  lists.reduce((count, { values }) => count * Math.max(1, values.length), 1);

/**
 * Writes all combinations as text with tabs between the cells: a column for each field that has values, and a row for each
 * combination. The last field changes first.
 */
export function combinationTable(lists: readonly SeveralValues[]): string {
  const used = lists.filter(({ values }) => values.length > 0);
  const rows = used.reduce<readonly (readonly string[])[]>(
    (before, { values }) => before.flatMap((row) => values.map((value) => [...row, value])),
    [[]],
  );
  return textOfTable({ names: used.map(({ field }) => field.key), rows, hasNames: true });
}
