import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { RunSearchFilter } from '../../contract/calls/runs.ts';
import { LIFTED_BY_USER, UNWANTED_ENDS } from '../../contract/run-needs.ts';
import type { RunChoicesView, RunId, RunMatchField, RunMatchView } from '../../contract/views.ts';
import { RUN_MATCH_FIELDS } from '../../contract/views.ts';
import { json, number, PAGE_EDGE, text } from './row.ts';
import { searchExpression } from './search-words.ts';
import type { StoreDatabase } from './store-database.ts';

const idsSchema = z.array(z.string());

/** No history is as long. A damaged number beyond it must not be the last one for ever. */
const LAST_DOC = 2 ** 52;

/** Words of text around a match: about two lines of a list. */
const WORDS_AROUND = 18;

const COLUMNS = RUN_MATCH_FIELDS.join(', ');

export interface SearchRequest {
  readonly query: string;
  readonly filter: RunSearchFilter;
  /** Only runs made before that time; null for the newest. */
  readonly before: number | null;
  readonly limit: number;
}

export interface SearchPage {
  readonly ids: readonly RunId[];
  /** What the words were found in; nothing of a run, or no run, where there were no words. */
  readonly matches: ReadonlyMap<RunId, readonly RunMatchView[]>;
  readonly more: number | null;
  readonly total: number;
}

/**
 * Puts new runs into the search. Inside the caller's transaction. What comes later, up to their end, is added by the
 * database itself as they end (migrations.ts); that they go, too.
 */
export function makeSearchable(database: StoreDatabase, ids: readonly RunId[]): void {
  const given = JSON.stringify(ids);
  database.change(
    `UPDATE runs SET search_doc = given.key + 1 + (
         SELECT coalesce(max(search_doc), 0) FROM runs WHERE search_doc BETWEEN 0 AND ${LAST_DOC})
       FROM json_each(?) AS given WHERE runs.id = given.value`,
    given,
  );
  database.change(
    `INSERT INTO run_search (rowid, ${COLUMNS}) SELECT doc, ${COLUMNS} FROM searchable
       WHERE run_id IN (SELECT value FROM json_each(?))`,
    given,
  );
}

/** Finds runs among all there ever were, by words in them and by what they are. */
export class RunSearch {
  readonly #database: StoreDatabase;

  constructor(database: StoreDatabase) {
    this.#database = database;
  }

  /** Newest first. Runs of one moment are never apart: those of a drop would look fewer than they are. */
  page({ query, filter, before, limit }: SearchRequest): SearchPage {
    const words = searchExpression(query);
    // Something was typed that no text can hold: nothing is found, rather than everything.
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
      matches: words === null ? new Map() : this.#matches(words, found),
      more: row.more === 1 ? number(row, 'edge') : null,
      total: number(row, 'total'),
    };
  }

  /** What there is to filter by, most recently used first. */
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

  #matches(words: string, ids: string): SearchPage['matches'] {
    // Of its own for each search, so that no text can hold it.
    const mark = randomUUID();
    const around = RUN_MATCH_FIELDS.map(
      (field, column) => `snippet(run_search, ${column}, :open, :close, '…', ${WORDS_AROUND}) AS ${field}`,
    ).join(', ');
    const rows = this.#database.rows(
      `SELECT runs.id, ${around} FROM runs JOIN run_search ON run_search.rowid = search_doc
         WHERE run_search MATCH :words AND runs.id IN (SELECT value FROM json_each(:ids))`,
      { words, ids, open: `${mark}<`, close: `${mark}>` },
    );
    return new Map(
      rows.map((row) => [text(row, 'id'), RUN_MATCH_FIELDS.flatMap((field) => matchOf(field, text(row, field), mark))]),
    );
  }
}

const MATCHED = 'run_search JOIN runs ON search_doc = run_search.rowid AND run_search MATCH :words';

/** A snippet with its marks, as parts; nothing where no mark is in it. */
function matchOf(field: RunMatchField, marked: string, mark: string): readonly RunMatchView[] {
  const [before = '', ...rest] = marked.split(`${mark}<`);
  if (rest.length === 0) return [];
  const parts = [
    { text: before, hit: false },
    ...rest.flatMap((piece) => {
      const [hit = '', after = ''] = piece.split(`${mark}>`);
      return [
        { text: hit, hit: true },
        { text: after, hit: false },
      ];
    }),
  ];
  return [{ field, parts: parts.filter((part) => part.text !== '') }];
}

interface Conditions {
  readonly sql: string;
  readonly values: Readonly<Record<string, string>>;
}

function conditionsOf({ states, recipeId, profileId, favourite, needsYou }: RunSearchFilter): Conditions {
  const asked: readonly (readonly [sql: string, values: Conditions['values']] | null)[] = [
    ['removed_at IS NULL', {}],
    states === undefined
      ? null
      : ['state IN (SELECT value FROM json_each(:states))', { states: JSON.stringify(states) }],
    recipeId === undefined ? null : ['recipe_id = :recipeId', { recipeId }],
    profileId === undefined ? null : ['profile_id = :profileId', { profileId }],
    favourite === undefined ? null : ['favourite = 1', {}],
    needsYou === undefined
      ? null
      : [
          // As needsYou of the contract has it.
          `(state = 'unconfirmed'
            OR (state = 'waiting' AND reason IN (SELECT value FROM json_each(:lifted)))
            OR (unseen = 1 AND (state IN (SELECT value FROM json_each(:unwanted)) OR reason = 'answer-cut')))`,
          { lifted: JSON.stringify(LIFTED_BY_USER), unwanted: JSON.stringify(UNWANTED_ENDS) },
        ],
  ];
  const given = asked.filter((each) => each !== null);
  return {
    sql: given.map(([sql]) => sql).join(' AND '),
    values: Object.assign({}, ...given.map(([, values]) => values)) as Conditions['values'],
  };
}
