export type FileErrorCode = 'file-unreadable' | 'file-unanswered' | 'file-vanished' | 'file-changed' | 'file-too-large';

/** A file on this machine that cannot be sent as it is. */
export class FileError extends Error {
  override readonly name = 'FileError';
  readonly code: FileErrorCode;
  /** The last part of the path, to be shown. */
  readonly fileName: string | null;

  constructor(code: FileErrorCode, fileName: string | null = null, options?: ErrorOptions) {
    super(fileName === null ? code : `${code}: ${fileName}`, options);
    this.code = code;
    this.fileName = fileName;
  }
}

/** The code of a failed system call (`ENOENT`) or a refused argument (`ERR_...`), or null: our own codes are in small letters. */
export const errnoOf = (failure: unknown): string | null =>
  failure instanceof Error &&
  'code' in failure &&
  typeof failure.code === 'string' &&
  /^E[A-Z0-9_]+$/.test(failure.code)
    ? failure.code
    : null;

/** Whether a failed system call says that there is nothing (any more) under that path. */
export const saysVanished = (failure: unknown): boolean => ['ENOENT', 'ENOTDIR'].includes(errnoOf(failure) ?? '');

/** What systems say of a network drive that is away: after a while by themselves, or the time limit of UserFiles (`ETIMEDOUT`). */
export const UNANSWERED: readonly string[] = [
  'ETIMEDOUT',
  'EHOSTDOWN',
  'EHOSTUNREACH',
  'ENETDOWN',
  'ENETUNREACH',
  'ENOTCONN',
  'ESTALE',
];

/** Whether a failed system call says that the drive does not answer. What is on it is not known to be gone. */
export const saysUnanswered = (failure: unknown): boolean => UNANSWERED.includes(errnoOf(failure) ?? '');

/** What a failed system call means that was to read a file. */
export function fileErrorCodeOf(failure: unknown): 'file-vanished' | 'file-unanswered' | 'file-unreadable' {
  if (saysVanished(failure)) return 'file-vanished';
  return saysUnanswered(failure) ? 'file-unanswered' : 'file-unreadable';
}

/**
 * What a failed system call on a file means. A FileError stays what it is.
 *
 * @throws whatever is neither
 */
export function fileErrorOf(failure: unknown, name: string): FileError {
  if (failure instanceof FileError) return failure;
  if (errnoOf(failure) === null) throw failure;
  return new FileError(fileErrorCodeOf(failure), name, { cause: failure });
}
