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

/** An error whose own code is one that contract/text has words for. */
export abstract class ShownError<Code extends ErrorCode> extends CodedError {
  readonly code: Code;
  /** A short fact: the name of a file, for instance. Never a token. */
  readonly detail: string | null;

  constructor(code: Code, detail: string | null = null, options?: ErrorOptions) {
    super(detail === null ? code : `${code}: ${detail}`, options);
    this.code = code;
    this.detail = detail;
  }

  toView(): ErrorView {
    return { code: this.code, detail: this.detail };
  }
}

/** A refusal or a failure of OmniTray itself. */
export class AppError extends ShownError<ErrorCode> {
  override readonly name = 'AppError';
}
