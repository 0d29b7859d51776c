import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { errorWords } from '../../../electron/contract/text/errors.ts';
import { errorView } from '../../../electron/core/base/error-view.ts';
import { openDatabase } from '../../../electron/core/store/database.ts';
import { RunList } from '../../../electron/core/store/run-list.ts';
import { IllegalMove, RunStore } from '../../../electron/core/store/run-store.ts';
import { ResultStore } from '../../../electron/core/store/result-store.ts';
import { isIn } from '../../../electron/core/model/run.ts';
import { aRun } from '../../support/a-run.ts';
import { endRun, startRun } from '../../support/ended-run.ts';
import { TestClock } from '../../support/test-clock.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'omnitray-db-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function openAndClose(now: number): string | null {
  const { database, setAside } = openDatabase(folder, now);
  database.close();
  return setAside;
}

function failureOf(work: () => unknown): unknown {
  try {
    work();
  } catch (failure) {
    return failure;
  }
  throw new Error('It did not fail.');
}

describe('openDatabase', () => {
  it('keeps what was stored', () => {
    const first = openDatabase(folder, 1).database;
    new RunStore(first, new TestClock()).add(aRun());
    first.close();
    const second = openDatabase(folder, 2);
    expect(second.setAside).toBeNull();
    expect(new RunStore(second.database, new TestClock()).find(aRun().id)).toEqual(aRun());
    second.database.close();
  });

  it('sets a file aside that is no database, and starts anew', () => {
    writeFileSync(join(folder, 'omnitray.db'), 'this is no database, however long it may be'.repeat(200));
    const { database, setAside } = openDatabase(folder, 42);
    expect(new RunList(database).newest(10)).toEqual({ runs: [], more: null });
    expect(readFileSync(setAside ?? '', 'utf8')).toContain('this is no database');
    database.close();
  });

  it('leaves a database of a newer OmniTray as it is, and says that it is newer', () => {
    openDatabase(folder, 1).database.close();
    const newer = new DatabaseSync(join(folder, 'omnitray.db'));
    newer.exec('PRAGMA user_version = 9999');
    newer.close();
    const before = readFileSync(join(folder, 'omnitray.db'));
    const failure = failureOf(() => openDatabase(folder, 42));
    expect(errorView(failure)).toEqual({ code: 'store-newer', detail: folder });
    expect(errorWords(errorView(failure)).title).toContain('newer');
    expect(readFileSync(join(folder, 'omnitray.db'))).toEqual(before);
    expect(readdirSync(folder).filter((name) => name.includes('set-aside'))).toEqual([]);
  });

  it.runIf(process.platform !== 'win32').each([
    ['a pipe', (path: string) => execFileSync('mkfifo', [path])],
    ['a folder', (path: string) => mkdirSync(path)],
    ['a device', (path: string) => symlinkSync('/dev/zero', path)],
  ])('sets %s aside that is in the place of the database, without waiting for it', (_what, make) => {
    for (const name of ['omnitray.db', 'omnitray.db-wal']) {
      make(join(folder, name));
      const { database, setAside } = openDatabase(folder, 42);
      expect(new RunList(database).newest(10).runs).toEqual([]);
      expect(setAside).toContain('set-aside-42');
      database.close();
      rmSync(folder, { recursive: true });
      mkdirSync(folder);
    }
  });

  it('sets a database aside whose pages are damaged, or that is another program’s', () => {
    const path = join(folder, 'omnitray.db');
    const first = openDatabase(folder, 1).database;
    new RunStore(first, new TestClock()).add(aRun());
    first.close();
    const bytes = readFileSync(path);
    // All but the first page, which says what kind of file it is.
    writeFileSync(path, bytes.fill(0xaa, 4_096));
    expect(openAndClose(2)).toContain('set-aside-2');
    rmSync(path);
    const other = new DatabaseSync(path);
    other.exec('CREATE TABLE runs (of_shoes TEXT)');
    other.close();
    expect(openAndClose(3)).toContain('set-aside-3');
  });

  it('waits for another process that writes, and then goes on', () => {
    const one = openDatabase(folder, 1).database;
    const two = openDatabase(folder, 1).database;
    new RunStore(one, new TestClock()).add(aRun());
    expect(new RunList(two).newest(5).runs).toHaveLength(1);
    one.close();
    two.close();
  });
});

describe('RunStore', () => {
  it.each([
    ['set back by a year', -365 * 86_400_000],
    ['set forward by a year', 365 * 86_400_000],
    ['left alone', 0],
  ])('measures how long a job took by a clock that nobody sets: the one on the wall is %s', async (_what, jump) => {
    const { database } = openDatabase(folder, 1);
    const clock = new TestClock(5_000);
    const store = new RunStore(database, clock);
    const { id } = aRun();
    store.add(aRun());
    startRun(store, id);
    await clock.pass(12_000);
    clock.jump(jump);
    endRun(store, id, 'succeeded');
    expect(store.find(id)).toMatchObject({ tookMs: 12_000 });
    database.close();
  });

  it('moves only along the arrows, and only from the state that was seen', () => {
    const { database } = openDatabase(folder, 1);
    const store = new RunStore(database, new TestClock(5_000));
    store.add(aRun());
    const queued = store.find(aRun().id);
    if (queued === null || !isIn(queued, 'queued')) throw new Error('It was just added.');
    const uploading = store.move(queued, 'uploading');
    expect(uploading).toMatchObject({ state: 'uploading', since: 5_000, endedAt: null });
    expect(() => store.move(queued, 'waiting')).toThrow(IllegalMove);
    // What the compiler refuses, the store refuses too.
    expect(() => store.move({ ...queued, state: 'queued' }, 'succeeded' as 'failed')).toThrow(IllegalMove);
    database.close();
  });

  it('lets two processes take over a run only once', () => {
    const { database } = openDatabase(folder, 1);
    const store = new RunStore(database, new TestClock());
    store.add({ ...aRun(), owner: 'terminal:1' });
    const seen = store.find(aRun().id) ?? aRun();
    expect(store.takeOver(seen, 'app')).toBe(true);
    expect(store.takeOver(seen, 'terminal:2')).toBe(false);
    database.close();
  });

  it('takes results along when a run is removed', () => {
    const { database } = openDatabase(folder, 1);
    const store = new RunStore(database, new TestClock());
    const results = new ResultStore(database);
    store.add(aRun());
    results.saveOutputs(aRun().id, { texts: ['a'], objects: ['{}'], artifacts: [] });
    store.move(aRun(), 'stopped');
    store.hide([aRun().id], 1);
    expect(store.purge([aRun().id])).toEqual([aRun().id]);
    expect(results.find(aRun().id)).toEqual({ texts: [], objects: [], messages: [], artifacts: [], leftOut: 0 });
    database.close();
  });
});
