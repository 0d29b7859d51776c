import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { holdsMoreThan, limitJson } from '../../../electron/core/omnitool/json-limit.ts';

const limited = (text: string, most: number): unknown => {
  const found = limitJson(Buffer.from(text), most);
  return found === null ? null : { value: JSON.parse(found.body.toString()) as unknown, isCut: found.isCut };
};

describe('limitJson', () => {
  it('returns JSON with few values unchanged', () => {
    const text = '{"a":[1,2,{"b":"x"}],"c":null}';
    expect(limited(text, 20)).toEqual({ value: JSON.parse(text) as unknown, isCut: false });
  });

  it('drops the rest and closes open brackets', () => {
    expect(limited('{"a":[1,2,3,4,5],"b":1}', 5)).toEqual({ value: { a: [1, 2, 3] }, isCut: true });
    expect(limited('{"a":{"b":1,"c":2},"d":3}', 3)).toEqual({ value: { a: { b: 1 } }, isCut: true });
    expect(limited('[[],[],[],[]]', 4)).toEqual({ value: [[], []], isCut: true });
  });

  it('ignores separators inside strings', () => {
    const commas = ',{[\\"'.repeat(20);
    expect(limited(JSON.stringify({ a: commas, b: `${commas}\\`, c: '\\' }), 4)).toMatchObject({ isCut: false });
  });

  it('returns nothing for endless brackets', () => {
    expect(limitJson(Buffer.from('['.repeat(6_000_000)), 1_000)).toBeNull();
  });

  it('cuts any JSON to valid JSON with the same beginning', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 4 }), fc.integer({ min: 1, max: 40 }), (text, most) => {
        const found = limited(text, most) as { value: unknown; isCut: boolean };
        if (!found.isCut) expect(found.value).toEqual(JSON.parse(text));
        expect(holdsMoreThan(text, most)).toBe(found.isCut);
        expect(limited(JSON.stringify(found.value), most)).toMatchObject({ isCut: false });
      }),
    );
  });
});
