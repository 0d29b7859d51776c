/**
 * The code of a failed system call (`ENOENT`) or a refused argument (`ERR_...`). Null for other errors: our own codes
 * are in lower case.
 */
export const errnoOf = (failure: unknown): string | null =>
  failure instanceof Error &&
  'code' in failure &&
  typeof failure.code === 'string' &&
  /^E[A-Z0-9_]+$/.test(failure.code)
    ? failure.code
    : null;
