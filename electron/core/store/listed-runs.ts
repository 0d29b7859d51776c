import type { BatchId, RunId, RunState, RunView } from '../../contract/views.ts';
import { ATTACHMENT_KINDS, RUN_REASON_NAMES, RUN_STATES } from '../../contract/views.ts';
import type { ListedRun } from '../model/listed-run.ts';
import { EXCERPT_SOURCE } from '../model/listed-run.ts';
import type { Row } from './row.ts';
import {
  count,
  flag,
  number,
  oneOf,
  oneOfOrNull,
  PAGE_EDGE,
  plainName,
  text,
  textOrNull,
  time,
  timeOrNull,
} from './row.ts';
import { IS_PICTURE } from './result-store.ts';
import { failuresOf, idsOf } from './run-row.ts';
import type { StoreDatabase } from './store-database.ts';

/**
 * What a list shows of a run. Not its texts and not the jobs that were there before its start: with those, five hundred
 * runs can be gigabytes.
 */
const LISTED = `id, profile_id, server_name, recipe_id, recipe_name, substr(message, 1, ${EXCERPT_SOURCE}) AS message, state,
  since, reason, reason_detail, created_at, listed_at, started_at, ended_at, stop_requested, failures, candidates, unseen, batch_id,
  favourite`;

const NEWEST_FIRST = 'ORDER BY listed_at DESC, rowid DESC';

type Gave = NonNullable<RunView['gave']>;

export interface Listed {
  readonly run: ListedRun;
  /** What came back so far. */
  readonly gave: Gave;
  /** The position of the first picture that is here; null without one. */
  readonly picture: number | null;
}

/**
 * Runs as lists show them, in a fixed number of questions however many there are. Runs that the user removed are in
 * none of the answers.
 */
export class ListedRuns {
  readonly #database: StoreDatabase;

  constructor(database: StoreDatabase) {
    this.#database = database;
  }

