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
 * waits with it; what is not written by then is tried again later (runs/write-retry.ts).
 */
const BUSY_TIMEOUT_MS = 2_000;

/** Larger ones are not read whole at each start: it would cost more than 10 ms. Bytes. */
const CHECKED_UP_TO = 16 * 1_048_576;

export interface OpenedDatabase {
  readonly database: StoreDatabase;
  /** Where a broken database was set aside; null when all was well. */
  readonly setAside: string | null;
}

/** What is in the place of the database is none, or cannot be used any more. */
class BrokenDatabase extends Error {}

/**
 * Opens the database in `folder`, creating and migrating as needed. What is broken, or is no file at all, is renamed
 * (never deleted) and a fresh one takes its place, so that the program starts. One of a newer OmniTray is left where it
 * is: that program may be using it at this moment, and would find its list empty the next time.
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

/** Whether a database that could not be used rests in `folder`, from this start or an earlier one. */
export const hasDatabaseAside = (folder: string): boolean => readdirSync(folder).some((name) => name.startsWith(ASIDE));

function openMigrated(path: string): StoreDatabase {
  // Opening a pipe would block until another program writes into it.
  if (SUFFIXES.some((suffix) => isOtherThanFile(path + suffix))) throw new BrokenDatabase(`${path} is no file.`);
  // SQLite would let everybody on the machine read it; its -wal and -shm follow the mode of the file.
  closeSync(openSync(path, 'a', 0o600));
  const database = new StoreDatabase(path, { timeout: BUSY_TIMEOUT_MS, enableForeignKeyConstraints: true });
  try {
    // WAL with FULL: a run's state must survive a power cut, not only a crash of ours.
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
  // Nothing is to be written then, and another program that holds the database keeps nobody from starting.
  if (versionOf(database) === MIGRATIONS.length) return;
  inTransaction(database, () => {
    // Read inside the transaction: another process may be migrating at this moment.
    const version = versionOf(database);
    if (version > MIGRATIONS.length) throw new AppError('store-newer', folder);
    if (version < 0) throw new BrokenDatabase(`Database version ${version} never was.`);
    for (const migration of MIGRATIONS.slice(version)) bringUp(database, migration);
    database.exec(`PRAGMA user_version = ${MIGRATIONS.length}`);
  });
}

/** What a migration finds is what the one before it left; where it is not, nothing that follows would work. */
function bringUp(database: DatabaseSync, migration: string): void {
  try {
    database.exec(migration);
  } catch (failure) {
    // SQLITE_ERROR: a table that is there already or is missing, a value that is not what it must be.
    if (sqliteCode(failure) === 1) throw new BrokenDatabase('The database cannot be migrated.', { cause: failure });
    throw failure;
  }
}

/** @throws BrokenDatabase for pages that are damaged, which would be met in the middle of some later work */
function check(database: DatabaseSync): void {
  const row = database.prepare('PRAGMA quick_check(1)').get();
  if (row?.quick_check !== 'ok') throw new BrokenDatabase(String(row?.quick_check));
}

function isOtherThanFile(path: string): boolean {
  const found = statSync(path, { throwIfNoEntry: false });
  return found !== undefined && !found.isFile();
}

/** Runs `work` as one write transaction; all of it is stored, or none. */
export function inTransaction<T>(database: DatabaseSync, work: () => T): T {
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

/** SQLITE_CORRUPT (11) and SQLITE_NOTADB (26): the file is no usable database. Locks and full disks are not that. */
function isUnusable(failure: unknown): boolean {
  if (failure instanceof BrokenDatabase) return true;
  return [11, 26].includes(sqliteCode(failure));
}
