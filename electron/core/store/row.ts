import type { SQLOutputValue } from 'node:sqlite';
import { z } from 'zod';
import type { FormValues } from '../../contract/views.ts';
import { isPlainName } from '../base/inside.ts';

export type Row = Record<string, SQLOutputValue>;

/** A cell has a value that this program never writes: the row is damaged, or a newer program wrote it. */
export class BadCell extends Error {
  constructor(column: string, what: string) {
    super(`Column ${column} holds ${what}.`);
    this.name = 'BadCell';
  }
}

const isAbsent = (row: Row, column: string): boolean => row[column] === null || row[column] === undefined;

/** A column that is always text. @throws BadCell */
export function text(row: Row, column: string): string {
  const value = row[column];
  if (typeof value !== 'string') throw new BadCell(column, 'no text');
  return value;
}

/** @throws BadCell */
export const textOrNull = (row: Row, column: string): string | null =>
  isAbsent(row, column) ? null : text(row, column);

/** A column that is always a number which JavaScript can hold. @throws BadCell */
export function number(row: Row, column: string): number {
  const value = row[column];
  const found = typeof value === 'bigint' ? Number(value) : value;
  if (typeof found !== 'number' || !Number.isFinite(found)) throw new BadCell(column, 'no number');
  if (typeof value === 'bigint' && !Number.isSafeInteger(found)) throw new BadCell(column, 'too large a number');
  return found;
}

/** @throws BadCell */
export const numberOrNull = (row: Row, column: string): number | null =>
  isAbsent(row, column) ? null : number(row, column);

/** A count, a size or a position: whole and not negative. @throws BadCell */
export function count(row: Row, column: string): number {
  const value = number(row, column);
  if (!Number.isInteger(value) || value < 0) throw new BadCell(column, 'no count');
  return value;
}

/** @throws BadCell */
export const countOrNull = (row: Row, column: string): number | null =>
  isAbsent(row, column) ? null : count(row, column);

/** The times that a Date can hold, in ms since 1970 (ECMA-262, 21.4.1.1). Formatting any other throws. */
export const LAST_TIME = 8.64e15;

/** Where a page of runs ends (`edge`), as SQL. Bounded, so that one damaged time does not end the list. */
export const PAGE_EDGE = `min(max(edge, -${LAST_TIME}), ${LAST_TIME})`;

export const isTime = (value: number): boolean => Math.abs(value) <= LAST_TIME;

/** A moment in ms since 1970. @throws BadCell */
export function time(row: Row, column: string): number {
  const value = number(row, column);
  if (!isTime(value)) throw new BadCell(column, 'no time');
  return value;
}

/** @throws BadCell */
export const timeOrNull = (row: Row, column: string): number | null =>
  isAbsent(row, column) ? null : time(row, column);

/** A boolean, stored as 1 or 0. @throws BadCell */
export function flag(row: Row, column: string): boolean {
  const value = number(row, column);
  if (value !== 0 && value !== 1) throw new BadCell(column, 'neither 0 nor 1');
  return value === 1;
}

/** A column that holds one of `values`. @throws BadCell */
export function oneOf<T extends string>(row: Row, column: string, values: readonly T[]): T {
  const value = text(row, column);
  const found = values.find((candidate) => candidate === value);
  if (found === undefined) throw new BadCell(column, JSON.stringify(value.slice(0, 40)));
  return found;
}

/** @throws BadCell */
export const oneOfOrNull = <T extends string>(row: Row, column: string, values: readonly T[]): T | null =>
  isAbsent(row, column) ? null : oneOf(row, column, values);

/** A file or folder name without a path, so that it stays inside our folder. @throws BadCell */
export function plainName(row: Row, column: string): string {
  const value = text(row, column);
  if (!isPlainName(value)) throw new BadCell(column, 'no name of a file');
  return value;
}

/** @throws BadCell */
export const plainNameOrNull = (row: Row, column: string): string | null =>
  isAbsent(row, column) ? null : plainName(row, column);

/** JSON of a known shape. @throws BadCell */
export function json<T>(row: Row, column: string, schema: z.ZodType<T>): T {
  const parsed = schema.safeParse(parsedText(row, column));
  if (!parsed.success) throw new BadCell(column, 'JSON of another shape');
  return parsed.data;
}

/** @throws BadCell */
export const jsonOrNull = <T>(row: Row, column: string, schema: z.ZodType<T>): T | null =>
  isAbsent(row, column) ? null : json(row, column, schema);

/** JSON of any shape. @throws BadCell */
export function parsedText(row: Row, column: string): unknown {
  try {
    return JSON.parse(text(row, column));
  } catch (failure) {
    if (failure instanceof SyntaxError) throw new BadCell(column, 'no JSON');
    throw failure;
  }
}

/** What a form was filled in with. */
export const formValuesSchema: z.ZodType<FormValues> = z.record(z.string(), z.json());
