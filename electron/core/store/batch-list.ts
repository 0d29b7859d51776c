import type { BatchId, RunFormField, RunId, RunView } from '../../contract/views.ts';
import { RUN_REASON_NAMES, RUN_STATES } from '../../contract/views.ts';
import { EXCERPT_SOURCE } from '../base/excerpt.ts';
import { type BatchGiven, type BatchInput, batchValue } from '../model/batch-values.ts';
import { jsonOrNull, number, oneOf, oneOfOrNull, type Row, text, textOrNull, timeOrNull } from './row.ts';
import { formSchema } from './run-row.ts';
import type { StoreDatabase } from './store-database.ts';

/** Runs that are read before others get their turn. */
const PAGE = 50;

/** File names of a result that a row shows. */
const MOST_NAMES = 3;

/** A run of a batch with what it was given. */
export interface GivenRun {
  readonly id: RunId;
  readonly given: BatchGiven;
}

/** What became of a run of a batch. */
export type BatchState = Pick<RunView, 'id' | 'state' | 'reason' | 'endedAt'> & { readonly tookMs: number | null };

/** What a run gave, in a few words. */
export interface BatchAnswer {
  /** How long the server had the job; null when unknown. */
  readonly tookMs: number | null;
  readonly answer: string | null;
  readonly files: readonly string[];
}

/** The runs of a batch side by side. Leaves out runs that the user removed. */
export class BatchList {
  readonly #database: StoreDatabase;

  constructor(database: StoreDatabase) {
    this.#database = database;
  }

  /** Changes whenever a run is added to the batch, removed from it or restored. */
  stamp(batchId: BatchId): string {
    const row = this.#database.first(
      `SELECT count(*) || ' ' || total(rowid) AS stamp FROM runs INDEXED BY runs_by_batch
       WHERE batch_id = ? AND removed_at IS NULL`,
      batchId,
    );
    return row === undefined ? '' : text(row, 'stamp');
  }

  /** The next runs after the row `after`, in the order in which they were made, and the row to go on after; null at the end. */
  page(batchId: BatchId, after: number): { readonly runs: readonly GivenRun[]; readonly next: number | null } {
    const rows = this.#database.rows(
      `SELECT rowid AS place FROM runs INDEXED BY runs_by_batch WHERE batch_id = ? AND rowid > ? AND removed_at IS NULL
       ORDER BY rowid LIMIT ${PAGE}`,
      batchId,
      after,
    );
    const places = rows.map((row) => number(row, 'place'));
    const [last] = places.slice(-1);
    if (last === undefined) return { runs: [], next: null };
    const page = JSON.stringify(places);
    const inputs = Map.groupBy(
      this.#database.each(
        'runs',
        `SELECT run_id, path IS NULL AS is_written, name, path, text, field FROM run_inputs
         WHERE run_id IN (SELECT id FROM runs WHERE rowid IN (SELECT value FROM json_each(?))) ORDER BY run_id, position`,
        readInput,
        [page],
      ),
      ({ runId }) => runId,
    );
    const runs = this.#database.each(
      'runs',
      'SELECT id, message, form FROM runs WHERE rowid IN (SELECT value FROM json_each(?)) ORDER BY rowid',
      (row): GivenRun => {
        const id = text(row, 'id');
        const message = batchValue(text(row, 'message'));
        const form: readonly RunFormField[] = jsonOrNull(row, 'form', formSchema) ?? [];
        return { id, given: { message, form, inputs: (inputs.get(id) ?? []).map(({ input }) => input) } };
      },
      [page],
    );
    return { runs: [...runs], next: places.length < PAGE ? null : last };
  }

  /** The states of all runs, in the order in which they were made. */
  states(batchId: BatchId): readonly BatchState[] {
    return this.#database.readAll(
      'runs',
      `SELECT id, state, reason, started_at, ended_at, took_ms FROM runs INDEXED BY runs_by_batch
       WHERE batch_id = ? AND removed_at IS NULL ORDER BY rowid`,
      [batchId],
      (row) => ({
        id: text(row, 'id'),
        state: oneOf(row, 'state', RUN_STATES),
        reason: oneOfOrNull(row, 'reason', RUN_REASON_NAMES),
        endedAt: timeOrNull(row, 'ended_at'),
        tookMs: timeOrNull(row, 'took_ms'),
      }),
    );
  }

  /** The beginnings of what these runs gave. Looks at no more of a text than it returns. */
  answers(ids: readonly RunId[]): ReadonlyMap<RunId, BatchAnswer> {
    const first = (what: string, table: string, where: string): string =>
      `(SELECT substr(${what}, 1, ${EXCERPT_SOURCE}) FROM ${table} WHERE run_id = runs.id AND ${where} ORDER BY position LIMIT 1)`;
    return new Map(
      this.#database.readAll(
        'results',
        `SELECT id AS run_id, took_ms, coalesce(${first('value', 'result_parts', `kind = 'text' AND ${isWritten('value')}`)},
             ${first('text', 'chat_messages', isWritten('text'))}, ${first('value', 'result_parts', "kind = 'object'")}) AS answer,
           (SELECT group_concat(name, char(10)) FROM (SELECT replace(substr(name, 1, 1000), char(10), ' ') AS name
             FROM artifacts WHERE run_id = runs.id ORDER BY position LIMIT ${MOST_NAMES})) AS files
         FROM runs WHERE id IN (SELECT value FROM json_each(?))`,
        [JSON.stringify(ids)],
        (row) => [
          text(row, 'run_id'),
          {
            tookMs: timeOrNull(row, 'took_ms'),
            answer: textOrNull(row, 'answer'),
            files: textOrNull(row, 'files')?.split('\n') ?? [],
          },
        ],
      ),
    );
  }
}

/** Condition on a text: its beginning is not blank. */
const isWritten = (column: string): string =>
  `trim(substr(${column}, 1, ${EXCERPT_SOURCE}), ' ' || char(9, 10, 13)) <> ''`;

function readInput(row: Row): { readonly runId: RunId; readonly input: BatchInput } {
  const name = text(row, 'name');
  const isWritten = number(row, 'is_written') === 1;
  // Two files of one name are different files.
  const value = isWritten
    ? batchValue(textOrNull(row, 'text') ?? '')
    : { text: batchValue(name).text, identity: batchValue(text(row, 'path')).identity };
  return { runId: text(row, 'run_id'), input: { isWritten, field: textOrNull(row, 'field'), value } };
}
