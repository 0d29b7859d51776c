import { describe, expect, it } from 'vitest';
import { flatten } from '../../../electron/practice/events/structured-clone.ts';

describe('the encoding of the event stream', () => {
  it('is as documented', () => {
    expect(JSON.stringify(flatten({ type: 'keepalive', body: {} }))).toBe(
      '[[2,[[1,2],[3,4]]],[0,"type"],[0,"keepalive"],[0,"body"],[2,[]]]',
    );
  });

  it('writes equal values once', () => {
    const shared = { a: 1 };
    expect(flatten([shared, shared, 1, 'a'])).toEqual([
      [1, [1, 1, 3, 2]],
      [2, [[2, 3]]],
      [0, 'a'],
      [0, 1],
    ]);
  });

  it('supports undefined, dates, maps, sets, errors, big numbers and cycles', () => {
    expect(flatten([undefined, null])).toEqual([[1, [1, 2]], [-1], [0, null]]);
    expect(flatten(new Date(0))).toEqual([[3, '1970-01-01T00:00:00.000Z']]);
    expect(flatten(new Map([['k', 1]]))).toEqual([
      [5, [[1, 2]]],
      [0, 'k'],
      [0, 1],
    ]);
    expect(flatten(new Set([7]))).toEqual([
      [6, [1]],
      [0, 7],
    ]);
    expect(flatten(new TypeError('no'))).toEqual([[7, { name: 'TypeError', message: 'no' }]]);
    expect(flatten(5n)).toEqual([[8, '5']]);
    const cycle: unknown[] = [];
    cycle.push(cycle);
    expect(flatten(cycle)).toEqual([[1, [0]]]);
  });

  it('refuses what the stream never carries', () => {
    for (const value of [() => 1, Symbol('s'), /x/]) expect(() => flatten([value])).toThrow(TypeError);
  });
});
