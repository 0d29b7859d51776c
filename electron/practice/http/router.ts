import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Session } from '../auth/sessions.ts';
import { json, type Reply } from './reply.ts';

/** One request on its way through a route. */
export interface Call {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** The groups of the route's pattern, percent-decoded. */
  readonly parameters: readonly string[];
  readonly query: URLSearchParams;
}

/** A call whose client is signed in. */
export type SignedInCall = Call & { readonly session: Session };

/** null: the handler has answered by itself (event stream, a reply the server cannot send whole). */
type Answer = Reply | null | Promise<Reply | null>;

/**
 * Who may use a route (wire 1): `open` everybody, `token` a session cookie or a bearer token, `cookie` only the cookie.
 */
export type Route = { readonly method: 'GET' | 'POST'; readonly pattern: RegExp } & (
  | { readonly access: 'open'; readonly handle: (call: Call) => Answer }
  | { readonly access: 'token' | 'cookie'; readonly handle: (call: SignedInCall) => Answer }
);

/** The first route that fits, with the groups of its pattern. HEAD is served by the GET routes. */
export function findRoute(routes: readonly Route[], method: string, path: string): [Route, readonly string[]] | null {
  const wanted = method === 'HEAD' ? 'GET' : method;
  for (const route of routes) {
    const match = route.method === wanted ? route.pattern.exec(path) : null;
    if (match !== null) return [route, match.slice(1).map((group: string | undefined) => decoded(group ?? ''))];
  }
  return null;
}

/** A malformed percent sign is taken as it stands. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** The answer to an address or method that no route has, CORS preflights included (wire 1). */
export const routeNotFound = (method: string, url: string): Reply =>
  json(404, { message: `Route ${method}:${url} not found`, error: 'Not Found', statusCode: 404 });
