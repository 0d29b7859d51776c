import { closeSync, existsSync, openSync, readdirSync, renameSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { AppError } from '../base/coded-error.ts';
import { makeFoldersSync } from '../base/make-folder.ts';
import { sqliteCode } from '../base/sqlite-error.ts';
import { MIGRATIONS } from './migrations.ts';
import { StoreDatabase } from './store-database.ts';

const FILE = 'omnitray.db';
const ASIDE = 'omnitray.set-aside-';
/** The database, and what SQLite keeps beside it. */
const SUFFIXES = ['', '-wal', '-shm'];

/**
 * How long a write waits for another process (the terminal beside the app) to finish its own, in ms. The whole program
 * waits meanwhile; runs/write-retry.ts repeats a write that did not succeed by then.
 */
const BUSY_TIMEOUT_MS = 2_000;

/** Largest database whose pages are all checked at a start, in bytes: more would cost over 10 ms. */
const CHECKED_UP_TO = 16 * 1_048_576;

export interface OpenedDatabase {
  readonly database: StoreDatabase;
  /** The path of a broken database that was set aside; null without one. */
  readonly setAside: string | null;
}

/** The file is no database, or a damaged one. */
class BrokenDatabase extends Error {}

/**
 * Opens the database in `folder`, creating and migrating as needed. Renames (never deletes) a broken
 * database and creates a new one, so that the program starts. Leaves the database of a newer OmniTray where it is: that
 * program may be using it now, and would find its list empty the next time.
 *
 * @throws AppError `store-newer`
 * @throws the file system's own error when the folder cannot be written.
 */
export function openDatabase(folder: string, now: number): OpenedDatabase {
  makeFoldersSync(folder);
  const path = join(folder, FILE);
  try {
    return { database: openMigrated(path), setAside: null };
  } catch (failure) {
    if (!isUnusable(failure)) throw failure;
  }
  const setAside = join(folder, `${ASIDE}${now}.db`);
  for (const suffix of SUFFIXES) {
    if (existsSync(path + suffix)) renameSync(path + suffix, setAside + suffix);
  }
  return { database: openMigrated(path), setAside };
}

/** Whether `folder` has a database that this start or an earlier one set aside. */
export const hasDatabaseAside = (folder: string): boolean => readdirSync(folder).some((name) => name.startsWith(ASIDE));

function openMigrated(path: string): StoreDatabase {
  // Opening a pipe would block until another program writes into it.
  if (SUFFIXES.some((suffix) => isOtherThanFile(path + suffix))) throw new BrokenDatabase(`${path} is no file.`);
  // SQLite would make it readable for all users of the machine; its -wal and -shm follow the mode of the file.
  closeSync(openSync(path, 'a', 0o600));
  const database = new StoreDatabase(path, { timeout: BUSY_TIMEOUT_MS, enableForeignKeyConstraints: true });
  try {
    // WAL with FULL: the state of a run must survive a power cut, not only a crash of this program.
    database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;');
    migrate(database, dirname(path));
    if (statSync(path).size <= CHECKED_UP_TO) check(database);
    return database;
  } catch (failure) {
    database.close();
    throw failure;
  }
}

const versionOf = (database: DatabaseSync): number =>
  Number(database.prepare('PRAGMA user_version').get()?.user_version ?? 0);

function migrate(database: DatabaseSync, folder: string): void {
  // Writes nothing then, so that a lock of another program does not prevent the start.
  if (versionOf(database) === MIGRATIONS.length) return;
  inTransaction(database, () => {
    // Read inside the transaction, as another process may be migrating now.
    const version = versionOf(database);
    if (version > MIGRATIONS.length) throw new AppError('store-newer', folder);
    if (version < 0) throw new BrokenDatabase(`Database version ${version} never was.`);
    for (const migration of MIGRATIONS.slice(version)) bringUp(database, migration);
    database.exec(`PRAGMA user_version = ${MIGRATIONS.length}`);
  });
}

/** @throws BrokenDatabase when the schema is not what the migrations before made */
function bringUp(database: DatabaseSync, migration: string): void {
  try {
    database.exec(migration);
  } catch (failure) {
    // SQLITE_ERROR: a table that is there already or is missing, an invalid value.
    if (sqliteCode(failure) === 1) throw new BrokenDatabase('The database cannot be migrated.', { cause: failure });
    throw failure;
  }
}

/** @throws BrokenDatabase for damaged pages, which would otherwise fail in the middle of later work */
function check(database: DatabaseSync): void {
  const row = database.prepare('PRAGMA quick_check(1)').get();
  if (row?.quick_check !== 'ok') throw new BrokenDatabase(String(row?.quick_check));
}

function isOtherThanFile(path: string): boolean {
  const found = statSync(path, { throwIfNoEntry: false });
  return found !== undefined && !found.isFile();
}

/** Runs `work` as one write transaction, or as a part of one: stores all of it, or nothing. */
export const inTransaction = <T>(database: DatabaseSync, work: () => T): T =>
  database.isTransaction ? work() : inOwnTransaction(database, work);

function inOwnTransaction<T>(database: DatabaseSync, work: () => T): T {
  database.exec('BEGIN IMMEDIATE');
  try {
    const value = work();
    database.exec('COMMIT');
    return value;
  } catch (failure) {
    if (database.isTransaction) database.exec('ROLLBACK');
    throw failure;
  }
}

/** SQLITE_CORRUPT (11) and SQLITE_NOTADB (26): the file is no usable database. Locks and full disks have other codes. */
function isUnusable(failure: unknown): boolean {
  if (failure instanceof BrokenDatabase) return true;
  return [11, 26].includes(sqliteCode(failure));
}
