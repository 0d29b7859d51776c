import type { Readable } from 'node:stream';
import type { Session } from '../auth/sessions.ts';

/** The reply of a route, without the headers that every reply has. */
export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array | Readable | null;
  /** The session that the client is signed in to from now on; `none` sends no cookie (logout). */
  readonly cookie?: Session | 'none';
}

const typed = (status: number, type: string, body: string, headers: Readonly<Record<string, string>>): Reply => ({
  status,
  headers: { ...headers, 'content-type': `${type}; charset=utf-8`, 'content-length': String(Buffer.byteLength(body)) },
  body,
});

/** A JSON reply in UTF-8, with its length. */
export const json = (status: number, value: unknown, headers: Readonly<Record<string, string>> = {}): Reply =>
  typed(status, 'application/json', JSON.stringify(value), headers);

/** A plain text reply in UTF-8, with its length. */
export const text = (status: number, body: string): Reply => typed(status, 'text/plain', body, {});

/** An HTML reply in UTF-8, with its length. */
export const html = (status: number, body: string): Reply => typed(status, 'text/html', body, {});

/** 200 with an empty body and no content type (wire 1 logout, 2b `{}`). */
export const empty = (): Reply => ({ status: 200, headers: { 'content-length': '0' }, body: null });

/** The reply to every failed sign-in, whatever its cause (wire 1). */
export const notSignedIn = (): Reply => text(401, 'Authentication failed');

/** The reply of a handler that failed (wire 2a, 5, 7, 8). */
export const notOk = (): Reply => json(500, { ok: false });

/** The reply to a request that does not match its schema (wire 1, 4): 500, not 400. */
export const misfit = (): Reply => json(500, {});
