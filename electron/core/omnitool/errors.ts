import type { ErrorCode, ErrorView } from '../../contract/errors.ts';
import { CodedError } from '../base/coded-error.ts';
import { isFileErrorCode, type ReadErrorCode } from '../base/file-error.ts';

/** Every way in which a call to the server can fail. Codes are stable; decisions never depend on message texts. */
export type OmnitoolErrorCode =
  | 'unreachable'
  | 'timed-out'
  | 'tls'
  /** The reply came from something other than an Omnitool server: a sign-in page, a redirect, another program. */
  | 'not-omnitool'
  | 'unauthorized'
  | 'forbidden'
  | 'not-found'
  | 'gone'
  | 'rate-limited'
  | 'server-error'
  | 'bad-reply'
  | 'upload-refused'
  | 'upload-incomplete'
  | ReadErrorCode
  | 'file-changed'
  | 'artifact-broken'
  | 'cancelled'
  | 'too-large';

/**
 * Whether the server may have acted on the request. Decides whether a start may be sent again.
 * `no`: it never left this machine (no connection, no TLS, cancelled before sending).
 * `maybe`: it was sent, and no reply tells its outcome (also a 2xx that cannot be read, a gateway's 502 or 504).
 * `answered`: a reply tells its outcome.
 */
export type Sent = 'no' | 'maybe' | 'answered';

interface OmnitoolErrorFacts {
  readonly code: OmnitoolErrorCode;
  readonly method: string;
  readonly path: string;
  readonly sent: Sent;
  readonly status?: number | null;
  readonly retryAfterMs?: number | null;
  readonly detail?: string | null;
}

/**
 * A failed call. It is safe to log, print and store: it holds no header, body, cookie, query value or file id, and no
 * `cause`, because got's errors carry the whole request with its Authorization header.
 */
export class OmnitoolError extends CodedError {
  override readonly name = 'OmnitoolError';
  readonly code: OmnitoolErrorCode;
  /** The HTTP status; null when no status line came. */
  readonly status: number | null;
  readonly method: string;
  /** The route, with placeholders for ids (`/fid/:fid`): a file id is a secret (wire 5). */
  readonly path: string;
  readonly sent: Sent;
  /** The delay that the server asked for, in ms. */
  readonly retryAfterMs: number | null;
  /** One safe word: an errno (`ECONNREFUSED`) or what was wrong with a reply (`html`, `size`). */
  readonly detail: string | null;

  constructor(facts: OmnitoolErrorFacts) {
    const { code, method, path, sent, status = null, retryAfterMs = null, detail = null } = facts;
    const extra = [status, detail].filter((part) => part !== null).join(', ');
    super(`${method} ${path}: ${code}${extra === '' ? '' : ` (${extra})`}`);
    this.code = code;
    this.status = status;
    this.method = method;
    this.path = path;
    this.sent = sent;
    this.retryAfterMs = retryAfterMs;
    this.detail = detail;
  }

  toView(): ErrorView {
    return { code: viewCodeOf(this), detail: null };
  }
}

function viewCodeOf({ code, detail }: OmnitoolError): ErrorCode {
  // The reply was not read to its end, or not at all, because of its size.
  if (code === 'bad-reply' && (detail === 'size' || detail === 'count')) return 'reply-too-large';
  if (isFileErrorCode(code)) return code;
  switch (code) {
    case 'unreachable':
    case 'timed-out':
    case 'tls':
    case 'not-omnitool':
    case 'rate-limited':
    case 'server-error':
    case 'bad-reply':
    case 'upload-incomplete':
    case 'cancelled':
    case 'not-found':
      return code;
    case 'unauthorized':
      return 'token-refused';
    case 'forbidden':
      return 'token-may-not-run';
    case 'gone':
      return 'artifact-gone';
    case 'artifact-broken':
      return 'artifact-broken';
    case 'upload-refused':
      return 'upload-incomplete';
    case 'too-large':
      return 'start-too-large';
  }
}