  /**
   * The newest, and all under way however old they are; newest first. `limit` is exceeded to keep the runs of one moment
   * together. `more` is the time before which there are more; null where there are none.
   */
  newest(limit: number): { readonly runs: readonly Listed[]; readonly more: number | null } {
    const row = this.#database.first(
      `WITH newest AS (SELECT listed_at FROM runs WHERE removed_at IS NULL ORDER BY listed_at DESC LIMIT ?),
         page AS (SELECT coalesce(min(listed_at), 0) AS edge FROM newest)
         SELECT ${PAGE_EDGE} AS edge, EXISTS (SELECT 1 FROM runs WHERE listed_at < edge AND removed_at IS NULL) AS more
         FROM page`,
      limit,
    );
    if (row === undefined) throw new TypeError('A page has no edge.');
    const edge = number(row, 'edge');
    return {
      runs: this.#list(
        `WHERE rowid IN (SELECT rowid FROM runs INDEXED BY runs_by_listing WHERE listed_at >= ? AND removed_at IS NULL
           UNION SELECT rowid FROM runs INDEXED BY runs_unfinished WHERE ended_at IS NULL) ${NEWEST_FIRST}`,
        edge,
      ),
      more: row.more === 1 ? edge : null,
    };
  }

  /** Those of `ids` that there are, newest first. */
  of(ids: readonly RunId[]): readonly Listed[] {
    return this.#list(`WHERE id IN (SELECT value FROM json_each(?)) ${NEWEST_FIRST}`, JSON.stringify(ids));
  }

  /** Those that ended, newest first. */
  ended(limit: number): readonly Listed[] {
    return this.#list(`WHERE removed_at IS NULL AND ended_at IS NOT NULL ${NEWEST_FIRST} LIMIT ?`, limit);
  }

  /** Those under way, newest first. */
  underWay(): readonly Listed[] {
    return this.#list(`INDEXED BY runs_unfinished WHERE ended_at IS NULL ${NEWEST_FIRST}`);
  }

  /** The states of all runs under way. */
  statesUnderWay(): ReadonlyMap<RunId, RunState> {
    return new Map(
      this.#database.readAll('runs', 'SELECT id, state FROM runs WHERE ended_at IS NULL', [], (row) => [
        text(row, 'id'),
        oneOf(row, 'state', RUN_STATES),
      ]),
    );
  }

  /** The runs of a batch in the order in which they were made. */
  ofBatch(batchId: BatchId): readonly Pick<RunView, 'id' | 'state' | 'reason'>[] {
    return this.#database.readAll(
      'runs',
      'SELECT id, state, reason FROM runs WHERE batch_id = ? AND removed_at IS NULL ORDER BY listed_at, rowid',
      [batchId],
      (row) => ({
        id: text(row, 'id'),
        state: oneOf(row, 'state', RUN_STATES),
        reason: oneOfOrNull(row, 'reason', RUN_REASON_NAMES),
      }),
    );
  }

  #list(which: string, ...values: readonly (number | string)[]): readonly Listed[] {
    const rows = this.#database.rows(`SELECT ${LISTED} FROM runs ${which}`, ...values);
    const ids = JSON.stringify(rows.map((row) => text(row, 'id')));
    const inputs = this.#inputsOf(ids);
    const gave = this.#gaveOf(ids);
    const pictures = this.#picturesOf(ids);
    return this.#database.unreadable.parse('runs', rows, (row) => {
      const id = text(row, 'id');
      return {
        run: listedRun(row, inputs.get(id) ?? []),
        gave: gave.get(id) ?? NOTHING,
        picture: pictures.get(id) ?? null,
      };
    });
  }

  #inputsOf(ids: string): ReadonlyMap<RunId, readonly Row[]> {
    const rows = this.#database.rows(
      `SELECT run_id, kind, name, size FROM run_inputs WHERE run_id IN (SELECT value FROM json_each(?))
       ORDER BY run_id, position`,
      ids,
    );
    return Map.groupBy(rows, (row) => text(row, 'run_id'));
  }

  #gaveOf(ids: string): ReadonlyMap<RunId, Gave> {
    const gave = new Map<RunId, Gave>();
    const rows = this.#database.rows(
      `WITH wanted AS (SELECT value AS id FROM json_each(?))
         SELECT run_id, kind || 's' AS what, count(*) AS many FROM result_parts WHERE run_id IN wanted GROUP BY run_id, kind
         UNION ALL SELECT run_id, 'messages', count(*) FROM chat_messages WHERE run_id IN wanted GROUP BY run_id
         UNION ALL SELECT run_id, iif(problem IS 'unkept-value', 'objects', 'files') AS what, count(*) FROM artifacts
           WHERE run_id IN wanted GROUP BY run_id, what`,
      ids,
    );
    for (const row of rows) {
      const id = text(row, 'run_id');
      const what = oneOf(row, 'what', ['texts', 'objects', 'messages', 'files']);
      const sofar = gave.get(id) ?? NOTHING;
      gave.set(id, { ...sofar, [what]: sofar[what] + number(row, 'many') });
    }
    return gave;
  }

  #picturesOf(ids: string): ReadonlyMap<RunId, number> {
    return new Map(
      this.#database.readAll(
        'results',
        `SELECT run_id, position, min((message IS NOT NULL) * 1e9 + position) FROM artifacts
         WHERE run_id IN (SELECT value FROM json_each(?)) AND ${IS_PICTURE} GROUP BY run_id`,
        [ids],
        (row) => [text(row, 'run_id'), count(row, 'position')],
      ),
    );
  }
}

const NOTHING: Gave = { texts: 0, objects: 0, messages: 0, files: 0 };

const listedInput = (row: Row): ListedRun['inputs'][number] => ({
  kind: oneOf(row, 'kind', ATTACHMENT_KINDS),
  name: text(row, 'name'),
  size: count(row, 'size'),
});

const listedRun = (row: Row, inputs: readonly Row[]): ListedRun => ({
  id: plainName(row, 'id'),
  profileId: text(row, 'profile_id'),
  serverName: text(row, 'server_name'),
  recipeId: text(row, 'recipe_id'),
  recipeName: text(row, 'recipe_name'),
  message: text(row, 'message'),
  state: oneOf(row, 'state', RUN_STATES),
  since: time(row, 'since'),
  reason: oneOfOrNull(row, 'reason', RUN_REASON_NAMES),
  reasonDetail: textOrNull(row, 'reason_detail'),
  createdAt: time(row, 'created_at'),
  listedAt: time(row, 'listed_at'),
  startedAt: timeOrNull(row, 'started_at'),
  endedAt: timeOrNull(row, 'ended_at'),
  stopRequested: flag(row, 'stop_requested'),
  failures: failuresOf(row),
  candidates: idsOf(row, 'candidates'),
  unseen: flag(row, 'unseen'),
  batchId: textOrNull(row, 'batch_id'),
  favourite: flag(row, 'favourite'),
  inputs: inputs.map(listedInput),
});
