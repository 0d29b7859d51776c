import { randomUUID } from 'node:crypto';
import type { RunSearchFilter } from '../../contract/calls/runs.ts';
import { LIFTED_BY_USER, UNWANTED_ENDS } from '../../contract/run-needs.ts';
import { RUN_MATCH_FIELDS, type RunId, type RunMatchField, type RunMatchView } from '../../contract/views.ts';
import { text } from './row.ts';
import type { StoreDatabase } from './store-database.ts';

/** Ignores damaged numbers beyond this one, after which there would be no next one. */
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
  /** Where the words were found, by run. Empty without words. */
  readonly matches: ReadonlyMap<RunId, readonly RunMatchView[]>;
  readonly more: number | null;
  readonly total: number;
}

/**
 * Adds new runs to the search, in the caller's transaction. Triggers add their results when they end and remove deleted
 * runs (migrations.ts).
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

/** Where in these runs (a JSON list of ids) the words were found. */
export function matchesOf(database: StoreDatabase, words: string, ids: string): SearchPage['matches'] {
  // A new one for each search, so that no text contains it.
  const mark = randomUUID();
  const around = RUN_MATCH_FIELDS.map(
    (field, column) => `snippet(run_search, ${column}, :open, :close, '…', ${WORDS_AROUND}) AS ${field}`,
  ).join(', ');
  const rows = database.rows(
    `SELECT runs.id, ${around} FROM runs JOIN run_search ON run_search.rowid = search_doc
       WHERE run_search MATCH :words AND runs.id IN (SELECT value FROM json_each(:ids))`,
    { words, ids, open: `${mark}<`, close: `${mark}>` },
  );
  return new Map(
    rows.map((row) => [text(row, 'id'), RUN_MATCH_FIELDS.flatMap((field) => matchOf(field, text(row, field), mark))]),
  );
}

/** The runs that match `:words`, as SQL. */
export const MATCHED = 'run_search JOIN runs ON search_doc = run_search.rowid AND run_search MATCH :words';

/** Splits a snippet at its marks; empty without one. */
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

/** The conditions of a filter, as SQL. */
export function conditionsOf({ states, recipeId, profileId, favourite, needsYou }: RunSearchFilter): Conditions {
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
