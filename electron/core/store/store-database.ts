import { DatabaseSync } from 'node:sqlite';
import type { SQLInputValue } from 'node:sqlite';
import type { Row } from './row.ts';
import type { Kind } from './unreadable.ts';
import { UnreadableRows } from './unreadable.ts';

/**
 * The database, read as something that may be damaged: each row is parsed by itself, and one that cannot be read is left
 * out, kept where it is and noted.
 */
export class StoreDatabase extends DatabaseSync {
  readonly unreadable = new UnreadableRows();

  /** The rows as they are. Integers are bigints, as one too large for a number would make the whole query throw. */
  rows(sql: string, ...values: readonly SQLInputValue[]): readonly Row[] {
    const statement = this.prepare(sql);
    statement.setReadBigInts(true);
    return statement.all(...values);
  }

  /** All rows that can be read. */
  readAll<T>(kind: Kind, sql: string, values: readonly SQLInputValue[], parse: (row: Row) => T): readonly T[] {
    return this.unreadable.parse(kind, this.rows(sql, ...values), parse);
  }

  /** The first row; null where there is none, or it cannot be read. */
  readOne<T>(kind: Kind, sql: string, values: readonly SQLInputValue[], parse: (row: Row) => T): T | null {
    return this.unreadable.parse(kind, this.rows(sql, ...values).slice(0, 1), parse)[0] ?? null;
  }
}
