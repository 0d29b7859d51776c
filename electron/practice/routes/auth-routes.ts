import type { EventStreams } from '../events/event-streams.ts';
import type { Session, Sessions } from '../auth/sessions.ts';
import { mayGrant, randomId, signToken } from '../auth/token.ts';
import { findUser, USERS } from '../auth/users.ts';
import { isObject } from '../base/json.ts';
import { readJson } from '../http/body.ts';
import { empty, json, misfit, notSignedIn, type Reply, text } from '../http/reply.ts';
import type { Route, SignedInCall } from '../http/router.ts';

/** The rights of a user who signed in without a token: all rights. */
const ALL_SCOPES = [{ action: 'exec', subject: 'Workflow' }];

/** What the sign-in routes use. `clock` returns milliseconds since 1970. */
export interface AuthParts {
  readonly sessions: Sessions;
  readonly streams: EventStreams;
  readonly secret: string;
  readonly clock: () => number;
}

/** Signing in and out, and new tokens (wire 1). */
export function authRoutes(parts: AuthParts): readonly Route[] {
  return [
    { method: 'GET', pattern: /^\/api\/v1\/auth\/autologin$/, access: 'open', handle: () => autologin(parts) },
    // No user of this server has a password.
    { method: 'POST', pattern: /^\/api\/v1\/auth\/login$/, access: 'open', handle: notSignedIn },
    {
      method: 'POST',
      pattern: /^\/api\/v1\/auth\/logout$/,
      access: 'cookie',
      handle: ({ session }) => {
        parts.sessions.end(session);
        return { ...empty(), cookie: 'none' };
      },
    },
    {
      method: 'GET',
      pattern: /^\/api\/v1\/auth\/user$/,
      access: 'cookie',
      handle: ({ session }) => json(200, { id: session.userId, username: findUser(session.userId)?.name ?? '' }),
    },
    { method: 'POST', pattern: /^\/api\/v1\/auth\/token$/, access: 'cookie', handle: (call) => newToken(parts, call) },
    {
      method: 'POST',
      pattern: /^\/api\/v1\/mercenaries\/runscript\/generateJwtToken$/,
      access: 'cookie',
      handle: (call) => tokenByChat(parts, call),
    },
  ];
}

/** On loopback the server signs every client in (wire 1). */
function autologin({ sessions }: AuthParts): Reply {
  const session = sessions.create(USERS.practice.id, ALL_SCOPES);
  return { ...json(200, { username: 'admin@local.host', isAdmin: true, tosAccepted: '0' }), cookie: session };
}

/** A session may make tokens with its own rights and any lifetime in whole seconds (wire 1). */
async function newToken(parts: AuthParts, { request, session }: SignedInCall): Promise<Reply> {
  const body = await readJson(request);
  if (!body.ok || !isObject(body.value)) return misfit();
  const { scopes, expiresIn } = body.value;
  if (!Array.isArray(scopes) || typeof expiresIn !== 'number') return misfit();
  const token = await mint(parts, session, scopes, expiresIn);
  return token === null ? text(500, 'Internal error') : json(200, { token });
}

/** The script of the chat command: the token itself arrives as a chat message on the session's stream (wire 1). */
async function tokenByChat(parts: AuthParts, { request, session }: SignedInCall): Promise<Reply> {
  const body = await readJson(request);
  const words: readonly unknown[] = body.ok && Array.isArray(body.value) ? body.value : [];
  const [action, subject, expiry, ...ids] = words;
  const seconds = Number.parseInt(String(expiry), 10);
  const scopes = [{ action, subject, conditions: { id: { $in: ids } } }];
  const token = await mint(parts, session, scopes, seconds);
  if (token === null) return text(500, 'Internal error');
  parts.streams.toSession(session.id, {
    type: 'chat:system',
    from: 'omni',
    flags: ['no-picture'],
    body: { content: [{ value: `Generated token: ${token}`, type: 'text/plain' }], attachments: {} },
  });
  return json(200, true);
}

/** Makes a token; null if `seconds` is not whole, or the session does not have these rights. */
async function mint(
  parts: AuthParts,
  session: Session,
  scopes: readonly unknown[],
  seconds: number,
): Promise<string | null> {
  if (!Number.isInteger(seconds) || !mayGrant(session.scopes, scopes)) return null;
  const iat = Math.floor(parts.clock() / 1_000);
  return signToken({ scopes, issuerId: session.userId, tokenId: randomId(), iat, exp: iat + seconds }, parts.secret);
}
