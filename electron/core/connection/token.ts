import { ShownError } from '../base/coded-error.ts';
import type { TokenView } from '../../contract/views.ts';

/** A problem with a token. Never holds the token or a part of it. */
export class TokenError extends ShownError<'token-malformed' | 'token-missing'> {
  override readonly name = 'TokenError';
}

/** In characters. No real token is that long; the server refuses headers of 20 KB (wire 1). */
const LENGTH_LIMIT = 16_384;

/**
 * The last second of the year 9999. The server reads `exp` in seconds and has no upper limit (wire 1). An `exp` beyond
 * this, such as milliseconds by mistake, is shown as no expiry.
 */
const END_OF_TIME_S = 253_402_300_799;

type Claims = Readonly<Record<string, unknown>>;

/**
 * Reads the claims of a token, for display only: this machine has no key to verify them (RFC 8725).
 *
 * @param now milliseconds since 1970
 * @throws TokenError `token-malformed`
 */
export function decodeToken(token: string, now: number): TokenView {
  const { iat, exp, scopes } = claimsOf(token);
  const expiresAt = endOf(exp);
  return {
    issuedAt: isTime(iat) && iat <= END_OF_TIME_S ? iat * 1_000 : null,
    expiresAt,
    expired: expiresAt !== null && expiresAt <= now,
    mayRun: rightsOf(scopes),
  };
}

/** The user of a token under the name by which the server lists their jobs (wire 1); null when it names none. */
export function userOfToken(token: string): string | null {
  const { issuerId } = claimsOf(token);
  return typeof issuerId === 'string' && issuerId !== '' ? issuerId : null;
}

function endOf(exp: unknown): number | null {
  if (exp === undefined || exp === null) return null;
  // The server refuses such a token.
  if (!isTime(exp)) throw new TokenError('token-malformed');
  return exp > END_OF_TIME_S ? null : exp * 1_000;
}

/**
 * Seconds since 1970. The server also creates tokens that are expired already, so small and negative values are
 * allowed.
 */
const isTime = (value: unknown): value is number =>
  typeof value === 'number' && Number.isFinite(value) && value >= -END_OF_TIME_S;

function rightsOf(scopes: unknown): TokenView['mayRun'] {
  const runs = (Array.isArray(scopes) ? scopes : [])
    .filter(isRecord)
    .filter(({ action, subject }) => action === 'exec' && subject === 'Workflow');
  if (runs.length === 0) return 'nothing';
  return runs.some((scope) => !namesRecipes(scope)) ? 'every-recipe' : 'named-recipes';
}

const namesRecipes = ({ conditions, workflowIds }: Claims): boolean =>
  (isRecord(conditions) && 'id' in conditions) || Array.isArray(workflowIds);

/** Decodes the payload of a JSON Web Token. Checks the form of header and signature only. */
function claimsOf(token: string): Claims {
  const parts = token.length > LENGTH_LIMIT ? [] : token.split('.');
  const [header = '', payload = '', signature = ''] = parts;
  if (parts.length !== 3 || !/^[\w-]+$/.test(signature) || jsonOf(header) === null)
    throw new TokenError('token-malformed');
  const claims = jsonOf(payload);
  if (claims === null) throw new TokenError('token-malformed');
  return claims;
}

function jsonOf(part: string): Claims | null {
  if (!/^[\w-]+$/.test(part)) return null;
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
    return isRecord(value) ? value : null;
  } catch {
    // Not JSON: the caller throws its own error.
    return null;
  }
}

const isRecord = (value: unknown): value is Claims =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Length of a signature in base64url by algorithm (RFC 7518). */
const SIGNATURE_LENGTHS: Readonly<Record<string, number>> = { HS256: 43, HS384: 64, HS512: 86, ES256: 86, RS256: 342 };

/**
 * Finds the one token in a pasted text: the server's whole chat message, `Bearer eyJ...`, in quotes, broken over lines.
 * Refuses a token whose end was not copied, before the server does.
 *
 * @throws TokenError `token-malformed` when there is no token, or several
 */
export function cleanPastedToken(text: string): string {
  if (text.length > LENGTH_LIMIT) throw new TokenError('token-malformed');
  const found = new Set<string>();
  let after = 0;
  // Must not match inside a word: every payload begins with eyJ too.
  for (const { index } of text.matchAll(/(?<![\w.-])eyJ/g)) {
    // This is the payload of a token whose first line ended at its dot.
    if (index < after) continue;
    const token = tokenAt(text.slice(index));
    if (token === null) continue;
    found.add(token.token);
    after = index + token.length;
  }
  const [token, ...others] = found;
  if (token === undefined || others.length > 0) throw new TokenError('token-malformed');
  return token;
}

/** Returns the token at the start of a text, joined across line breaks, and the length of the text it covers. */
function tokenAt(text: string): { readonly token: string; readonly length: number } | null {
  const [start, ...parts] = /^([\w\s-]+)\.([\w\s-]+)\./.exec(text) ?? [];
  if (start === undefined) return null;
  const [header = '', payload = ''] = parts.map((part) => part.replace(/\s/g, ''));
  const head = jsonOf(header);
  if (head === null || jsonOf(payload) === null) return null;
  const rest = text.slice(start.length);
  const signature = signatureOf(head.alg).exec(rest)?.[0];
  if (signature === undefined) return null;
  return { token: [header, payload, signature.replace(/\s/g, '')].join('.'), length: start.length + signature.length };
}

/** A signature of known length may be broken over lines. Any other ends with its word. */
function signatureOf(algorithm: unknown): RegExp {
  const length = typeof algorithm === 'string' ? SIGNATURE_LENGTHS[algorithm] : undefined;
  return length === undefined ? /^\s*[\w-]+(?!\.?[\w-])/ : new RegExp(`^(?:\\s*[\\w-]){${length}}(?!\\.?[\\w-])`);
}
