import type { RunId } from '../../contract/views.ts';
import { LAST_TIME, number, plainName, timeOrNull } from './row.ts';
import type { StoreDatabase } from './store-database.ts';

/** What runs take on the disk (migration `STORED_BYTES`), and which of them can be dropped. Bytes throughout. */
export class RunStorage {
  readonly #database: StoreDatabase;

  constructor(database: StoreDatabase) {
    this.#database = database;
  }

  /** All runs of the list, whatever their state. */
  count(): number {
    return this.#number('SELECT count(*) AS value FROM runs WHERE removed_at IS NULL');
  }

  /** What all runs of the list take: results on this machine and copies of inputs. */
  totalBytes(): number {
    return this.#number('SELECT total(stored_bytes) AS value FROM runs WHERE stored_bytes > 0 AND removed_at IS NULL');
  }

  /** What these runs take. */
  bytesOf(ids: readonly RunId[]): number {
    const sql = 'SELECT total(stored_bytes) AS value FROM runs WHERE id IN (SELECT value FROM json_each(?))';
    return this.#number(sql, JSON.stringify(ids));
  }

  /** Runs that have ended, also those that were removed and can still be restored. */
  ended(): readonly RunId[] {
    return this.#ids('SELECT id FROM runs WHERE ended_at IS NOT NULL');
  }

  /** Runs that ended before that time, oldest first, seen or not; no favourites. */
  endedBefore(time: number): readonly RunId[] {
    return this.#ids(
      'SELECT id FROM runs WHERE ended_at < ? AND favourite = 0 AND removed_at IS NULL ORDER BY ended_at, rowid',
      time,
    );
  }

  /**
   * The oldest runs that together take `bytes`, of those whose end is no news: seen, or stopped by the user. All of them when they take less; no favourites and no runs in progress. Stops reading
   * once they are enough.
   */
  oldestSeen(bytes: number): readonly RunId[] {
    const ids: RunId[] = [];
    let freed = 0;
    const runs = this.#database.each(
      'runs',
      `SELECT id, stored_bytes FROM runs INDEXED BY runs_by_end
         WHERE stored_bytes > 0 AND removed_at IS NULL AND ended_at IS NOT NULL
           AND (unseen = 0 OR state = 'stopped') AND favourite = 0
         ORDER BY ended_at, rowid`,
      (row) => ({ id: plainName(row, 'id'), bytes: number(row, 'stored_bytes') }),
    );
    for (const run of runs) {
      if (freed >= bytes) break;
      freed += run.bytes;
      ids.push(run.id);
    }
    return ids;
  }

  /** Whether any run has this file as an input. */
  isInput(path: string): boolean {
    return this.#database.first('SELECT 1 FROM run_inputs WHERE path = ? LIMIT 1', path) !== undefined;
  }

  isAnyUnderWay(ids: readonly RunId[]): boolean {
    const sql = 'SELECT 1 FROM runs WHERE id IN (SELECT value FROM json_each(?)) AND ended_at IS NULL LIMIT 1';
    return this.#database.first(sql, JSON.stringify(ids)) !== undefined;
  }

  /** When the first of the removed runs was removed; null when there is none. */
  firstRemoval(): number | null {
    return this.#database.readOne(
      'others',
      `SELECT min(removed_at) AS first FROM runs WHERE removed_at BETWEEN -${LAST_TIME} AND ${LAST_TIME}`,
      [],
      (row) => timeOrNull(row, 'first'),
    );
  }

  /** Runs that the user removed at that time or before. */
  removedUntil(time: number): readonly RunId[] {
    return this.#ids('SELECT id FROM runs WHERE removed_at <= ?', time);
  }

  /** Those of `ids` that belong to no run. */
  unknownOf(ids: readonly string[]): readonly string[] {
    const sql = 'SELECT value AS id FROM json_each(?) WHERE value NOT IN (SELECT id FROM runs)';
    return this.#ids(sql, JSON.stringify(ids));
  }

  /** The `value` that a query returns. `total`, not `sum`, in those that add: `sum` throws when it is too much. */
  #number(sql: string, ...values: readonly string[]): number {
    return number(this.#database.first(sql, ...values) ?? { value: 0 }, 'value');
  }

  #ids(query: string, ...values: readonly (number | string)[]): readonly RunId[] {
    return this.#database.readAll('runs', query, values, (row) => plainName(row, 'id'));
  }
}
