import type { RunId, RunLogEntryView } from '../../contract/views.ts';
import { RUN_REASON_NAMES, RUN_STATES } from '../../contract/views.ts';
import { oneOf, oneOfOrNull, textOrNull, time } from './row.ts';
import type { StoreDatabase } from './store-database.ts';

/** Lines read at most: a run that waited for days can have many, and its end is of more use than its middle. */
const MOST_READ = 200;

/** What happened to runs. The database writes it by itself, with every change of a state (migrations.ts). */
export class RunLog {
  readonly #database: StoreDatabase;

  constructor(database: StoreDatabase) {
    this.#database = database;
  }

  /** The last of it, oldest first; empty for a run from before there was a log. */
  of(runId: RunId): readonly RunLogEntryView[] {
    return this.#database
      .readAll(
        'others',
        'SELECT id, run_id, at, state, reason, detail FROM run_log WHERE run_id = ? ORDER BY id DESC LIMIT ?',
        [runId, MOST_READ],
        (row) => ({
          at: time(row, 'at'),
          state: oneOf(row, 'state', RUN_STATES),
          reason: oneOfOrNull(row, 'reason', RUN_REASON_NAMES),
          detail: textOrNull(row, 'detail'),
        }),
      )
      .toReversed();
  }
}
