import type { RunId } from '../../contract/views.ts';
import { LAST_TIME, number, plainName, timeOrNull } from './row.ts';
import type { StoreDatabase } from './store-database.ts';

/** A run that may be dropped to make room. */
export interface Droppable {
  readonly id: RunId;
  /** What it takes on the disk: artifacts, and copies of its inputs. */
  readonly bytes: number;
}

/** Bytes on the disk by run: artifacts that are here, and copies of inputs. `total`, because `sum` throws when it is too much. */
export const BYTES = `SELECT run_id, total(max(0, size)) AS bytes FROM (
    SELECT run_id, size FROM artifacts WHERE file IS NOT NULL
    UNION ALL SELECT run_id, size FROM run_inputs WHERE copy IS NOT NULL
  ) GROUP BY run_id`;

/** What runs take up, and which of them may go. Favourites and runs under way are never among those. */
export class StoredRuns {
  readonly #database: StoreDatabase;

  constructor(database: StoreDatabase) {
    this.#database = database;
  }

  /** Ended before that time, oldest first, looked at or not. */
  endedBefore(time: number): readonly RunId[] {
    return this.#ids(
      'SELECT id FROM runs WHERE ended_at < ? AND favourite = 0 AND removed_at IS NULL ORDER BY ended_at, rowid',
      time,
    );
  }

  /** Everything on the disk, whoever's it is, except what is about to go anyway. */
  totalBytes(): number {
    const row = this.#database.first(
      `SELECT total(bytes) AS total FROM (${BYTES}) JOIN runs ON runs.id = run_id WHERE removed_at IS NULL`,
    );
    return row === undefined ? 0 : number(row, 'total');
  }

  /** Runs that take up room and whose end is no news: looked at, or stopped by the user. Oldest first. */
  noNewsWithBytes(): readonly Droppable[] {
    return this.#database.readAll(
      'runs',
      `SELECT id, bytes FROM (${BYTES}) JOIN runs ON runs.id = run_id
         WHERE ended_at IS NOT NULL AND (unseen = 0 OR state = 'stopped') AND favourite = 0 AND removed_at IS NULL AND bytes > 0
         ORDER BY ended_at, runs.rowid`,
      [],
      (row) => ({ id: plainName(row, 'id'), bytes: number(row, 'bytes') }),
    );
  }

  /** Whether any run names this file as an input. */
  isInput(path: string): boolean {
    return this.#database.first('SELECT 1 FROM run_inputs WHERE path = ? LIMIT 1', path) !== undefined;
  }

  isAnyUnderWay(ids: readonly RunId[]): boolean {
    const row = this.#database.first(
      'SELECT 1 FROM runs WHERE id IN (SELECT value FROM json_each(?)) AND ended_at IS NULL LIMIT 1',
      JSON.stringify(ids),
    );
    return row !== undefined;
  }

  /** When the first of the removed runs was removed; null when none is. */
  firstRemoval(): number | null {
    return this.#database.readOne(
      'others',
      `SELECT min(removed_at) AS first FROM runs WHERE removed_at BETWEEN -${LAST_TIME} AND ${LAST_TIME}`,
      [],
      (row) => timeOrNull(row, 'first'),
    );
  }

  /** Removed by the user at that time or before. */
  removedUntil(time: number): readonly RunId[] {
    return this.#ids('SELECT id FROM runs WHERE removed_at <= ?', time);
  }

  /** Those of `ids` that are no run's. */
  unknownOf(ids: readonly string[]): readonly string[] {
    return this.#ids(
      'SELECT value AS id FROM json_each(?) WHERE value NOT IN (SELECT id FROM runs)',
      JSON.stringify(ids),
    );
  }

  #ids(query: string, value: number | string): readonly RunId[] {
    return this.#database.readAll('runs', query, [value], (row) => plainName(row, 'id'));
  }
}
