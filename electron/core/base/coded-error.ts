import type { ErrorCode, ErrorView } from '../../contract/errors.ts';

/**
 * An error that OmniTray can explain to the user. The errors of every room extend it, so that what turns an error into a
 * view need not know the rooms.
 */
export abstract class CodedError extends Error {
  abstract readonly code: string;
  /** What crosses to the page: a code that contract/text has words for, and a short fact. Never a token. */
  abstract toView(): ErrorView;
}

/** A refusal or a failure of OmniTray itself. The code selects the text that the user reads. */
export class AppError extends CodedError {
  override name = 'AppError';
  readonly code: ErrorCode;
  /** A short fact: the name of a file, for instance. Never a token. */
  readonly detail: string | null;

  constructor(code: ErrorCode, detail: string | null = null, options?: ErrorOptions) {
    super(detail === null ? code : `${code}: ${detail}`, options);
    this.code = code;
    this.detail = detail;
  }

  toView(): ErrorView {
    return { code: this.code, detail: this.detail };
  }
}
