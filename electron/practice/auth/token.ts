import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { isObject, parseJson } from '../base/json.ts';

/** What a token says. Times are seconds (wire 1). There is no `sub`: `issuerId` is the user. */
export interface Claims {
  readonly scopes: unknown;
  readonly issuerId: string;
  readonly tokenId: string;
  readonly iat: number;
  readonly exp: number;
}

/** The one scope that lets a token run recipes; both words are compared with their case (wire 1). */
export const EXEC_SCOPE = { action: 'exec', subject: 'Workflow' } as const;

const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const signature = (signed: string, secret: string): Buffer => createHmac('sha256', secret).update(signed).digest();

/** 16 random characters, as the server's user and token ids have. */
export const randomId = (): string => randomBytes(12).toString('base64url');

/** An HS256 token (RFC 7519). */
export function signToken(claims: Claims, secret: string): string {
  const signed = `${encode({ alg: 'HS256', typ: 'JWT' })}.${encode(claims)}`;
  return `${signed}.${signature(signed, secret).toString('base64url')}`;
}

/** The claims of a token that this server signed with HS256 and that has not expired; null for every other string. */
export function verifyToken(token: string, secret: string, nowSeconds: number): Claims | null {
  const [head, body, sign, ...more] = token.split('.');
  if (head === undefined || body === undefined || sign === undefined || more.length > 0) return null;
  const header = decodePart(head);
  if (!isObject(header) || header.alg !== 'HS256') return null;
  const expected = signature(`${head}.${body}`, secret);
  const given = Buffer.from(sign, 'base64url');
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return null;
  const claims = readClaims(decodePart(body));
  return claims !== null && claims.exp > nowSeconds ? claims : null;
}

function decodePart(part: string): unknown {
  const parsed = parseJson(Buffer.from(part, 'base64url').toString('utf8'));
  return parsed.ok ? parsed.value : null;
}

function readClaims(value: unknown): Claims | null {
  if (!isObject(value)) return null;
  const { scopes, issuerId, tokenId, iat, exp } = value;
  if (typeof issuerId !== 'string' || typeof tokenId !== 'string') return null;
  if (typeof iat !== 'number' || typeof exp !== 'number') return null;
  return { scopes, issuerId, tokenId, iat, exp };
}

/** Whether one list of scopes holds the right to run recipes. Conditions on recipe ids are not enforced (wire 1). */
export function mayExec(scopes: unknown): boolean {
  return Array.isArray(scopes) && scopes.some((scope) => covers(scope, EXEC_SCOPE));
}

/** Whether every requested scope is one of those held: a user can grant only rights of their own (wire 1). */
export function mayGrant(held: unknown, asked: readonly unknown[]): boolean {
  return Array.isArray(held) && asked.every((scope) => held.some((mine) => isObject(scope) && covers(mine, scope)));
}

function covers(held: unknown, asked: Readonly<Record<string, unknown>>): boolean {
  return isObject(held) && held.action === asked.action && held.subject === asked.subject;
}
