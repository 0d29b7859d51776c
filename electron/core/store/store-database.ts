import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import type { Row } from './row.ts';
import { type Kind, UnreadableRows } from './unreadable.ts';

/** What a statement takes: its values in order, or one object with the named ones. */
type Values = readonly SQLInputValue[] | readonly [Readonly<Record<string, SQLInputValue>>];

/**
 * The database of the store. Prepares each statement once, and reads rows as something that may be damaged: parses each
 * by itself, and leaves out, keeps and notes one that it cannot read.
 *
 * The cache replaces `createTagStore()` of Node: a template of that cannot be composed of parts (a list of columns, the
 * conditions of a search), and it bypasses `StatementSync`, where the fault tests count the writes.
 */
export class StoreDatabase extends DatabaseSync {
  readonly unreadable = new UnreadableRows();
  readonly #statements = new Map<string, StatementSync>();
  readonly #readers = new Map<string, StatementSync>();

  /** Returns the same statement for the same text: to prepare one costs several times what most of them cost to run. */
  override prepare(sql: string): StatementSync {
    const cached = this.#statements.get(sql);
    if (cached !== undefined) return cached;
    const statement = super.prepare(sql);
    this.#statements.set(sql, statement);
    return statement;
  }

  /**
   * Prepares a statement that takes values of any size, outside of the cache: SQLite keeps the values of a statement until
   * it runs again, so that a cached one would hold a result of many megabytes.
   */
  prepareForLarge(sql: string): StatementSync {
    return super.prepare(sql);
  }

  /** Runs a statement and returns how many rows it changed. */
  change(sql: string, ...values: Values): number {
    return Number(this.prepare(sql).run(...(values as SQLInputValue[])).changes);
  }

  /** The first row, with integers as numbers. For counts, flags and whatever else the query itself keeps in range. */
  first(sql: string, ...values: Values): Row | undefined {
    return this.prepare(sql).get(...(values as SQLInputValue[]));
  }

  /** The rows as they are. Integers are bigints, as one too large for a number would make the whole query throw. */
  rows(sql: string, ...values: Values): readonly Row[] {
    const cached = this.#readers.get(sql);
    if (cached !== undefined) return cached.all(...(values as SQLInputValue[]));
    const reader = super.prepare(sql);
    reader.setReadBigInts(true);
    this.#readers.set(sql, reader);
    return reader.all(...(values as SQLInputValue[]));
  }

  /** All rows that can be read. */
  readAll<T>(kind: Kind, sql: string, values: readonly SQLInputValue[], parse: (row: Row) => T): readonly T[] {
    return this.unreadable.parse(kind, this.rows(sql, ...values), parse);
  }

  /**
   * Reads row by row, for a loop that stops before the last one or holds one large row at a time. The statement is of its own: a cached one cannot be run
   * again while it is being read.
   */
  *each<T>(kind: Kind, sql: string, parse: (row: Row) => T, values: readonly SQLInputValue[] = []): Generator<T> {
    const reader = super.prepare(sql);
    reader.setReadBigInts(true);
    for (const row of reader.iterate(...values)) yield* this.unreadable.parse(kind, [row], parse);
  }

  /** The first row; null where there is none, or it cannot be read. */
  readOne<T>(kind: Kind, sql: string, values: readonly SQLInputValue[], parse: (row: Row) => T): T | null {
    return this.unreadable.parse(kind, this.rows(sql, ...values).slice(0, 1), parse)[0] ?? null;
  }
}
