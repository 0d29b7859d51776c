import { serialize } from '@ungap/structured-clone';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readClone } from '../../../electron/core/omnitool/clone.ts';

const decoded = (entries: unknown): unknown => readClone(JSON.stringify(entries))?.value;

describe('a flattened clone', () => {
  it('decodes to the flattened value', () => {
    const value = {
      text: 'ünïcödé 🐴',
      nothing: undefined,
      list: [1, null, true, [], {}],
      when: new Date(5),
      failure: new TypeError('no'),
      map: new Map([['a', 1]]),
      set: new Set([1]),
      big: 12_345_678_901_234_567_890n,
      pattern: /a+/giu,
    };
    expect(decoded(serialize(value))).toEqual(value);
  });

  it('decodes to any JSON value', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 8 }), (value) => {
        expect(decoded(serialize(JSON.parse(JSON.stringify(value))))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  it('may hold a cycle', () => {
    const value = decoded([[2, [[1, 0], [2, 3]]], [0, 'self'], [0, 'list'], [1, [3, 0]]]); // prettier-ignore
    expect(value).toHaveProperty('self.self.list.1.self');
  });

  it('holds standard error types only', () => {
    const thrown = decoded([[7, { name: 'Proxy', message: 'x' }]]);
    expect(thrown).toBeInstanceOf(Error);
    expect(thrown).toMatchObject({ name: 'Error', message: 'x' });
    expect(decoded([[7, { name: 'RangeError', message: 'y' }]])).toBeInstanceOf(RangeError);
    expect(decoded([[7, { name: 'AggregateError' }]])).toMatchObject({ name: 'Error', message: '' });
  });

  it('changes no prototype', () => {
    const value = decoded([[2, [[1, 2]]], [0, '__proto__'], [2, [[3, 4]]], [0, 'polluted'], [0, true]]); // prettier-ignore
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
    expect({}).not.toHaveProperty('polluted');
  });
});

describe('invalid or hostile clones are not decoded:', () => {
  const nested = Array.from({ length: 10_000 }, (_, level) => [1, [level + 1]]);
  it.each<[string, unknown]>([
    ['nothing', []],
    ['an object', {}],
    ['a number', 5],
    ['entries that are none', [5]],
    ['an empty entry', [[]]],
    ['a global by its name', [['SharedArrayBuffer', 1_000_000_000]]],
    ['a typed array by its name', [['Uint8Array', 1_000_000_000]]],
    ['the decoder’s own names', [['ArrayBuffer', [1]]]],
    ['a function by its name', [['Function', 'globalThis.hit = 1']]],
    ['a number nobody knows', [[9, 'x']]],
    ['a number below', [[-2, 'x']]],
    ['half a number', [[0.5, 'x']]],
    ['a primitive that is none', [[0, { a: 1 }]]],
    ['a reference to nowhere', [[1, [1]]]],
    ['a reference below', [[1, [-1]]]],
    ['a reference by name', [[1, ['0']]]],
    ['a pair of three', [[2, [[1, 1, 1]]], [0, 'a']]], // prettier-ignore
    ['an object for a name', [[2, [[1, 2]]], [2, []], [0, 'x']]], // prettier-ignore
    ['a pattern that does not compile', [[4, { source: '(', flags: '' }]]],
    ['a pattern of great length', [[4, { source: 'a'.repeat(5_000), flags: '' }]]],
    ['a number of a million digits', [[8, '9'.repeat(1_000_000)]]],
    ['10,000 levels', [...nested, [0, 1]]],
    ['a million entries', Array.from({ length: 1_000_000 }, () => [0, 1])],
    ['two million references', [[1, Array.from({ length: 2_000_000 }, () => 1)], [0, 1]]], // prettier-ignore
  ])('%s', (_what, entries) => {
    expect(readClone(JSON.stringify(entries))).toBeNull();
    expect(globalThis).not.toHaveProperty('hit');
  });

  it.each([
    ['nothing at all', ''],
    ['no JSON', 'Authentication failed'],
    ['half of one', '[[0,"cut'],
    ['a million brackets', '['.repeat(1_000_000)],
  ])('text that is %s', (_what, text) => {
    expect(readClone(text)).toBeNull();
  });

  it('any values', () => {
    const anything = fc.array(fc.tuple(fc.integer({ min: -3, max: 12 }), fc.jsonValue()));
    fc.assert(fc.property(anything, (entries) => void readClone(JSON.stringify(entries))));
  });

  it('150 levels are decoded', () => {
    expect(readClone(JSON.stringify([...nested.slice(0, 150), [0, 'deep']]))).not.toBeNull();
  });
});
