export type FileErrorCode = 'file-unreadable' | 'file-vanished' | 'file-changed' | 'file-too-large';

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

/**
 * What a failed system call on a file means. A FileError stays what it is.
 *
 * @throws whatever is neither
 */
export function fileErrorOf(failure: unknown, name: string): FileError {
  if (failure instanceof FileError) return failure;
  if (errnoOf(failure) === null) throw failure;
  return new FileError(saysVanished(failure) ? 'file-vanished' : 'file-unreadable', name, { cause: failure });
}
