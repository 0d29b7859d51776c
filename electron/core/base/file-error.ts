import { ShownError } from './coded-error.ts';
import type { DiskCode } from '../../contract/disk.ts';
import { diskCodeOf } from './disk-error.ts';
import { errnoOf } from './errno.ts';

/** Why a file could not be read. `disk-crowded` (too many open files) is not the fault of this file. */
export type ReadErrorCode = (typeof READ_ERROR_CODES)[number];

const READ_ERROR_CODES = [
  'file-vanished',
  'file-refused',
  'file-unanswered',
  'file-busy',
  'disk-crowded',
  'file-broken',
  'file-path',
  'file-unreadable',
] as const;
const FILE_ERROR_CODES = [...READ_ERROR_CODES, 'file-changed', 'file-too-large'] as const;

/** Why a file cannot be sent. */
export type FileErrorCode = (typeof FILE_ERROR_CODES)[number];

/** Whether an error code concerns a file on this machine. */
export const isFileErrorCode = (code: string): code is FileErrorCode =>
  (FILE_ERROR_CODES as readonly string[]).includes(code);

/** A file on this machine that cannot be sent as it is. `detail` is the last part of its path. */
export class FileError extends ShownError<FileErrorCode> {
  override readonly name = 'FileError';
}

/** Whether a failed system call means that the path does not exist (any more). */
export const isMissingError = (failure: unknown): boolean => ['ENOENT', 'ENOTDIR'].includes(errnoOf(failure) ?? '');

/** Whether a failed system call means that the drive does not answer. The file may still exist. */
export const isUnansweredError = (failure: unknown): boolean => diskCodeOf(failure) === 'disk-unanswered';

/** What each failure means for a file that is read: one entry for each code of the table in disk-error.ts. */
const AS_READ: Record<DiskCode, ReadErrorCode> = {
  'disk-refused': 'file-refused',
  'disk-gone': 'file-vanished',
  'disk-unanswered': 'file-unanswered',
  'disk-busy': 'file-busy',
  'disk-crowded': 'disk-crowded',
  'disk-broken': 'file-broken',
  'disk-name': 'file-path',
  // For instance a folder: it cannot be read as a file.
  'disk-in-the-way': 'file-unreadable',
  // Only writing fails with these.
  'disk-full': 'file-unreadable',
  'disk-read-only': 'file-unreadable',
  'disk-file-too-large': 'file-unreadable',
  'disk-failed': 'file-unreadable',
};

/** What a failed system call for reading a file means; `file-unreadable` when its code tells nothing more. */
export function fileErrorCodeOf(failure: unknown): ReadErrorCode {
  if (isMissingError(failure)) return 'file-vanished';
  // For writing, a link that leads back to itself counts as something in the way.
  if (errnoOf(failure) === 'ELOOP') return 'file-path';
  return AS_READ[diskCodeOf(failure) ?? 'disk-failed'];
}

/**
 * What a failed system call on a file means. A FileError unchanged.
 *
 * @throws any other failure unchanged
 */
export function fileErrorOf(failure: unknown, name: string): FileError {
  if (failure instanceof FileError) return failure;
  if (errnoOf(failure) === null) throw failure;
  return new FileError(fileErrorCodeOf(failure), name, { cause: failure });
}
