import { z } from 'zod';
import type { BatchId, RunChoicesView, RunId, RunLogEntryView, RunState, RunView } from '../../contract/views.ts';
import { RUN_REASON_NAMES, RUN_STATES } from '../../contract/views.ts';
import type { ListedRun } from '../model/listed-run.ts';
import { count, json, number, oneOf, oneOfOrNull, PAGE_EDGE, type Row, text, textOrNull, time } from './row.ts';
import { IS_PICTURE } from './result-store.ts';
import { LISTED_COLUMNS, readListedRun } from './run-row.ts';
import { conditionsOf, MATCHED, matchesOf, type SearchPage, type SearchRequest } from './run-search.ts';
import { searchExpression } from './search-terms.ts';
import type { StoreDatabase } from './store-database.ts';

const NEWEST_FIRST = 'ORDER BY listed_at DESC, rowid DESC';

/** Most events read of one run: a run that waited for days has many, and the last ones matter most. */
const MOST_LOGGED = 200;

const idsSchema = z.array(z.string());

type Gave = NonNullable<RunView['gave']>;

export interface Listed {
  readonly run: ListedRun;
  /** What came back so far. */
  readonly gave: Gave;
  /** The position of the first picture that is here; null without one. */
  readonly picture: number | null;
}

/**
 * Runs as lists show them, in a fixed number of queries however many there are. Leaves out runs that the user
 * removed.
 */
export class RunList {
  readonly #database: StoreDatabase;

  constructor(database: StoreDatabase) {
    this.#database = database;
  }

  /**
   * The newest runs, and all in progress of any age; newest first. Returns more than `limit` to keep the runs of one moment
   * together. `more` is the time before which there are further runs; null without any.
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

  /** Those of `ids` that exist, newest first. */
  of(ids: readonly RunId[]): readonly Listed[] {
    return this.#list(`WHERE id IN (SELECT value FROM json_each(?)) ${NEWEST_FIRST}`, JSON.stringify(ids));
  }

  /** Ended runs, newest first. */
  ended(limit: number): readonly Listed[] {
    return this.#list(`WHERE removed_at IS NULL AND ended_at IS NOT NULL ${NEWEST_FIRST} LIMIT ?`, limit);
  }

  /** Runs in progress, newest first. */
  underWay(): readonly Listed[] {
    return this.#list(`INDEXED BY runs_unfinished WHERE ended_at IS NULL ${NEWEST_FIRST}`);
  }

  /** The states of all runs in progress. */
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

  /** Finds runs, newest first. Keeps the runs of one moment on one page: a drop must not look smaller than it is. */
  search({ query, filter, before, limit }: SearchRequest): SearchPage {
    const words = searchExpression(query);
    // The query has no word that a text can contain: finds nothing, rather than everything.
    if (words === null && query.trim() !== '') return { ids: [], matches: new Map(), more: null, total: 0 };
    const conditions = conditionsOf(filter);
    const row = this.#database.first(
      `WITH matching AS MATERIALIZED (
           SELECT runs.rowid AS run, listed_at FROM ${words === null ? 'runs' : MATCHED} WHERE ${conditions.sql}),
         page AS (SELECT min(listed_at) AS edge FROM
           (SELECT listed_at FROM matching WHERE listed_at < :before ORDER BY listed_at DESC LIMIT :limit))
         SELECT ${PAGE_EDGE} AS edge, (SELECT count(*) FROM matching) AS total,
           EXISTS (SELECT 1 FROM matching WHERE listed_at < edge) AS more,
           (SELECT json_group_array(id) FROM matching JOIN runs ON runs.rowid = matching.run
            WHERE matching.listed_at >= edge AND matching.listed_at < :before) AS ids FROM page`,
      {
        ...conditions.values,
        ...(words === null ? {} : { words }),
        before: before ?? Number.MAX_SAFE_INTEGER,
        limit,
      },
    );
    if (row === undefined) throw new TypeError('A search came back empty.');
    const found = text(row, 'ids');
    return {
      ids: json(row, 'ids', idsSchema),
      matches: words === null ? new Map() : matchesOf(this.#database, words, found),
      more: row.more === 1 ? number(row, 'edge') : null,
      total: number(row, 'total'),
    };
  }

  /** The recipes and servers to filter by, most recently used first. */
  choices(): RunChoicesView {
    const of = (what: 'recipe' | 'profile', name: string) =>
      this.#database.readAll(
        'runs',
        // SQLite takes the name from the row that has the maximum: the latest name.
        `SELECT ${what}_id AS id, ${name} AS name, max(created_at) AS latest FROM runs WHERE removed_at IS NULL
         GROUP BY ${what}_id ORDER BY latest DESC`,
        [],
        (row) => ({ id: text(row, 'id'), name: text(row, 'name') }),
      );
    return { recipes: of('recipe', 'recipe_name'), servers: of('profile', 'server_name') };
  }

  /** The last events of a run, oldest first (triggers in migrations.ts write them). Empty for a run older than the log. */
  log(runId: RunId): readonly RunLogEntryView[] {
    return this.#database
      .readAll(
        'others',
        'SELECT id, run_id, at, state, reason, detail FROM run_log WHERE run_id = ? ORDER BY id DESC LIMIT ?',
        [runId, MOST_LOGGED],
        (row) => ({
          at: time(row, 'at'),
          state: oneOf(row, 'state', RUN_STATES),
          reason: oneOfOrNull(row, 'reason', RUN_REASON_NAMES),
          detail: textOrNull(row, 'detail'),
        }),
      )
      .toReversed();
  }

  #list(which: string, ...values: readonly (number | string)[]): readonly Listed[] {
    const rows = this.#database.rows(`SELECT ${LISTED_COLUMNS} FROM runs ${which}`, ...values);
    const ids = JSON.stringify(rows.map((row) => text(row, 'id')));
    const inputs = this.#inputsOf(ids);
    const gave = this.#gaveOf(ids);
    const pictures = this.#picturesOf(ids);
    return this.#database.unreadable.parse('runs', rows, (row) => {
      const id = text(row, 'id');
      return {
        run: readListedRun(row, inputs.get(id) ?? []),
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
