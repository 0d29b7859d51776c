import type { IncomingHttpHeaders } from 'node:http';
import { errnoOf } from '../base/errno.ts';
import { AbortError, TimeoutError } from 'got';
import { systemClock } from '../base/clock.ts';
import { OmnitoolError, type OmnitoolErrorCode, type Sent } from './errors.ts';

/** What is known of a request when it fails. */
export interface Attempt {
  readonly method: string;
  readonly route: string;
  readonly sent: Sent;
  readonly status: number | null;
}

/** Turns any error of a request into an OmnitoolError and drops the original: got's errors hold the token. */
export function failureOf(thrown: unknown, attempt: Attempt): OmnitoolError {
  const own = ownErrorIn(thrown);
  if (own !== null) return own;
  const { method, route: path, status } = attempt;
  const answeredBadly = status !== null && status >= 400;
  // A server that refuses before the whole request was sent causes a broken pipe; the refusal is the actual error.
  const { code, detail } = classify(thrown);
  if (answeredBadly && code !== 'cancelled') return statusFailure({ ...attempt, status, headers: {} }, detail);
  // When a 2xx reply is cut off, the server has probably acted on the request.
  const sent: Sent = attempt.sent === 'answered' ? 'maybe' : attempt.sent;
  return new OmnitoolError({ code, method, path, sent, status, detail });
}

/** Our own errors pass through got as a cause, for instance when a file changed during its upload. */
function ownErrorIn(thrown: unknown): OmnitoolError | null {
  if (thrown instanceof OmnitoolError) return thrown;
  return thrown instanceof Error && thrown.cause instanceof OmnitoolError ? thrown.cause : null;
}

function classify(thrown: unknown): { code: OmnitoolErrorCode; detail: string | null } {
  if (thrown instanceof AbortError) return { code: 'cancelled', detail: null };
  if (thrown instanceof TimeoutError) return { code: 'timed-out', detail: thrown.event };
  const errno = errnoOf(thrown);
  if (errno === null) return { code: 'unreachable', detail: null };
  if (errno === 'ETIMEDOUT') return { code: 'timed-out', detail: errno };
  if (isTlsErrno(errno)) return { code: 'tls', detail: errno };
  // HPE_*: Node's HTTP parser received something else than HTTP.
  if (errno.startsWith('HPE_')) return { code: 'bad-reply', detail: errno };
  return { code: 'unreachable', detail: errno };
}

/** The verification codes of OpenSSL and Node in `error.code` (nodejs.org/api/tls.html#x509). */
const isTlsErrno = (errno: string): boolean =>
  /^(ERR_(TLS|SSL|OSSL)_|CERT_|CRL_|UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_|ERROR_IN_CERT|INVALID_CA|INVALID_PURPOSE)/.test(
    errno,
  ) || ['EPROTO', 'HOSTNAME_MISMATCH', 'PATH_LENGTH_EXCEEDED'].includes(errno);

const BY_STATUS: Readonly<Record<number, OmnitoolErrorCode>> = {
  401: 'unauthorized',
  403: 'forbidden',
  404: 'not-found',
  408: 'timed-out',
  410: 'gone',
  413: 'too-large',
  429: 'rate-limited',
};

/**
 * A gateway whose server timed out cannot know whether the server acted; nor can one that reports a failure in HTML,
 * except for a 503, which means that the request was not passed on. Any 2xx means that the server acted.
 */
const isSettled = (status: number, headers: IncomingHttpHeaders): boolean =>
  ![408, 502, 504].includes(status) && status >= 300 && (status < 500 || status === 503 || !isHtml(headers));

interface Refusal {
  readonly method: string;
  readonly route: string;
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
}

/**
 * The error for a reply that is not 2xx. The API never redirects and never sends HTML, so both mean that something else
 * answered: a sign-in page, a captive portal, a proxy (5xx: a proxy in front of a dead server).
 */
export function statusFailure(reply: Refusal, detail: string | null = null): OmnitoolError {
  const { method, route: path, status, headers } = reply;
  const facts = {
    method,
    path,
    status,
    sent: isSettled(status, headers) ? 'answered' : 'maybe',
    retryAfterMs: retryAfterOf(headers),
    detail,
  } as const;
  if (status >= 500) return new OmnitoolError({ ...facts, code: 'server-error' });
  if (status >= 300 && status < 400) return new OmnitoolError({ ...facts, code: 'not-omnitool', detail: 'redirect' });
  if (isHtml(headers)) return new OmnitoolError({ ...facts, code: 'not-omnitool', detail: 'html' });
  return new OmnitoolError({ ...facts, code: BY_STATUS[status] ?? 'bad-reply' });
}

/** Whether a reply is a web page, which the API never sends. */
export const isHtml = (headers: IncomingHttpHeaders): boolean =>
  /^\s*(text\/html|application\/xhtml)/i.test(headers['content-type'] ?? '');

/** `Retry-After` in milliseconds: seconds or a date (RFC 9110 10.2.3). At most a day. */
function retryAfterOf(headers: IncomingHttpHeaders): number | null {
  const value = headers['retry-after'];
  if (value === undefined) return null;
  const wait = /^\d+$/.test(value) ? Number(value) * 1_000 : Date.parse(value) - systemClock.now();
  return Number.isNaN(wait) ? null : Math.min(Math.max(wait, 0), 86_400_000);
}
