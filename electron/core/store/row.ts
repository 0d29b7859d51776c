import type { SQLOutputValue } from 'node:sqlite';

export type Row = Record<string, SQLOutputValue>;

/** A column that is always text; anything else means the database is not ours. */
export function text(row: Row, column: string): string {
  const value = row[column];
  if (typeof value !== 'string') throw new TypeError(`Column ${column} holds no text.`);
  return value;
}

export const textOrNull = (row: Row, column: string): string | null =>
  row[column] === null || row[column] === undefined ? null : text(row, column);

/** A column that is always a number. */
export function number(row: Row, column: string): number {
  const value = row[column];
  if (typeof value !== 'number') throw new TypeError(`Column ${column} holds no number.`);
  return value;
}

export const numberOrNull = (row: Row, column: string): number | null =>
  row[column] === null || row[column] === undefined ? null : number(row, column);

/** A column that holds one of `values`, as this program wrote it. */
export function oneOf<T extends string>(row: Row, column: string, values: readonly T[]): T {
  const value = text(row, column);
  const found = values.find((candidate) => candidate === value);
  if (found === undefined) throw new TypeError(`Column ${column} holds ${JSON.stringify(value)}.`);
  return found;
}

export const oneOfOrNull = <T extends string>(row: Row, column: string, values: readonly T[]): T | null =>
  row[column] === null || row[column] === undefined ? null : oneOf(row, column, values);
