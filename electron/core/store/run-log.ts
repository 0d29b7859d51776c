import type { DatabaseSync } from 'node:sqlite';
import type { RunId, RunLogEntryView } from '../../contract/views.ts';
import { RUN_REASONS, RUN_STATES } from '../../contract/views.ts';
import { number, oneOf, oneOfOrNull, textOrNull } from './row.ts';

/** Lines read at most: a run that waited for days can have many, and its end is of more use than its middle. */
const MOST_READ = 200;

/** What happened to runs. The database writes it by itself, with every change of a state (migrations.ts). */
export class RunLog {
  readonly #database: DatabaseSync;

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  /** The last of it, oldest first; empty for a run from before there was a log. */
  of(runId: RunId): readonly RunLogEntryView[] {
    const rows = this.#database
      .prepare('SELECT at, state, reason, detail FROM run_log WHERE run_id = ? ORDER BY id DESC LIMIT ?')
      .all(runId, MOST_READ);
    return rows.reverse().map((row) => ({
      at: number(row, 'at'),
      state: oneOf(row, 'state', RUN_STATES),
      reason: oneOfOrNull(row, 'reason', RUN_REASONS),
      detail: textOrNull(row, 'detail'),
    }));
  }
}
