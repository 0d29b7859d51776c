import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { needsYou } from '../../../electron/contract/run-needs.ts';
import type { AttentionView } from '../../../electron/contract/views.ts';
import { Attention } from '../../../electron/core/app/attention.ts';
import { Runs } from '../../../electron/core/history/run-views.ts';
import { openDatabase } from '../../../electron/core/store/database.ts';
import { RunList } from '../../../electron/core/store/run-list.ts';
import { ResultStore } from '../../../electron/core/store/result-store.ts';
import { RunAttention } from '../../../electron/core/store/run-attention.ts';
import { RunStore } from '../../../electron/core/store/run-store.ts';
import type { StoreDatabase } from '../../../electron/core/store/store-database.ts';
import { aRun } from '../../support/a-run.ts';
import { endRun } from '../../support/ended-run.ts';
import { TestClock } from '../../support/test-clock.ts';
import { LoudLogger } from '../../support/test-core.ts';

let folder: string;
let database: StoreDatabase;
let store: RunStore;
let runs: Runs;
let attention: Attention;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'omnitray-attention-'));
  ({ database } = openDatabase(folder, 1));
  store = new RunStore(database, new TestClock(5_000));
  runs = new Runs({
    store,
    listed: new RunList(database),
    results: new ResultStore(database),
    clock: new TestClock(5_000),
    logger: new LoudLogger(),
  });
  attention = new Attention(new RunAttention(database), runs);
});
afterEach(() => {
  attention.close();
  database.close();
  rmSync(folder, { recursive: true, force: true });
});

const add = (...ids: readonly string[]): void => store.addAll(ids.map((id, at) => ({ ...aRun(), id, createdAt: at })));
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

it('counts all runs, also those that are older than what a window has', () => {
  const ids = Array.from({ length: 700 }, (_, index) => `r${index}`);
  add(...ids);
  for (const id of ids.slice(0, 3)) endRun(store, id, 'failed');
  for (const id of ids.slice(3)) endRun(store, id, 'succeeded');
  expect(runs.recent().runs.filter(needsYou)).toEqual([]);
  expect(attention.view()).toEqual({ needsYou: 3, unseen: 700 });
});

it('agrees with what the page calls needing the user', () => {
  add('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h');
  endRun(store, 'h', 'succeeded', 'answer-cut');
  endRun(store, 'a', 'failed');
  endRun(store, 'b', 'empty');
  endRun(store, 'c', 'stopped');
  const waiting = store.find('d');
  if (waiting?.state !== 'queued') throw new Error('It is not queued.');
  store.move(waiting, 'waiting', { reason: 'token-expired' });
  const away = store.find('e');
  if (away?.state !== 'queued') throw new Error('It is not queued.');
  store.move(away, 'waiting', { reason: 'server-away' });
  endRun(store, 'f', 'lost');
  store.hide(['f'], 6_000);
  expect(attention.view().needsYou).toBe(runs.recent().runs.filter(needsYou).length);
  expect(attention.view().needsYou).toBe(4);
});

it('is told once for many changes, and only when a number changed', async () => {
  const told: AttentionView[] = [];
  attention.onChange((view) => told.push(view));
  add('a', 'b');
  await turn();
  endRun(store, 'a', 'failed');
  endRun(store, 'b', 'failed');
  await turn();
  runs.seen('a');
  await turn();
  expect(told).toEqual([
    { needsYou: 0, unseen: 0 },
    { needsYou: 2, unseen: 2 },
    { needsYou: 1, unseen: 1 },
  ]);
});

it('marks all as seen, and takes that back for those it marked', () => {
  add('a', 'b', 'c');
  for (const id of ['a', 'b', 'c']) endRun(store, id, 'failed');
  runs.seen('c');
  expect(attention.seeAll()).toBe(2);
  expect(attention.view()).toEqual({ needsYou: 0, unseen: 0 });
  attention.unsee();
  expect(attention.view()).toEqual({ needsYou: 2, unseen: 2 });
  expect(store.find('c')?.unseen).toBe(false);
  attention.unsee();
  expect(attention.view().unseen).toBe(2);
});

it('is counted by indexes, not by reading the history', () => {
  const statements: string[] = [];
  const listening = new Proxy(database, {
    get: (target, name): unknown => {
      if (name !== 'prepare') return Reflect.get(target, name, target);
      return (sql: string) => {
        statements.push(sql);
        return target.prepare(sql);
      };
    },
  });
  new RunAttention(listening).count();
  const [sql = ''] = statements;
  const plan = database.prepare(`EXPLAIN QUERY PLAN ${sql}`).all({ lifted: '[]', unwanted: '[]' });
  const details = plan.map(({ detail }) => String(detail));
  expect(details.filter((detail) => /\bruns\b/.test(detail) && !/USING (?:COVERING )?INDEX/.test(detail))).toEqual([]);
});
