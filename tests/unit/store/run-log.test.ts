import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openDatabase } from '../../../electron/core/store/database.ts';
import { RunLog } from '../../../electron/core/store/run-log.ts';
import { RunStore } from '../../../electron/core/store/run-store.ts';
import type { StoreDatabase } from '../../../electron/core/store/store-database.ts';
import { isIn } from '../../../electron/core/runs/run.ts';
import { aRun } from '../../support/a-run.ts';
import { endRun } from '../../support/ended-run.ts';
import { TestClock } from '../../support/test-clock.ts';

let folder: string;
let database: StoreDatabase;
let store: RunStore;
const clock = new TestClock(5_000);
const { id } = aRun();
const states = (): readonly string[] => new RunLog(database).of(id).map(({ state }) => state);

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
  expect(new RunLog(database).of(id)[1]).toEqual({
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
  expect(new RunLog(database).of(id).map(({ reason }) => reason)).toEqual([null, 'paused']);
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
