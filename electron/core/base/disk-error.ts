/** What failed calls of the file system mean: the only table of errno codes. */
import type { ErrorView } from '../../contract/errors.ts';
import { CodedError } from './coded-error.ts';
import { type DiskCode, DOUBTFUL_DISK_CODES, LASTING_DISK_CODES } from '../../contract/disk.ts';
import { errnoOf } from './errno.ts';

/** For writing. base/file-error.ts derives from this table what the same codes mean for reading a user's file. */
const MEANINGS: Record<Exclude<DiskCode, 'disk-failed'>, readonly string[]> = {
  'disk-full': ['ENOSPC', 'EDQUOT'],
  'disk-refused': ['EACCES', 'EPERM'],
  // The rest of the line: a disk that was pulled out.
  'disk-gone': ['ENOENT', 'ENODEV', 'ENXIO'],
  // The errors for a network drive that is away: of the system, after a while, or the time limit of UserFiles.
  'disk-unanswered': ['ETIMEDOUT', 'EHOSTDOWN', 'EHOSTUNREACH', 'ENETDOWN', 'ENETUNREACH', 'ENOTCONN', 'ESTALE'],
  'disk-busy': ['EBUSY', 'EAGAIN', 'ETXTBSY', 'EDEADLK', 'ENOLCK'],
  'disk-crowded': ['EMFILE', 'ENFILE', 'ENOMEM'],
  'disk-read-only': ['EROFS'],
  'disk-broken': ['EIO'],
  // ERR_INVALID_ARG_VALUE: Node itself refuses a path with a NUL.
  'disk-name': ['ENAMETOOLONG', 'EILSEQ', 'EINVAL', 'ERR_INVALID_ARG_VALUE'],
  'disk-in-the-way': ['EISDIR', 'ENOTDIR', 'ELOOP', 'EEXIST', 'ENOTEMPTY'],
  'disk-file-too-large': ['EFBIG', 'EOVERFLOW'],
};

const CODES = new Map(
  Object.entries(MEANINGS).flatMap(([code, errnos]) => errnos.map((errno) => [errno, code as DiskCode] as const)),
);

/**
 * What a failed system call means. `disk-failed` for a code that is not in the table, null for an error of another
 * kind.
 */
export function diskCodeOf(failure: unknown): DiskCode | null {
  if (failure instanceof DiskError) return failure.code;
  const errno = errnoOf(failure);
  return errno === null ? null : (CODES.get(errno) ?? 'disk-failed');
}

type CodeIn<List extends readonly DiskCode[]> = List[number];

/** Whether waiting cannot help: the file is not written. */
export const isLasting = (code: DiskCode): code is CodeIn<typeof LASTING_DISK_CODES> =>
  (LASTING_DISK_CODES as readonly DiskCode[]).includes(code);

/** Whether only some tries are worthwhile. Other codes are waited for. */
export const isDoubtful = (code: DiskCode): code is CodeIn<typeof DOUBTFUL_DISK_CODES> =>
  (DOUBTFUL_DISK_CODES as readonly DiskCode[]).includes(code);

/** A disk that cannot store a file. Says nothing about the server that the file comes from. */
export class DiskError extends CodedError {
  override readonly name = 'DiskError';
  readonly code: DiskCode;
  /** Of a full disk: the missing bytes, if known. */
  readonly missing: number | null;

  constructor(
    code: DiskCode,
    { missing = null, ...options }: ErrorOptions & { readonly missing?: number | null } = {},
  ) {
    super(missing === null ? code : `${code}: ${missing} bytes are missing`, options);
    this.code = code;
    this.missing = missing;
  }

  toView(): ErrorView {
    return { code: this.code, detail: null };
  }
}

/**
 * A failed system call as a DiskError; a DiskError unchanged.
 *
 * @throws any other failure unchanged
 */
export function diskErrorOf(failure: unknown): DiskError {
  if (failure instanceof DiskError) return failure;
  const code = diskCodeOf(failure);
  if (code === null) throw failure;
  return new DiskError(code, { cause: failure });
}
