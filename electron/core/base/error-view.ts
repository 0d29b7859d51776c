import { type DiskCode, isDiskCode } from '../../contract/disk.ts';
import type { ErrorView } from '../../contract/errors.ts';
import { AppError, CodedError } from './coded-error.ts';
import { diskCodeOf } from './disk-error.ts';
import { sqliteDiskCode } from './sqlite-error.ts';

/** What the page or the terminal shows of a failure. An error without a code is `internal`, without any detail. */
export function errorView(failure: unknown): ErrorView {
  if (failure instanceof CodedError) return failure.toView();
  const disk = sqliteDiskCode(failure) ?? pathDiskCode(failure);
  return { code: disk ?? 'internal', detail: null };
}

/** The failure of a start. Where the disk refuses, the error names the data folder. */
export function startErrorOf(failure: unknown, folder: string): unknown {
  const { code } = errorView(failure);
  return isDiskCode(code) ? new AppError(code, folder, { cause: failure }) : failure;
}

/** The code of a failed system call on a path; null for other failures and for codes that say nothing more. */
function pathDiskCode(failure: unknown): DiskCode | null {
  const code = failure instanceof Error && 'path' in failure ? diskCodeOf(failure) : null;
  return code === 'disk-failed' ? null : code;
}

/**
 * A failed system call as an error for the user; `place` is the name of the file or folder.
 *
 * @throws any other failure unchanged
 */
export function diskError(failure: unknown, place: string | null): AppError {
  const code = diskCodeOf(failure);
  if (code === null) throw failure;
  return new AppError(code, place, { cause: failure });
}
