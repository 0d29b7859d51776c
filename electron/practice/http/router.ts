import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Session } from '../auth/sessions.ts';
import { json, type Reply } from './reply.ts';

/** One request that a route handles. */
export interface Call {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** The groups of the route's pattern, percent-decoded. */
  readonly parameters: readonly string[];
  readonly query: URLSearchParams;
}

/** A call whose client is signed in. */
export type SignedInCall = Call & { readonly session: Session };

/** null: the handler has replied itself (an event stream, a reply that breaks off). */
type Answer = Reply | null | Promise<Reply | null>;

/**
 * Who may use a route (wire 1). `open`: all; `token`: with a session cookie or a bearer token; `cookie`: with the cookie only.
 */
export type Route = { readonly method: 'GET' | 'POST'; readonly pattern: RegExp } & (
  | { readonly access: 'open'; readonly handle: (call: Call) => Answer }
  | { readonly access: 'token' | 'cookie'; readonly handle: (call: SignedInCall) => Answer }
);

/** The first route that matches, with the groups of its pattern. HEAD uses the GET routes. */
export function findRoute(routes: readonly Route[], method: string, path: string): [Route, readonly string[]] | null {
  const wanted = method === 'HEAD' ? 'GET' : method;
  for (const route of routes) {
    const match = route.method === wanted ? route.pattern.exec(path) : null;
    if (match !== null) return [route, match.slice(1).map((group: string | undefined) => decoded(group ?? ''))];
  }
  return null;
}

/** Keeps a part with a malformed percent sign as it is. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** The reply if no route matches, also to CORS preflights (wire 1). */
export const routeNotFound = (method: string, url: string): Reply =>
  json(404, { message: `Route ${method}:${url} not found`, error: 'Not Found', statusCode: 404 });
