import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openDatabase } from '../../../electron/core/store/database.ts';
import { MIGRATIONS } from '../../../electron/core/store/migrations.ts';
import { RunList } from '../../../electron/core/store/run-list.ts';
import { RunStore } from '../../../electron/core/store/run-store.ts';
import type { StoreDatabase } from '../../../electron/core/store/store-database.ts';
import { isIn } from '../../../electron/core/model/run.ts';
import { aRun } from '../../support/a-run.ts';
import { endRun } from '../../support/ended-run.ts';
import { TestClock } from '../../support/test-clock.ts';

let folder: string;
let database: StoreDatabase;
let store: RunStore;
const clock = new TestClock(5_000);
const { id } = aRun();
const states = (): readonly string[] => new RunList(database).log(id).map(({ state }) => state);

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'omnitray-log-'));
  ({ database } = openDatabase(folder, 1));
  store = new RunStore(database, clock);
  store.add(aRun());
});
afterEach(() => {
  database.close();
  rmSync(folder, { recursive: true });
});

it('has a line for every state, with its time and reason, in the order they came', () => {
  store.hold([id], 'server-away', 'home');
  store.release([id]);
  endRun(store, id, 'succeeded');
  expect(states()).toEqual([
    'queued',
    'waiting',
    'queued',
    'uploading',
    'starting',
    'running',
    'collecting',
    'succeeded',
  ]);
  expect(new RunList(database).log(id)[1]).toEqual({
    at: 5_000,
    state: 'waiting',
    reason: 'server-away',
    detail: 'home',
  });
});

it('has a line for a new reason, and none for a change that is neither', () => {
  const run = store.find(id) ?? aRun();
  store.explain(run, 'paused');
  store.explain(store.find(id) ?? run, 'paused');
  store.requestStop(id);
  store.explain(store.find(id) ?? run, null);
  expect(new RunList(database).log(id).map(({ reason }) => reason)).toEqual([null, 'paused']);
});

it('is not written when the change it tells of is not', () => {
  const run = store.find(id);
  if (run === null || !isIn(run, 'queued')) throw new Error('It was just added.');
  database.exec('BEGIN');
  store.move(run, 'uploading');
  database.exec('ROLLBACK');
  expect(states()).toEqual(['queued']);
});

it('goes with its run, and is read only so far back', () => {
  for (let turn = 0; turn < 150; turn += 1) {
    store.hold([id], 'paused', null);
    store.release([id]);
  }
  expect(states()).toHaveLength(200);
  endRun(store, id, 'succeeded');
  expect(states().at(-1)).toBe('succeeded');
  store.hide([id], 1);
  store.purge([id]);
  expect(states()).toEqual([]);
});

it('tells of an end that nobody saw also where an older version had called it done', () => {
  const before = MIGRATIONS.findIndex((migration) => migration.includes("'unverified'"));
  database.close();
  rmSync(folder, { recursive: true });
  folder = mkdtempSync(join(tmpdir(), 'omnitray-log-'));
  const old = new DatabaseSync(join(folder, 'omnitray.db'));
  for (const migration of MIGRATIONS.slice(0, before)) old.exec(migration);
  old.exec(`PRAGMA user_version = ${before};
    INSERT INTO runs (id, profile_id, origin, server_name, recipe_id, recipe_name, message, state, reason, since,
      created_at, ended_at, owner) VALUES
      ('a', 'p', 'o', 'Home', 'r', 'Caption', '', 'succeeded', 'end-not-seen', 1, 1, 2, 'app'),
      ('b', 'p', 'o', 'Home', 'r', 'Caption', '', 'succeeded', NULL, 1, 1, 2, 'app');`);
  old.close();
  ({ database } = openDatabase(folder, 1));
  const runs = new RunStore(database, clock);
  expect(['a', 'b'].map((each) => runs.find(each)?.state)).toEqual(['unverified', 'succeeded']);
  expect(new RunList(database).log('a').map(({ state }) => state)).toEqual(['unverified']);
});
