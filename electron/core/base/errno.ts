/**
 * The code that Node or OpenSSL gave an error: of a system call (`ENOENT`), a refused argument (`ERR_...`), TLS
 * (`CERT_...`) or HTTP (`HPE_...`). Null for other errors: our own codes are in lower case. Safe to log.
 */
export const errnoOf = (failure: unknown): string | null =>
  failure instanceof Error &&
  'code' in failure &&
  typeof failure.code === 'string' &&
  /^[A-Z][A-Z0-9_]{1,63}$/.test(failure.code)
    ? failure.code
    : null;
