import type { DiskCode } from '../../contract/disk.ts';

/** Why SQLite cannot write; null for a failure that is not the disk's. SQLite does not pass on the errno. */
export function sqliteDiskCode(failure: unknown): DiskCode | null {
  // The index of the write-ahead log could not grow.
  if (extendedCode(failure) === IOERR_SHMSIZE) return 'disk-full';
  switch (sqliteCode(failure)) {
    case 13: // SQLITE_FULL
      return 'disk-full';
    case 8: // SQLITE_READONLY
      return 'disk-read-only';
    case 10: // SQLITE_IOERR
      return 'disk-broken';
    case 14: // SQLITE_CANTOPEN
      return 'disk-gone';
    case 5: // SQLITE_BUSY
    case 6: // SQLITE_LOCKED
      return 'disk-busy';
    default:
      return null;
  }
}

const IOERR_SHMSIZE = 4_874;

/** 0 for errors that do not come from SQLite. */
const extendedCode = (failure: unknown): number =>
  failure instanceof Error && 'errcode' in failure ? Number(failure.errcode) : 0;

/** The primary result code of SQLite; 0 for errors of other kinds. */
export const sqliteCode = (failure: unknown): number => extendedCode(failure) & 0xff;
