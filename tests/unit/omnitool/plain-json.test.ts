import { describe, expect, it } from 'vitest';
import { MAX_DATA_DEPTH } from '../../../electron/contract/limits.ts';
import { isTooDeep, jsonText, toPlainJson } from '../../../electron/core/omnitool/plain-json.ts';

function nestedTo(depth: number): unknown {
  let value: unknown = 1;
  for (let level = 0; level < depth; level += 1) value = [value];
  return value;
}

describe('plain JSON', () => {
  it('converts values that JSON does not have', () => {
    const value = {
      n: [1, Infinity, Number.NaN, undefined, null],
      big: 5n,
      when: new Date(0),
      never: new Date(Number.NaN),
      pattern: /a/g,
      failure: new RangeError('x'),
      map: new Map([['a', new Set([1])]]),
    };
    const plain = toPlainJson(value);
    expect(plain?.json).toEqual({
      n: [1, null, null, null, null],
      big: '5',
      when: '1970-01-01T00:00:00.000Z',
      never: null,
      pattern: '/a/g',
      failure: { name: 'RangeError', message: 'x' },
      map: [['a', [1]]],
    });
    expect(JSON.parse(JSON.stringify(plain?.json))).toEqual(plain?.json);
  });

  it('is not made of cyclic values', () => {
    const self: Record<string, unknown> = {};
    self.self = self;
    expect(toPlainJson(self)).toBeNull();
  });

  it('is not made of shared parts that expand to billions of values', () => {
    let shared: unknown = 'x';
    for (let level = 0; level < 60; level += 1) shared = [shared, shared];
    expect(toPlainJson(shared)).toBeNull();
  });

  it.each([
    [150, false],
    [MAX_DATA_DEPTH, false],
    [MAX_DATA_DEPTH + 1, true],
    [100_000, true],
  ])('nested to %i levels is too deep: %j', (depth, expected) => {
    expect(isTooDeep(nestedTo(depth))).toBe(expected);
    expect(toPlainJson(nestedTo(depth)) === null).toBe(expected);
  });

  it('is indented, unless the text would grow too large', () => {
    expect(jsonText({ a: 1 })).toBe('{\n  "a": 1\n}');
    const deep = jsonText(nestedTo(MAX_DATA_DEPTH));
    expect(deep).toHaveLength(2 * MAX_DATA_DEPTH + 1);
    expect(JSON.parse(deep)).toEqual(nestedTo(MAX_DATA_DEPTH));
  });
});
