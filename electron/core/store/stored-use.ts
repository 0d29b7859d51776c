import type { RunId } from '../../contract/views.ts';
import { number, plainName } from './row.ts';
import { BYTES } from './stored-runs.ts';
import type { StoreDatabase } from './store-database.ts';

/** What the list of runs holds, and which of them are old: for the screen that shows it. */
export class StoredUse {
  readonly #database: StoreDatabase;

  constructor(database: StoreDatabase) {
    this.#database = database;
  }

  /** All runs that are in the list, whatever their state. */
  count(): number {
    const row = this.#database.first('SELECT count(*) AS runs FROM runs WHERE removed_at IS NULL');
    return row === undefined ? 0 : number(row, 'runs');
  }

  /** Runs that have ended, also those that were removed and can still be brought back. */
  ended(): readonly RunId[] {
    return this.#database.readAll('runs', 'SELECT id FROM runs WHERE ended_at IS NOT NULL', [], (row) =>
      plainName(row, 'id'),
    );
  }

  /** What these runs take on the disk: artifacts that are here, and copies of inputs. Bytes. */
  bytesOf(ids: readonly RunId[]): number {
    const list = JSON.stringify(ids);
    const row = this.#database.first(
      `SELECT total(bytes) AS bytes FROM (${BYTES})
         WHERE run_id IN (SELECT value FROM json_each(?))`,
      list,
    );
    return row === undefined ? 0 : number(row, 'bytes');
  }
}
