import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RunSearchFilter } from '../../../electron/contract/calls/runs.ts';
import type { EndState } from '../../../electron/contract/views.ts';
import type { RunIn, RunInput } from '../../../electron/core/model/run.ts';
import { openDatabase } from '../../../electron/core/store/database.ts';
import { MIGRATIONS } from '../../../electron/core/store/migrations.ts';
import { type NewArtifact, ResultStore } from '../../../electron/core/store/result-store.ts';
import { RunList } from '../../../electron/core/store/run-list.ts';
import { RunStore } from '../../../electron/core/store/run-store.ts';
import type { StoreDatabase } from '../../../electron/core/store/store-database.ts';
import { aRun } from '../../support/a-run.ts';
import { endRun } from '../../support/ended-run.ts';
import { TestClock } from '../../support/test-clock.ts';

let folder: string;
let database: StoreDatabase;
let store: RunStore;
let results: ResultStore;
let search: RunList;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'omnitray-search-'));
  open();
});
afterEach(() => {
  database.close();
  rmSync(folder, { recursive: true, force: true });
});

function open(): void {
  ({ database } = openDatabase(folder, 1));
  store = new RunStore(database, new TestClock(5_000));
  results = new ResultStore(database);
  search = new RunList(database);
}

const input = (name: string, change: Partial<RunInput> = {}): RunInput => ({
  position: 0,
  kind: 'image',
  name,
  path: `/files/${name}`,
  text: null,
  size: 10,
  mtimeMs: 1,
  mime: null,
  sha256: null,
  fid: null,
  fidExpires: null,
  copy: null,
  sendAs: null,
  serverName: null,
  madeFrom: null,
  field: null,
  ...change,
});
const artifact = (name: string): NewArtifact => ({
  fid: 'f',
  list: 'images',
  name,
  mime: 'image/png',
  size: 1,
  width: null,
  height: null,
  problem: null,
  expires: null,
});
const run = (id: string, change: Partial<RunIn<'queued'>> = {}): RunIn<'queued'> => ({ ...aRun(), id, ...change });
const page = (query: string, filter: RunSearchFilter = {}, before: number | null = null, limit = 50) =>
  search.search({ query, filter, before, limit });
const found = (query: string, filter: RunSearchFilter = {}) => page(query, filter).ids.toSorted();
/** The fields a run was found by, and their text with what was searched for in brackets. */
const marked = (query: string, id: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    (page(query).matches.get(id) ?? []).map(({ field, parts }) => [
      field,
      parts.map(({ text, hit }) => (hit ? `[${text}]` : text)).join(''),
    ]),
  );

/** A run that ended with an answer, data, a chat message and a file. */
function addAnswered(id: string, end: EndState = 'succeeded'): void {
  store.add(run(id, { recipeName: 'Caption photo', inputs: [input('holiday_2024.jpg')], message: 'In a few words' }));
  results.saveOutputs(id, { texts: ['A crème brûlée on a table'], objects: ['{"mood":"calm"}'], artifacts: [] });
  results.addMessage(id, {
    text: 'The *oven* was hot.',
    format: 'markdown',
    objects: [],
    artifacts: [artifact('oven.png')],
  });
  store.noteFailures(id, [{ block: 'Bake', message: 'It burnt down' }]);
  endRun(store, id, end);
}

describe('a search', () => {
  it('finds a run by everything in it, and says where', () => {
    addAnswered('a');
    store.add(run('b', { inputs: [input('Text', { kind: 'text', text: 'a note on tides', path: null })] }));
    expect(marked('caption', 'a')).toEqual({ recipe: '[Caption] photo' });
    expect(marked('home serv', 'a')).toEqual({ server: '[Home] [server]' });
    expect(marked('holiday', 'a')).toEqual({ file: '[holiday]_2024.jpg\noven.png' });
    expect(marked('few', 'a')).toEqual({ message: 'In a [few] words' });
    expect(marked('oven', 'a')).toEqual({
      file: 'holiday_2024.jpg\n[oven].png',
      text: expect.stringContaining('*[oven]*') as string,
    });
    expect(marked('calm', 'a')).toEqual({ data: '{"mood":"[calm]"}' });
    expect(marked('burnt', 'a')).toEqual({ failure: 'It [burnt] down' });
    expect(found('tide')).toEqual(['b']);
  });

  it('asks for all words in any field, whatever their case and accents', () => {
    addAnswered('a');
    addAnswered('b');
    store.add(run('c', { message: 'creme' }));
    expect(found('CREME holid')).toEqual(['a', 'b']);
    expect(found('crème')).toEqual(['a', 'b', 'c']);
    expect(found('"brulee on a"')).toEqual(['a', 'b']);
    expect(found('"on brulee"')).toEqual([]);
    expect(found('oliday')).toEqual([]);
  });

  it('finds everything without words, and nothing by what no text can hold', () => {
    addAnswered('a');
    expect(page(' ')).toMatchObject({ ids: ['a'], total: 1, more: null });
    expect(page(' ').matches.size).toBe(0);
    expect(page('***')).toMatchObject({ ids: [], total: 0 });
  });

  it('shows a short stretch of a long text, and of megabytes looks at the beginning', () => {
    store.add(run('a'));
    const text = `${'word '.repeat(30_000)}needle ${'word '.repeat(400_000)}haystack`;
    results.saveOutputs('a', { texts: [text], objects: [], artifacts: [] });
    endRun(store, 'a', 'succeeded');
    expect(marked('needle', 'a').text).toMatch(/^…(word ){3,}\[needle\] (word ?){3,}…$/);
    expect(found('haystack')).toEqual([]);
  });

  it('never takes text for its own marks', () => {
    store.add(run('a', { message: '<b>needle</b> \u0001< \u0001> [x]' }));
    expect(page('needle').matches.get('a')).toEqual([
      {
        field: 'message',
        parts: [
          { text: '<b>', hit: false },
          { text: 'needle', hit: true },
          { text: '</b> \u0001< \u0001> [x]', hit: false },
        ],
      },
    ]);
  });
});

