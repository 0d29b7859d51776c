import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TokenError, cleanPastedToken, decodeToken } from '../../../electron/core/connection/token.ts';

const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const SIGNATURE = 'Zx-_0123456789abcdefghijklmnopqrstuvwxyzABC';
const tokenOf = (claims: unknown, header: unknown = { alg: 'HS256', typ: 'JWT' }, signature = SIGNATURE): string =>
  `${encode(header)}.${encode(claims)}.${signature}`;

const EXEC = { action: 'exec', subject: 'Workflow' };
const IAT = 1_795_454_978;
const CLAIMS = {
  scopes: [EXEC],
  issuerId: 'QLJoxBbTo30TNuJp',
  tokenId: 'uhVIpTBzF0klvyPr',
  iat: IAT,
  exp: IAT + 30_000,
};
const NOW = (IAT + 10) * 1_000;
const malformed = expect.objectContaining({ name: 'TokenError', code: 'token-malformed' }) as TokenError;

describe('decodeToken', () => {
  it('reads a token as the server makes them, times in seconds', () => {
    expect(decodeToken(tokenOf(CLAIMS), NOW)).toEqual({
      issuedAt: IAT * 1_000,
      expiresAt: (IAT + 30_000) * 1_000,
      expired: false,
      mayRun: 'every-recipe',
    });
  });

  it.each([
    ['a moment before its end', (IAT + 30_000) * 1_000 - 1, false],
    ['at its end', (IAT + 30_000) * 1_000, true],
  ])('knows whether it has expired %s', (_, now, expired) => {
    expect(decodeToken(tokenOf(CLAIMS), now).expired).toBe(expired);
  });

  it.each([
    ['there is none', undefined, null, false],
    ['it is in milliseconds by mistake: the server reads seconds', NOW + 1_000, null, false],
    ['the server was asked for 1e12 seconds', IAT + 1e12, null, false],
    ['it was born expired', IAT - 5, (IAT - 5) * 1_000, true],
    ['it is zero', 0, 0, true],
  ])('understands an end when %s', (_, exp, expiresAt, expired) => {
    expect(decodeToken(tokenOf({ ...CLAIMS, exp }), NOW)).toMatchObject({ expiresAt, expired });
  });

  it.each([
    ['every recipe', [EXEC], 'every-recipe'],
    ['every recipe, next to a narrower right', [{ ...EXEC, conditions: { id: { $in: ['a'] } } }, EXEC], 'every-recipe'],
    ['every recipe, with empty conditions', [{ ...EXEC, conditions: {} }], 'every-recipe'],
    ['named recipes', [{ ...EXEC, conditions: { id: { $in: ['a'] } } }], 'named-recipes'],
    ['named recipes, none of them', [{ ...EXEC, conditions: { id: { $in: [] } } }], 'named-recipes'],
    ['nothing: other words', [{ action: 'execute', subject: 'Workflow' }], 'nothing'],
    ['nothing: other letters', [{ action: 'exec', subject: 'workflow' }], 'nothing'],
    ['nothing: no scopes', undefined, 'nothing'],
    ['nothing: not a list', 'exec', 'nothing'],
    ['nothing: odd members', [null, 1, 'x', []], 'nothing'],
  ])('reports that it may run %s', (_, scopes, mayRun) => {
    expect(decodeToken(tokenOf({ ...CLAIMS, scopes }), NOW).mayRun).toBe(mayRun);
  });

  it.each([
    ['empty', ''],
    ['two parts', tokenOf(CLAIMS).split('.').slice(0, 2).join('.')],
    ['four parts', `${tokenOf(CLAIMS)}.x`],
    ['no signature', tokenOf(CLAIMS, { alg: 'none' }, '')],
    ['a list as payload', tokenOf([1])],
    ['not JSON', `${encode({})}.bm9wZQ.${SIGNATURE}`],
    ['standard base64', tokenOf(CLAIMS).replace('.', '+.')],
    ['an end that is no number', tokenOf({ ...CLAIMS, exp: '1795484978' })],
    ['too long', tokenOf({ ...CLAIMS, padding: 'x'.repeat(20_000) })],
  ])('refuses what is %s', (_, token) => {
    expect(() => decodeToken(token, NOW)).toThrow(malformed);
  });

  it('never throws anything but a TokenError, and never repeats the token in it', () => {
    const anyClaims = fc.anything().map((claims) => tokenOf(claims ?? null));
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.string({ unit: 'binary' }), anyClaims), (text) => {
        try {
          decodeToken(text, NOW);
        } catch (failure) {
          expect(failure).toBeInstanceOf(TokenError);
          expect((failure as TokenError).message).toBe('token-malformed');
        }
      }),
    );
  });
});

describe('cleanPastedToken', () => {
  const token = tokenOf(CLAIMS);
  const broken = (at: number): string => `${token.slice(0, at)}\n${token.slice(at)}`;

  it.each([
    ['alone', token],
    ['with blanks around', `  ${token}\n`],
    ["in the server's chat message", `Generated token: ${token}`],
    ['as a header', `Authorization: Bearer ${token}`],
    ['in quotes', `"${token}"`],
    ['in JSON', `{"token":"${token}"}`],
    ['at the end of a sentence', `Use ${token}.`],
    ['with words after it', `${token}\nUse it well`],
    ['twice', `${token}\n${token}`],
    ['broken over lines of 64', token.replace(/.{64}/g, '$&\r\n')],
    ['broken in its header', broken(10)],
    ['broken after the first dot', broken(token.indexOf('.') + 1)],
    ['broken after the second dot', broken(token.lastIndexOf('.') + 1)],
    ['broken in its signature', broken(token.length - 5)],
  ])('finds it %s', (_, pasted) => {
    expect(cleanPastedToken(pasted)).toBe(token);
  });

  it('reads a signature of unknown length to the end of its word', () => {
    const other = tokenOf(CLAIMS, { alg: 'X1' }, 'abc');
    expect(cleanPastedToken(`${other} and more`)).toBe(other);
  });

  it.each([
    ['nothing', ''],
    ['no token', 'Generated token:'],
    ['two different tokens', `${token} ${tokenOf({ ...CLAIMS, tokenId: 'other' })}`],
    ['one whose end was not copied', token.slice(0, -1)],
    ['one with something stuck to its end', `${token}x`],
    ['one with parts missing', token.slice(0, token.lastIndexOf('.'))],
    ['more than anybody pastes', `${token}${' '.repeat(16_384)}`],
  ])('refuses %s', (_, pasted) => {
    expect(() => cleanPastedToken(pasted)).toThrow(malformed);
  });

  it('returns a decodable token or throws a TokenError for any text', () => {
    const pieces = fc.constantFrom(token, token.slice(0, 40), 'eyJ', '.', ' ', '\n', '"', 'Bearer ', 'x', '\u0000');
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(pieces).map((parts) => parts.join('')),
        ),
        (text) => {
          try {
            expect(decodeToken(cleanPastedToken(text), NOW).mayRun).toBe('every-recipe');
          } catch (failure) {
            expect(failure).toBeInstanceOf(TokenError);
          }
        },
      ),
    );
  });

  it('handles the worst text quickly', () => {
    const started = performance.now();
    expect(() => cleanPastedToken('eyJ '.repeat(4_096))).toThrow(malformed);
    expect(performance.now() - started).toBeLessThan(2_000);
  });
});
