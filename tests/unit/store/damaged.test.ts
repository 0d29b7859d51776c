import { copyFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { unreadableWords } from '../../../electron/contract/text/store.ts';
import { AppError } from '../../../electron/core/base/coded-error.ts';
import type { Core } from '../../../electron/core/app/core.ts';
import { inTransaction, openDatabase } from '../../../electron/core/store/database.ts';
import { DraftStore } from '../../../electron/core/store/draft-store.ts';
import { RecipeStore } from '../../../electron/core/store/recipe-store.ts';
import { RunStore } from '../../../electron/core/store/run-store.ts';
import { aRun } from '../../support/a-run.ts';
import { anInput } from '../../support/an-input.ts';
import { LoudLogger, makeHome, openCore, type TestHome } from '../../support/test-core.ts';
import { TestClock } from '../../support/test-clock.ts';

let home: TestHome;
let core: Core | null;
beforeEach(async () => {
  home = await makeHome();
  core = null;
});
afterEach(async () => {
  core?.close();
  await home.remove();
});

const idOf = (kind: 'a' | 'b' | 'c', position: number): string =>
  `00000000-0000-4000-8000-0000000${kind}${String(position).padStart(4, '0')}`;

/** The run that no test touches. */
const sound = idOf('c', 0);

/** How many rows each table has beside the sound ones: as many as there are bad values to be tried. */
const ROWS = 12;

/** A database with something in every table. */
function fill(): void {
  const { database } = openDatabase(home.folder, 1);
  const clock = new TestClock(5_000);
  const runs = new RunStore(database, clock);
  const range = Array.from({ length: ROWS }, (_, position) => position);
  const toEnd = [...range.map((position) => idOf('a', position)), sound];
  const ids = [...toEnd, ...range.map((position) => idOf('b', position))];
  // Of another living process, so that nothing is carried on here.
  const run = { ...aRun(), owner: `terminal:${process.pid}` };
  runs.addAll(ids.map((id) => ({ ...run, id, inputs: [anInput({ path: '/nowhere/notes.txt' })] })));
  inTransaction(database, () => {
    database.exec(`INSERT INTO result_parts (run_id, position, kind, value) SELECT id, 0, 'text', 'A text' FROM runs`);
    database.exec(`INSERT INTO chat_messages (run_id, position, format, text) SELECT id, 0, 'plain', 'Said' FROM runs`);
    database.exec(`INSERT INTO chat_kept (run_id, bytes, left_out) SELECT id, 4, 1 FROM runs`);
    database.exec(`INSERT INTO artifacts (run_id, position, fid, list, name, mime, size, file)
      SELECT id, 0, 'f', 'images', 'a.png', 'image/png', 5, '1-a.png' FROM runs`);
    database.exec(`INSERT INTO recipe_marks (profile_id, recipe_id, used_at) SELECT 'p', id, 2000 FROM runs`);
    database.exec(`INSERT INTO presets SELECT id, 'p', 'one', id, '', '{}', 2000 FROM runs`);
    database.exec(`INSERT INTO recipes_last_used VALUES ('p', 'image', 'one'), ('p', 'text', 'one')`);
  });
  for (const id of toEnd) runs.move({ ...run, id }, 'stopped');
  new RecipeStore(database).replace('p', ids.map(listing), 1_000);
  new DraftStore(database).write({
    things: [],
    recipeId: 'one',
    message: 'Hello',
    data: '',
    values: {},
    presetId: null,
    mode: 'together',
    table: {
      ...{ name: 'a.csv', path: null, names: ['a'], rows: [['1'], ['2']], hasNames: true, oddRows: { 1: 'uneven' } },
      ...{ chosen: { 0: null }, isOutsideAllowed: false, revision: 1 },
    },
  });
  database.close();
}

const listing = (id: string) => ({
  id,
  name: id,
  description: '',
  author: '',
  tags: [],
  mine: true,
  updatedAt: 1,
  pictureUrl: null,
});

/** What a cell of such a type can hold and this program never writes there. */
const BAD: Readonly<Record<string, readonly string[]>> = {
  TEXT: [
    "''",
    "'{'",
    "'[1]'",
    '\'["a"]\'',
    '\'"a"\'',
    'null',
    "'../../etc/passwd'",
    "'/etc/passwd'",
    "'a' || char(0) || 'b'",
    "'..'",
    "'no-such-word'",
    "printf('%.*c', 5000, '[')",
  ],
  INTEGER: ['9223372036854775807', '-9223372036854775808', '-1', '8640000000000001', '9007199254740991', 'null', '2'],
  REAL: ['9e999', '-9e999', 'null', '-1'],
};

interface Column {
  readonly table: string;
  readonly name: string;
  readonly type: string;
}

function columns(): readonly Column[] {
  const { database } = openDatabase(home.folder, 1);
  const found = database
    .prepare(
      `SELECT tables.name AS "table", columns.name AS name, columns.type AS type FROM sqlite_schema AS tables
       JOIN pragma_table_info(tables.name) AS columns
       WHERE tables.type = 'table' AND tables.name NOT LIKE 'run_search%' AND tables.name NOT LIKE 'sqlite_%'`,
    )
    .all()
    .map(({ table, name, type }) => ({ table: String(table), name: String(name), type: String(type) }));
  database.close();
  return found;
}

/**
 * Puts bad values into a column, each into a row of its own, those from `from` on. Answers how many there was a row for;
 * some the database itself refuses.
 */
function spoil({ table, name, type }: Column, from: number): number {
  const database = new DatabaseSync(join(home.folder, 'omnitray.db'));
  const owner = columnOfRun(database, table);
  const rows = database
    .prepare(`SELECT rowid AS place FROM ${table} ${owner === null ? '' : `WHERE ${owner} IS NOT '${sound}'`}`)
    .all();
  const values = (BAD[type] ?? []).slice(from, from + rows.length);
  values.forEach((value, index) => {
    try {
      database.exec(`UPDATE ${table} SET ${name} = ${value} WHERE rowid = ${String(rows[index]?.place)}`);
    } catch (failure) {
      if (!/constraint|cannot store|mismatch/.test(String(failure))) throw failure;
    }
  });
  database.close();
  return values.length;
}

function columnOfRun(database: DatabaseSync, table: string): string | null {
  if (table === 'runs') return 'id';
  const has = database.prepare(`SELECT 1 FROM pragma_table_info('${table}') WHERE name = 'run_id'`).get();
  return has === undefined ? null : 'run_id';
}

const TABLES = [
  'runs',
  'run_inputs',
  'result_parts',
  'artifacts',
  'chat_messages',
  'chat_kept',
  'run_log',
  'recipes',
  'recipe_listings',
  'recipe_marks',
  'recipes_last_used',
  'presets',
  'draft',
  'draft_table',
];

describe('a damaged cell', () => {
  it('is tried in every table that there is', () => {
    fill();
    expect([...new Set(columns().map(({ table }) => table))].toSorted()).toEqual(TABLES.toSorted());
  });

  it.each(TABLES)('of %s keeps neither the program from starting nor the lists from showing', async (table) => {
    fill();
    const whole = join(home.folder, 'whole.db');
    copyFileSync(join(home.folder, 'omnitray.db'), whole);
    for (const column of columns().filter((each) => each.table === table)) {
      for (let from = 0; from < (BAD[column.type]?.length ?? 0);) {
        for (const suffix of ['-wal', '-shm']) rmSync(join(home.folder, `omnitray.db${suffix}`), { force: true });
        copyFileSync(whole, join(home.folder, 'omnitray.db'));
        const many = spoil(column, from);
        await expectToWork(`${table}.${column.name}, ${BAD[column.type]?.slice(from, from + many).join(' ')}`);
        from += many;
      }
    }
  });
});

async function expectToWork(what: string): Promise<void> {
  const logger = new LoudLogger();
  try {
    core = openCore(home, { logger });
    await lookAround(core);
  } catch (failure) {
    throw new Error(what, { cause: failure });
  } finally {
    core?.close();
    core = null;
  }
  expect(logger.errors, what).toEqual([]);
}

/** What a start and the screens do. */
async function lookAround(it: Core): Promise<void> {
  expect(it.engine.resume()).toBe(true);
  await it.draftPersistence.start();
  it.housekeeping.start();
  it.catalogue.use('p');
  expect(it.presets.view.length).toBeGreaterThan(0);
  expect(it.presets.of('one').length).toBeGreaterThan(0);
  const listed = it.runs.recent().runs.map(({ id }) => id);
  expect(listed).toContain(sound);
  const found = it.runs.search({ query: '', filter: {}, before: null, limit: 50 });
  expect(found.runs.map(({ run }) => run.id)).toContain(sound);
  it.runs.search({ query: 'said', filter: {}, before: null, limit: 50 });
  it.listed.choices();
  it.runs.forTray();
  for (const { id } of it.runs.recent().runs) {
    resultOf(it, id);
    it.listed.log(id);
  }
  expect(it.runs.result(sound).texts).toEqual(['A text']);
  await it.storage.view();
  // New runs are stored and found beside the damaged ones.
  const id = '00000000-0000-4000-8000-00000000000d';
  it.engine.submitAll([{ ...aRun(), id, owner: 'app' }], 60_000);
  expect(it.runs.search({ query: '', filter: {}, before: null, limit: 50 }).runs.map(({ run }) => run.id)).toContain(
    id,
  );
  it.results.addMessage(sound, { text: 'More', format: 'plain', objects: [], artifacts: [] });
  await it.engine.stop(id);
  it.removal.remove([id]);
}

/** What a click on a line of the list asks for. */
function resultOf(it: Core, id: string): void {
  try {
    it.runs.result(id);
  } catch (failure) {
    if (!(failure instanceof AppError) || failure.code !== 'run-unreadable') throw failure;
  }
}

describe('what cannot be read', () => {
  const change = (sql: string): void => {
    const database = new DatabaseSync(join(home.folder, 'omnitray.db'));
    database.exec(sql);
    database.close();
  };

  it('is left out, kept as it is, counted, and named once in the log', () => {
    fill();
    const damaged = idOf('a', 3);
    change(`UPDATE runs SET failures = '{', state = 'of-tomorrow' WHERE id = '${damaged}'`);
    const told: { readonly message: string; readonly facts: unknown }[] = [];
    const logger = {
      info: () => undefined,
      error: () => undefined,
      warn: (message: string, facts: unknown) => void told.push({ message, facts }),
    };
    core = openCore(home, { logger });
    for (let look = 0; look < 3; look += 1) expect(core.runs.recent().runs.map(({ id }) => id)).not.toContain(damaged);
    expect(core.unreadable.view).toEqual({ runs: 1, results: 0, recipes: 0, others: 0 });
    expect(told).toEqual([
      {
        message: expect.stringContaining('kept') as string,
        facts: expect.objectContaining({
          kind: 'runs',
          key: `id=${damaged} profile_id=profile-1 recipe_id=recipe-1`,
        }) as unknown,
      },
    ]);
    expect(unreadableWords(core.unreadable.view)).toEqual([
      '1 run could not be read. It is kept, and left out of the lists.',
    ]);
    expect(() => core?.runs.get(damaged)).toThrow(expect.objectContaining({ code: 'run-unreadable' }) as Error);
    core.close();
    core = null;
    const database = new DatabaseSync(join(home.folder, 'omnitray.db'));
    expect(database.prepare('SELECT state, failures FROM runs WHERE id = ?').get(damaged)).toEqual({
      state: 'of-tomorrow',
      failures: '{',
    });
    database.close();
  });

  it('is no file to be handed out, wherever its row says that it is', () => {
    fill();
    change(`UPDATE artifacts SET file = '../../../etc/passwd' WHERE run_id = '${sound}'`);
    core = openCore(home);
    expect(core.runs.result(sound).artifacts).toEqual([]);
    expect(core.unreadable.view.results).toBe(1);
  });

  it('is not sent in part: a run whose input is damaged is not gone on with', () => {
    fill();
    change(`UPDATE run_inputs SET kind = 'smell' WHERE run_id = '${idOf('b', 0)}'`);
    core = openCore(home);
    expect(core.runs.recent().runs.map(({ id }) => id)).not.toContain(idOf('b', 0));
    expect(() => core?.runs.get(idOf('b', 0))).toThrow(expect.objectContaining({ code: 'run-unreadable' }) as Error);
  });
});
