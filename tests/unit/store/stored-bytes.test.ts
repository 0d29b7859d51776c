import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openDatabase } from '../../../electron/core/store/database.ts';
import { MIGRATIONS } from '../../../electron/core/store/migrations.ts';
import { RunStorage } from '../../../electron/core/store/run-storage.ts';
import type { StoreDatabase } from '../../../electron/core/store/store-database.ts';

let folder: string;
let database: StoreDatabase;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'omnitray-bytes-'));
});
afterEach(() => {
  database.close();
  rmSync(folder, { recursive: true });
});

const insertRun = (id: string): string =>
  `INSERT INTO runs (id, profile_id, origin, server_name, recipe_id, recipe_name, message, state, since, created_at,
     ended_at, owner) VALUES ('${id}', 'p', 'o', 'Home', 'r', 'Caption', '', 'succeeded', 1, 1, 2, 'app');`;
const insertArtifact = (id: string, position: number, size: string, file: string | null): string =>
  `INSERT INTO artifacts (run_id, position, fid, list, name, mime, size, file)
     VALUES ('${id}', ${position}, 'f', 'files', 'a', 'a/b', ${size}, ${file === null ? 'NULL' : `'${file}'`});`;
const insertInput = (id: string, position: number, size: string, copy: string | null): string =>
  `INSERT INTO run_inputs (run_id, position, kind, name, size, copy)
     VALUES ('${id}', ${position}, 'image', 'a', ${size}, ${copy === null ? 'NULL' : `'${copy}'`});`;

/** The sum that the triggers must keep, from all rows of a run. */
const summed = (id: string): number =>
  Number(
    database
      .prepare(
        `SELECT (SELECT coalesce(sum(size), 0) FROM artifacts WHERE run_id = :id AND file IS NOT NULL)
           + (SELECT coalesce(sum(size), 0) FROM run_inputs WHERE run_id = :id AND copy IS NOT NULL) AS bytes`,
      )
      .get({ id })?.bytes,
  );

it('counts the files of the runs that an earlier version stored', () => {
  const before = MIGRATIONS.findIndex((migration) => migration.includes('stored_bytes'));
  const old = new DatabaseSync(join(folder, 'omnitray.db'));
  for (const migration of MIGRATIONS.slice(0, before)) old.exec(migration);
  old.exec(`PRAGMA user_version = ${before}; ${insertRun('a')} ${insertRun('b')} ${insertRun('c')}
    ${insertArtifact('a', 0, '10', 'x.png')} ${insertArtifact('a', 1, '100', null)} ${insertInput('a', 0, '1', 'y.png')}
    ${insertArtifact('b', 0, '1000', 'x.png')} UPDATE runs SET removed_at = 1 WHERE id = 'b';`);
  old.close();
  ({ database } = openDatabase(folder, 1));
  const storage = new RunStorage(database);
  expect(['a', 'b', 'c'].map((id) => storage.bytesOf([id]))).toEqual([11, 1_000, 0]);
  expect(storage.totalBytes()).toBe(11);
});

it('keeps the sum through every change of a file', () => {
  ({ database } = openDatabase(folder, 1));
  const storage = new RunStorage(database);
  database.exec(`${insertRun('a')} ${insertRun('b')} ${insertArtifact('b', 0, '7', 'other.png')}`);
  const changes = [
    insertArtifact('a', 0, '10', null),
    insertArtifact('a', 1, '20', 'b.png'),
    insertInput('a', 0, '40', null),
    insertInput('a', 1, '80', 'c.png'),
    "UPDATE artifacts SET file = 'a.png', size = 11 WHERE run_id = 'a' AND position = 0",
    "UPDATE artifacts SET size = 21 WHERE run_id = 'a' AND position = 1",
    "UPDATE artifacts SET tries = 2 WHERE run_id = 'a'",
    "UPDATE run_inputs SET copy = 'd.png' WHERE run_id = 'a' AND position = 0",
    "UPDATE run_inputs SET copy = NULL WHERE run_id = 'a' AND position = 1",
    "UPDATE artifacts SET file = NULL WHERE run_id = 'a' AND position = 1",
    "DELETE FROM artifacts WHERE run_id = 'a' AND position = 0",
    "DELETE FROM run_inputs WHERE run_id = 'a'",
  ];
  const sums = changes.map((change) => {
    database.exec(change);
    expect(storage.bytesOf(['a']), change).toBe(summed('a'));
    return summed('a');
  });
  expect(sums).toEqual([0, 20, 20, 100, 111, 112, 112, 152, 72, 51, 40, 0]);
  expect(storage.totalBytes()).toBe(7);
  database.exec("DELETE FROM runs WHERE id = 'b'");
  expect(storage.totalBytes()).toBe(0);
});

it('stores results of a run whose sizes or sum are damaged', () => {
  ({ database } = openDatabase(folder, 1));
  const largest = '9223372036854775807';
  database.exec(`${insertRun('a')} ${insertArtifact('a', 0, largest, 'a.png')} ${insertArtifact('a', 1, '-5', 'b.png')}
    UPDATE runs SET stored_bytes = ${largest}; ${insertArtifact('a', 2, '3', 'c.png')}
    DELETE FROM artifacts WHERE position = 0;`);
  expect(new RunStorage(database).totalBytes()).toBeGreaterThan(0);
});

it('returns only as many of the oldest runs as free the bytes, without favourites and news', () => {
  ({ database } = openDatabase(folder, 1));
  const ids = ['a', 'b', 'c', 'd', 'e'];
  database.exec(ids.map((id) => `${insertRun(id)} ${insertArtifact(id, 0, '10', 'x.png')}`).join(' '));
  database.exec(`UPDATE runs SET ended_at = 10 - unicode(id); UPDATE runs SET favourite = 1 WHERE id = 'e';
    UPDATE runs SET unseen = 1 WHERE id IN ('d', 'c'); UPDATE runs SET state = 'stopped' WHERE id = 'c';`);
  const storage = new RunStorage(database);
  expect([1, 10, 11, 1_000].map((bytes) => storage.oldestSeen(bytes))).toEqual([
    ['c'],
    ['c'],
    ['c', 'b'],
    ['c', 'b', 'a'],
  ]);
});
