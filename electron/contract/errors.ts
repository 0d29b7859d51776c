import { DISK_CODES } from './disk.ts';

/**
 * The codes of all failures that are shown. A code is stable and selects a text (contract/text/errors.ts) and whether
 * trying again can help.
 */
export const ERROR_CODES = [
  // the server
  'bad-address',
  'insecure-address',
  'unreachable',
  'timed-out',
  'tls',
  'not-omnitool',
  'server-error',
  'bad-reply',
  /** The reply has more bytes or more entries than are read. */
  'reply-too-large',
  'rate-limited',
  // the token
  'token-missing',
  'token-malformed',
  'token-expired',
  'token-refused',
  'token-may-not-run',
  // the keychain
  'keychain-absent',
  'keychain-locked',
  'keychain-unanswered',
  // runs and files
  'not-connected',
  'recipe-unknown',
  'preset-unknown',
  /** Another preset of the recipe has this name. */
  'preset-name-taken',
  'run-unknown',
  /** All runs of the batch were removed. */
  'batch-unknown',
  /** Its stored record is damaged. */
  'run-unreadable',
  'run-under-way',
  'run-not-removed',
  'job-ambiguous',
  'external-job-empty',
  'inputs-changed',
  'nothing-to-run',
  'too-late',
  'attachment-problem',
  'form-problem',
  'table-empty',
  'table-unreadable',
  'table-too-large',
  'table-problem',
  'table-outside',
  'file-unreadable',
  'file-refused',
  'file-busy',
  'file-broken',
  'file-path',
  'file-unanswered',
  'file-vanished',
  'file-changed',
  'file-too-large',
  'start-too-large',
  'upload-incomplete',
  'not-found',
  'not-allowed',
  'artifact-gone',
  'artifact-broken',
  'artifact-not-opened',
  'picture-not-copied',
  'bad-rule',
  ...DISK_CODES,
  /** A newer OmniTray wrote the database. */
  'store-newer',
  // this program
  'shortcut-taken',
  'bad-request',
  /** A call exceeds a limit; the detail is the name of the limit (limits.ts). */
  'over-limit',
  'cancelled',
  'internal',
] as const;

export type ErrorCode = (typeof ERROR_CODES)[number];

/** An error as the page and the terminal get it. `detail` is a short fact (a file name, a host), never a token. */
export interface ErrorView {
  readonly code: ErrorCode;
  readonly detail: string | null;
}

export type Result<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: ErrorView };