describe('the search keeps up', () => {
  it('with removal, return and the end of it', () => {
    addAnswered('a');
    store.hide(['a'], 1);
    expect([found('brulee'), found('')]).toEqual([[], []]);
    store.restore(['a']);
    expect(found('brulee')).toEqual(['a']);
    store.hide(['a'], 1);
    store.purge(['a']);
    expect(database.prepare('SELECT count(*) AS many FROM run_search').get()).toEqual({ many: 0 });
    store.add(run('b'));
    expect(found('brulee')).toEqual([]);
  });

  it('with runs that were made before there was a search', () => {
    database.close();
    rmSync(folder, { recursive: true });
    folder = mkdtempSync(join(tmpdir(), 'omnitray-search-'));
    const old = new DatabaseSync(join(folder, 'omnitray.db'));
    for (const migration of MIGRATIONS.slice(0, 3)) old.exec(migration);
    old.exec(`PRAGMA user_version = 3;
      INSERT INTO runs (id, profile_id, origin, server_name, recipe_id, recipe_name, message, state, since, created_at,
        ended_at, owner, failures) VALUES
        ('a', 'p', 'o', 'Home', 'r', 'Caption', '', 'succeeded', 1, 1, 2, 'app', NULL),
        ('b', 'p', 'o', 'Home', 'r', 'Caption', 'tides', 'failed', 1, 1, 2, 'app', '[{"block":null,"message":"Burnt"}]'),
        ('c', 'p', 'o', 'Home', 'r', 'Caption', '', 'queued', 1, 1, NULL, 'app', NULL);
      INSERT INTO run_inputs (run_id, position, kind, name, size) VALUES ('a', 0, 'image', 'harbour.png', 1);
      INSERT INTO result_parts (run_id, position, kind, value) VALUES ('a', 0, 'text', 'Ships at dusk');`);
    old.close();
    open();
    expect([found('caption'), found('harbour dusk'), found('tides burnt')]).toEqual([['a', 'b', 'c'], ['a'], ['b']]);
    results.saveOutputs('c', { texts: ['late news'], objects: [], artifacts: [] });
    endRun(store, 'c', 'succeeded');
    expect(found('late')).toEqual(['c']);
  });
});

describe('a page of the history', () => {
  it('goes on to the very first run, and leaves none out', () => {
    store.addAll(Array.from({ length: 25 }, (_, index) => run(`${index}`, { createdAt: index })));
    const seen: string[] = [];
    let before: number | null = null;
    do {
      const { ids, more, total } = page('', {}, before, 10);
      expect(total).toBe(25);
      seen.push(...ids.toSorted((one, other) => Number(other) - Number(one)));
      before = more;
    } while (before !== null);
    expect(seen).toEqual(Array.from({ length: 25 }, (_, index) => String(24 - index)));
  });

  it('keeps the runs of a drop together', () => {
    store.addAll([run('old', { createdAt: 1 })]);
    store.addAll(['a', 'b', 'c'].map((id) => run(id, { createdAt: 2, batchId: 'one' })));
    const first = page('', {}, null, 1);
    expect([first.ids.toSorted(), first.more]).toEqual([['a', 'b', 'c'], 2]);
    expect(page('', {}, first.more, 1)).toMatchObject({ ids: ['old'], more: null, total: 4 });
  });

  it('is of what was asked for', () => {
    store.addAll([
      run('a', { recipeId: 'r2', recipeName: 'Other' }),
      run('b', { profileId: 'p2', serverName: 'Away' }),
      run('c'),
    ]);
    endRun(store, 'a', 'failed');
    endRun(store, 'b', 'succeeded');
    store.favour('b', true);
    store.markSeen('b');
    expect(found('', { recipeId: 'r2' })).toEqual(['a']);
    expect(found('', { profileId: 'p2' })).toEqual(['b']);
    expect(found('', { favourite: true })).toEqual(['b']);
    expect(found('', { states: ['failed', 'queued'] })).toEqual(['a', 'c']);
    expect(found('other', { states: ['queued'] })).toEqual([]);
    expect(found('', { needsYou: true })).toEqual(['a']);
    store.hold(['c'], 'server-away', null);
    expect(found('', { needsYou: true })).toEqual(['a']);
    store.release(['c']);
    store.hold(['c'], 'token-expired', null);
    expect(found('', { needsYou: true })).toEqual(['a', 'c']);
    store.add(run('d'));
    endRun(store, 'd', 'succeeded', 'answer-cut');
    expect(found('', { needsYou: true })).toEqual(expect.arrayContaining(['a', 'c', 'd']));
    store.markSeen('d');
    expect(found('', { needsYou: true })).toEqual(['a', 'c']);
    expect(search.choices()).toEqual({
      recipes: expect.arrayContaining([
        { id: 'r2', name: 'Other' },
        { id: 'recipe-1', name: 'Summarise' },
      ]) as unknown,
      servers: expect.arrayContaining([
        { id: 'p2', name: 'Away' },
        { id: 'profile-1', name: 'Home server' },
      ]) as unknown,
    });
  });
});
