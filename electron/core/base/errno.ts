/** The code of a failed system call (`ENOENT`) or a refused argument (`ERR_...`), or null: our own codes are in small letters. */
export const errnoOf = (failure: unknown): string | null =>
  failure instanceof Error &&
  'code' in failure &&
  typeof failure.code === 'string' &&
  /^E[A-Z0-9_]+$/.test(failure.code)
    ? failure.code
    : null;
