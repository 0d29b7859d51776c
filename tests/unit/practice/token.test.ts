import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import {
  type Claims,
  EXEC_SCOPE,
  mayExec,
  mayGrant,
  signToken,
  verifyToken,
} from '../../../electron/practice/auth/token.ts';

const claims: Claims = { scopes: [EXEC_SCOPE], issuerId: 'practiceUser0001', tokenId: 't', iat: 1_000, exp: 2_000 };
const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

describe('a token', () => {
  it('is verified with its claims until it expires', async () => {
    const token = await signToken(claims, 'secret');
    expect(await verifyToken(token, 'secret', 1_999)).toEqual(claims);
    expect(await verifyToken(token, 'secret', 2_000)).toBeNull();
  });

  it('is refused with another secret, another algorithm, changed claims, or if it is not a token', async () => {
    const [head = '', , sign = ''] = (await signToken(claims, 'secret')).split('.');
    const none = `${part({ alg: 'none', typ: 'JWT' })}.${part(claims)}.`;
    const changed = `${head}.${part({ ...claims, exp: 9e9 })}.${sign}`;
    for (const token of [await signToken(claims, 'other'), none, changed, `${head}.${sign}`, 'abc', '', 'a.b.c.d']) {
      expect(await verifyToken(token, 'secret', 1_500)).toBeNull();
    }
  });

  it('is refused when its claims have the wrong form', async () => {
    const signed = `${part({ alg: 'HS256', typ: 'JWT' })}.${part({ ...claims, exp: Number.NaN })}`;
    const sign = createHmac('sha256', 'secret').update(signed).digest('base64url');
    expect(await verifyToken(`${signed}.${sign}`, 'secret', 0)).toBeNull();
  });
});

describe('the right to run', () => {
  it('is one exact scope', () => {
    expect(mayExec([EXEC_SCOPE])).toBe(true);
    expect(mayExec([{ ...EXEC_SCOPE, conditions: { id: { $in: [] } } }])).toBe(true);
    for (const scopes of [
      undefined,
      [],
      {},
      [{ action: 'execute', subject: 'Workflow' }],
      [{ action: 'exec', subject: 'workflow' }],
    ]) {
      expect(mayExec(scopes)).toBe(false);
    }
  });

  it('can be granted, and no other', () => {
    expect(mayGrant([EXEC_SCOPE], [EXEC_SCOPE])).toBe(true);
    expect(mayGrant([EXEC_SCOPE], [EXEC_SCOPE, { action: 'manage', subject: 'all' }])).toBe(false);
    expect(mayGrant([EXEC_SCOPE], ['exec'])).toBe(false);
    expect(mayGrant(undefined, [EXEC_SCOPE])).toBe(false);
  });
});
