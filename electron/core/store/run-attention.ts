import { LIFTED_BY_USER, UNWANTED_ENDS } from '../../contract/run-needs.ts';
import type { AttentionView, RunId } from '../../contract/views.ts';
import { number, text } from './row.ts';
import type { StoreDatabase } from './store-database.ts';

/** Counts the runs that need the user's attention in the database: a window knows only the newest runs. */
export class RunAttention {
  readonly #database: StoreDatabase;

  constructor(database: StoreDatabase) {
    this.#database = database;
  }

  /** By the rule of `needsYou` in the contract. Each part reads an index of few runs, however long the history is. */
  count(): AttentionView {
    const row = this.#database.first(
      `SELECT
           (SELECT count(*) FROM runs WHERE ended_at IS NULL AND state = 'unconfirmed' AND removed_at IS NULL)
           + (SELECT count(*) FROM runs WHERE ended_at IS NULL AND state = 'waiting' AND removed_at IS NULL
                AND reason IN (SELECT value FROM json_each(:lifted)))
           + (SELECT count(*) FROM runs INDEXED BY runs_unseen WHERE unseen = 1 AND removed_at IS NULL
                AND (state IN (SELECT value FROM json_each(:unwanted)) OR reason = 'answer-cut')) AS needs_you,
           (SELECT count(*) FROM runs INDEXED BY runs_unseen WHERE unseen = 1 AND removed_at IS NULL) AS unseen`,
      { lifted: JSON.stringify(LIFTED_BY_USER), unwanted: JSON.stringify(UNWANTED_ENDS) },
    );
    return row === undefined
      ? { needsYou: 0, unseen: 0 }
      : { needsYou: number(row, 'needs_you'), unseen: number(row, 'unseen') };
  }

  /** Marks every ended run as seen. Returns those that were not. */
  seeAll(): readonly RunId[] {
    return this.#database
      .rows('UPDATE runs SET unseen = 0 WHERE unseen = 1 AND removed_at IS NULL RETURNING id')
      .map((row) => text(row, 'id'));
  }

  /** Undoes `seeAll`, for the runs that still exist. */
  unsee(ids: readonly RunId[]): void {
    this.#database.change(
      'UPDATE runs SET unseen = 1 WHERE id IN (SELECT value FROM json_each(?)) AND ended_at IS NOT NULL',
      JSON.stringify(ids),
    );
  }
}
