import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jsonLossOf } from '../../../electron/contract/json-loss.ts';

describe('the loss of a JSON text', () => {
  it.each([
    ['{"id": 9007199254740993}', { written: '9007199254740993', read: '9007199254740992' }],
    ['[1, 1E400]', { written: '1E400', read: null }],
    ['[-1e999]', { written: '-1e999', read: null }],
    ['[0.12345678901234567890]', { written: '0.12345678901234567890', read: '0.12345678901234568' }],
    ['[1e-400]', { written: '1e-400', read: '0' }],
  ])('is a number: %s', (text, number) => {
    expect(jsonLossOf(text)).toEqual({ number, key: null });
  });

  it.each(['{"a":1,"a":2}', '[{"b":{"a":1, "\\u0061":2}}]', '{"a":{},"x":[],"a" : null}'])('is a key: %s', (text) => {
    expect(jsonLossOf(text)).toEqual({ number: null, key: 'a' });
  });

  it.each([
    '{}',
    '[1, -0, 0.0, 1.50e1, 1E2, 100, 1.0, 9007199254740992, 0.1, 1e23, 5e-324]',
    '{"a":{"a":1},"b":[{"a":1},{"a":2}]}',
    '["9007199254740993", "1E400", "\\"a\\":1,\\"a\\":2"]',
    '{"a\\\\":1,"a":2, "":3}',
  ])('is nothing: %s', (text) => {
    expect(jsonLossOf(text)).toBeNull();
  });

  it('is nothing for a text of JSON.stringify', () => {
    fc.assert(fc.property(fc.jsonValue(), (value) => jsonLossOf(JSON.stringify(value)) === null));
  });

  it('is found quickly in a megabyte, at any depth', () => {
    const deep = `${'[{"a":'.repeat(100_000)}1${'}]'.repeat(100_000)}`;
    expect(jsonLossOf(deep)).toBeNull();
  });
});
