import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { redact, redactText, registerSecret } from '../../../electron/core/base/redact.ts';

const JWT = 'eyJhbGciOiJIUzI1NiJ9.eyJpc3N1ZXJJZCI6IlFMSm94QmIifQ.Zx-_0123456789abcdefghijklmnopqrstuvwxyzABC';

describe('by key', () => {
  it.each([
    'authorization',
    'Authorization',
    'cookie',
    'set-cookie',
    'Set-Cookie',
    'token',
    'accessToken',
    'jwt',
    'password',
  ])('masks %s', (key) => {
    expect(redact({ [key]: 'short', kept: 'short' })).toEqual({ [key]: '***', kept: 'short' });
  });

  it.each(['secret', 'client_secret', 'api_key', 'x-api-key', 'sessionId', 'session_id', 'fid', 'credentials'])(
    'masks %s',
    (key) => {
      expect(redact({ deep: [{ [key]: ['a', { b: 1 }] }] })).toEqual({ deep: [{ [key]: '***' }] });
    },
  );

  it('keeps keys that only look similar, and whether a value exists', () => {
    const facts = { tokenPlace: 'keychain', keyboard: 'x', token: null, hasToken: true, password: undefined };
    expect(redact(facts)).toEqual(facts);
  });
});

describe('by form', () => {
  it.each([
    [`Generated token: ${JWT}`, 'Generated token: ***'],
    [`cut off ${JWT.slice(0, 30)}`, 'cut off ***'],
    ['cookie was sessionId=VgHRE-7.VOGD%2B; Path=/', 'cookie was sessionId=***; Path=/'],
    ['Authorization: Bearer abc', 'Authorization: Bearer ***'],
    ['GET /x?limit=1&access_token=abc&y=2', 'GET /x?limit=1&access_token=***&y=2'],
    ['http://bob:pass@host:1688/', 'http://***@host:1688/'],
    ['GET /fid/98,82et7yirh4?obj=true', 'GET /fid/***?obj=true'],
    ['GET /fid/98%2C82et7yirh4', 'GET /fid/***'],
    ['at 19:00, 1,234 files of 33,554,432 bytes', 'at 19:00, 1,234 files of 33,554,432 bytes'],
  ])('%s', (text, masked) => {
    expect(redactText(text)).toBe(masked);
  });
});

describe('by value', () => {
  const secret = 'päss"word with\nmany faces/+=';
  registerSecret(secret);

  it.each([
    ['as it is', secret],
    ['as a part', `<${secret}>`],
    ['encoded as in an address', encodeURIComponent(secret)],
    ['as in JSON', JSON.stringify({ x: secret })],
  ])('masks a registered secret %s', (_, text) => {
    const masked = redactText(text);
    expect(masked).toContain('***');
    expect(masked).not.toMatch(/faces/);
  });

  it('masks a number and a key', () => {
    registerSecret('1234567890');
    expect(redact({ n: 1234567890, big: 1234567890n, k1234567890: 1, other: 7 })).toEqual({
      n: '***',
      big: '***',
      'k***': 1,
      other: 7,
    });
  });

  it('does not mask a short word', () => {
    registerSecret('the');
    registerSecret('');
    expect(redactText('the end')).toBe('the end');
  });
});

describe('any value', () => {
  it('prints a circular value once', () => {
    const circle: { name: string; self?: unknown; list?: unknown } = { name: 'a' };
    circle.self = circle;
    circle.list = [circle];
    expect(redact(circle)).toEqual({ name: 'a', self: '[above]', list: ['[above]'] });
    const twice = { x: 1 };
    expect(redact([twice, twice])).toEqual([twice, twice]);
  });

  it('prints the error without the request it holds', () => {
    const cause = Object.assign(new Error(`refused ${JWT}`), { code: 'ECONNREFUSED', options: { headers: { a: 1 } } });
    const error = new AggregateError([cause], 'failed', { cause });
    expect(redact(error)).toMatchObject({
      name: 'AggregateError',
      message: 'failed',
      cause: { message: 'refused ***', code: 'ECONNREFUSED' },
      errors: [{ message: 'refused ***' }],
    });
    expect(JSON.stringify(redact(error))).not.toMatch(/options|eyJ/);
  });

  it('shortens bytes, long texts, long lists and deep nesting', () => {
    expect(redact([Buffer.from(JWT), new Uint8Array(3), new ArrayBuffer(4)])).toEqual([
      `[${JWT.length} bytes]`,
      '[3 bytes]',
      '[4 bytes]',
    ]);
    expect(String(redact('x'.repeat(20_000)))).toMatch(/^x{16384}\.\.\. \(20000 characters\)$/);
    expect(redact(Array.from({ length: 600 }, () => 1))).toHaveLength(501);
    let nest: unknown = 1;
    for (let depth = 0; depth < 5_000; depth += 1) nest = [nest];
    expect(JSON.stringify(redact(nest))).toContain('[deeper]');
  });

  it('prints the contents of maps and sets, and dates, addresses and functions as text', () => {
    const value = {
      map: new Map([['token', 'x']]),
      set: new Set([JWT]),
      date: new Date(0),
      never: new Date(Number.NaN),
      url: new URL('http://bob:pass@host/'),
      run: () => JWT,
      mark: Symbol(JWT),
    };
    expect(redact(value)).toEqual({
      map: { token: '***' },
      set: ['***'],
      date: '1970-01-01T00:00:00.000Z',
      never: '[no date]',
      url: 'http://***@host/',
      run: '[function]',
      mark: 'Symbol(***)',
    });
  });

  it('handles a getter that throws', () => {
    const sly = {
      get broken(): string {
        throw new Error('no');
      },
      fine: 1,
    };
    expect(redact(sly)).toEqual({ broken: '[unreadable]', fine: 1 });
  });

  it('never throws', () => {
    fc.assert(
      fc.property(
        fc.anything({ withBigInt: true, withDate: true, withMap: true, withSet: true, withTypedArray: true }),
        (value) => {
          redact(value);
        },
      ),
    );
  });
});

describe('the guarantee', () => {
  const secretUnit = fc.constantFrom('a', 'b', '*', '0', '%', '"');
  const secrets = fc.array(fc.string({ unit: secretUnit, minLength: 8, maxLength: 12 }), {
    minLength: 1,
    maxLength: 3,
  });
  const filler = fc.string({ unit: secretUnit, maxLength: 12 });

  it('the output never holds a registered secret, for any structure', () => {
    fc.assert(
      fc.property(secrets, fc.array(filler, { minLength: 1, maxLength: 6 }), (hidden, around) => {
        for (const secret of hidden) registerSecret(secret);
        const text = around.flatMap((words, position) => [words, hidden[position % hidden.length] ?? '']).join('');
        const out = stringsIn(
          redact({ text, [text]: [text, new Error(text), new Map([[text, text]])], n: Number(text) }),
        );
        for (const secret of hidden) expect(out.filter((part) => part.includes(secret))).toEqual([]);
      }),
    );
  });

  it('not even at the cut of a long text', () => {
    registerSecret('(20001 characters)');
    registerSecret('... (20002');
    for (const length of [20_001, 20_002]) {
      expect(redactText('y'.repeat(length))).not.toMatch(/\(20001 characters\)|\.\.\. \(20002/);
    }
  });
});

/** Every text in a value: keys and contents. */
function stringsIn(value: unknown): readonly string[] {
  if (typeof value !== 'object' || value === null) return [String(value)];
  return Object.entries(value).flatMap(([key, part]) => [key, ...stringsIn(part)]);
}
