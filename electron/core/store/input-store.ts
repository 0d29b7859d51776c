import type { RunId } from '../../contract/views.ts';
import type { StoreDatabase } from './store-database.ts';

/** What is known of single inputs of runs, beside what runs themselves tell (run-store.ts). Nobody is told of it. */
export class InputStore {
  readonly #database: StoreDatabase;

  constructor(database: StoreDatabase) {
    this.#database = database;
  }

  /** A copy of the input is in the run's own folder, under that name; false when there is no such input (any more). */
  recordCopy(runId: RunId, position: number, copy: string): boolean {
    const changes = this.#database.change(
      'UPDATE run_inputs SET copy = ? WHERE run_id = ? AND position = ?',
      copy,
      runId,
      position,
    );
    return changes === 1;
  }
}
