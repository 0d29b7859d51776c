import { closeSync, existsSync, mkdirSync, openSync, readdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { MIGRATIONS } from './migrations.ts';

const FILE = 'omnitray.db';
const ASIDE = 'omnitray.set-aside-';

/**
 * How long a write waits for another process (the terminal beside the app) to finish its own, in ms. The whole program
 * waits with it; what is not written by then is tried again later (runs/store-work.ts).
 */
const BUSY_TIMEOUT_MS = 2_000;

export interface OpenedDatabase {
  readonly database: DatabaseSync;
  /** Where an unreadable or newer database was set aside; null when all was well. */
  readonly setAside: string | null;
}

/**
 * Opens the database in `folder`, creating and migrating as needed. A database that cannot be read, or that a newer
 * OmniTray wrote, is renamed (never deleted) and a fresh one takes its place, so that the program always starts.
 *
 * @throws the file system's own error when the folder cannot be written.
 */
export function openDatabase(folder: string, now: number): OpenedDatabase {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, FILE);
  try {
    return { database: openMigrated(path), setAside: null };
  } catch (failure) {
    if (!isUnusable(failure) || !existsSync(path)) throw failure;
  }
  const setAside = join(folder, `${ASIDE}${now}.db`);
  for (const suffix of ['', '-wal', '-shm']) {
    if (existsSync(path + suffix)) renameSync(path + suffix, setAside + suffix);
  }
  return { database: openMigrated(path), setAside };
}

/** Whether a database that could not be used rests in `folder`, from this start or an earlier one. */
export const hasDatabaseAside = (folder: string): boolean => readdirSync(folder).some((name) => name.startsWith(ASIDE));

class NewerDatabase extends Error {}

function openMigrated(path: string): DatabaseSync {
  // SQLite would let everybody on the machine read it; its -wal and -shm follow the mode of the file.
  closeSync(openSync(path, 'a', 0o600));
  const database = new DatabaseSync(path, { timeout: BUSY_TIMEOUT_MS, enableForeignKeyConstraints: true });
  try {
    // WAL with FULL: a run's state must survive a power cut, not only a crash of ours.
    database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;');
    migrate(database);
    return database;
  } catch (failure) {
    database.close();
    throw failure;
  }
}

const versionOf = (database: DatabaseSync): number =>
  Number(database.prepare('PRAGMA user_version').get()?.user_version ?? 0);

function migrate(database: DatabaseSync): void {
  // Nothing is to be written then, and another program that holds the database keeps nobody from starting.
  if (versionOf(database) === MIGRATIONS.length) return;
  inTransaction(database, () => {
    // Read inside the transaction: another process may be migrating at this moment.
    const version = versionOf(database);
    if (version > MIGRATIONS.length) throw new NewerDatabase(`Database version ${version} is newer than this program.`);
    for (const migration of MIGRATIONS.slice(version)) database.exec(migration);
    database.exec(`PRAGMA user_version = ${MIGRATIONS.length}`);
  });
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

/** Why the database cannot be written; null for a failure that is none of the disk's. */
export function storeTrouble(failure: unknown): 'disk-full' | 'disk-refused' | null {
  switch (sqliteCode(failure)) {
    case 13: // SQLITE_FULL
      return 'disk-full';
    case 8: // SQLITE_READONLY
    case 10: // SQLITE_IOERR
    case 14: // SQLITE_CANTOPEN
    case 5: // SQLITE_BUSY
    case 6: // SQLITE_LOCKED
      return 'disk-refused';
    default:
      return null;
  }
}

/** The primary result code, 0 for whatever is no failure of SQLite. */
const sqliteCode = (failure: unknown): number =>
  failure instanceof Error && 'errcode' in failure ? Number(failure.errcode) & 0xff : 0;

/** SQLITE_CORRUPT (11) and SQLITE_NOTADB (26): the file is no usable database. Locks and full disks are not that. */
function isUnusable(failure: unknown): boolean {
  if (failure instanceof NewerDatabase) return true;
  return [11, 26].includes(sqliteCode(failure));
}
