import { randomBytes } from 'node:crypto';
import { errors, jwtVerify, type JWTPayload, SignJWT } from 'jose';
import { isObject } from '../base/json.ts';

/** What a token says. Times are seconds (wire 1). There is no `sub`: `issuerId` is the user. */
export interface Claims {
  readonly scopes: unknown;
  readonly issuerId: string;
  readonly tokenId: string;
  readonly iat: number;
  readonly exp: number;
}

/** The one scope that allows running recipes; both words are case-sensitive (wire 1). */
export const EXEC_SCOPE = { action: 'exec', subject: 'Workflow' } as const;

/** 16 random characters, as the server's user and token ids have. */
export const randomId = (): string => randomBytes(12).toString('base64url');

const keyOf = (secret: string): Uint8Array => new TextEncoder().encode(secret);

/** An HS256 token (RFC 7519). */
export const signToken = (claims: Claims, secret: string): Promise<string> =>
  new SignJWT({ ...claims }).setProtectedHeader({ alg: 'HS256', typ: 'JWT' }).sign(keyOf(secret));

/** The claims of a token that this server signed with HS256 and that has not expired; null for every other string. */
export async function verifyToken(token: string, secret: string, nowSeconds: number): Promise<Claims | null> {
  const options = { algorithms: ['HS256'], currentDate: new Date(nowSeconds * 1_000) };
  try {
    return readClaims((await jwtVerify(token, keyOf(secret), options)).payload);
  } catch (failure) {
    if (failure instanceof errors.JOSEError) return null;
    throw failure;
  }
}

function readClaims({ scopes, issuerId, tokenId, iat, exp }: JWTPayload): Claims | null {
  if (typeof issuerId !== 'string' || typeof tokenId !== 'string') return null;
  if (typeof iat !== 'number' || typeof exp !== 'number') return null;
  return { scopes, issuerId, tokenId, iat, exp };
}

/** Whether a list of scopes allows running recipes. Conditions on recipe ids are not enforced (wire 1). */
export function mayExec(scopes: unknown): boolean {
  return Array.isArray(scopes) && scopes.some((scope) => covers(scope, EXEC_SCOPE));
}

/** Whether all requested scopes are among those held: a user can grant only their own rights (wire 1). */
export function mayGrant(held: unknown, asked: readonly unknown[]): boolean {
  return Array.isArray(held) && asked.every((scope) => held.some((mine) => isObject(scope) && covers(mine, scope)));
}

function covers(held: unknown, asked: Readonly<Record<string, unknown>>): boolean {
  return isObject(held) && held.action === asked.action && held.subject === asked.subject;
}
