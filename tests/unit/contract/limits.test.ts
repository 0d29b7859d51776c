import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { CALLS } from '../../../electron/contract/calls.ts';
import { limitMet, PROTOCOL } from '../../../electron/contract/calls/call.ts';
import { type LimitName, LIMITS } from '../../../electron/contract/limits.ts';
import { textThing } from '../../../electron/contract/long-text.ts';
import { errorWords } from '../../../electron/contract/text/errors.ts';
import { partsOf } from '../../../renderer/src/lib/state/drop-parts.ts';

const names = Object.keys(LIMITS) as LimitName[];

/** The messages of all limits in a schema. */
function limitsIn(schema: z.core.$ZodType): readonly string[] {
  const { def } = schema._zod;
  const own = (def.checks ?? [])
    .map((check) => check._zod.def)
    .filter(({ check }) => ['max_length', 'less_than', 'max_size'].includes(check))
    .map(({ error }) => (error === undefined ? 'no words' : String(Reflect.apply(error, undefined, [{}]))));
  return [...own, ...partsIn(def).flatMap(limitsIn)];
}

const isSchema = (value: unknown): value is z.core.$ZodType =>
  typeof value === 'object' && value !== null && '_zod' in value;

/** The schemas inside a schema. */
function partsIn(def: object): readonly z.core.$ZodType[] {
  return Object.values(def).flatMap((part: unknown) => {
    if (isSchema(part)) return [part];
    if (typeof part !== 'object' || part === null) return [];
    return Object.values(part).filter(isSchema);
  });
}

describe('the limits of calls', () => {
  it('are all found in the schemas', () => {
    expect(limitsIn(z.object({ a: z.array(z.string().max(3, 'x')).max(4, 'y').nullable().optional() }))).toEqual([
      'y',
      'x',
    ]);
    const found = new Set(Object.values(CALLS).flatMap(({ request }) => limitsIn(request)));
    // `file-bytes` is checked by `refine`, and `presets` where they are stored.
    const others = names.filter((name) => name !== 'file-bytes' && name !== 'presets');
    expect([...found].toSorted()).toEqual([...others, PROTOCOL].toSorted());
  });

  it('have a text with the number and another way', () => {
    for (const name of names) {
      const { title, next } = errorWords({ code: 'over-limit', detail: name });
      if (name !== 'file-bytes') expect(title).toContain(LIMITS[name].toLocaleString('en'));
      expect(next).toMatch(/^[A-Z].*\.$/);
      expect(`${title} ${next}`).not.toContain('did not understand');
    }
  });

  it.each([
    ['draft:add', { paths: Array(5_001).fill('/a'), unsaved: [], texts: [] }, 'paths'],
    ['draft:add', { paths: [], unsaved: [], texts: ['a'.repeat(5_000_001)] }, 'text'],
    ['draft:add', { paths: [], unsaved: [], texts: Array(101).fill('a') }, 'texts'],
    ['draft:edit', { message: 'a'.repeat(5_000_001) }, 'text'],
    ['draft:convert', { attachmentId: 'a', png: new Uint8Array(33_554_433) }, 'file-bytes'],
    ['connection:inspect-token', { from: 'typed', token: 'a'.repeat(16_385) }, 'token'],
    ['connection:probe', { address: 'a'.repeat(2_049) }, 'address'],
    ['results:use', { runId: 'a', positions: Array(25_001).fill(0) }, 'files'],
    ['runs:remove', { runIds: Array(10_001).fill('a') }, 'runs'],
    ['settings:change', { parallelRuns: 17 }, 'parallel-runs'],
  ] as const)('of %s can be exceeded by a valid page', (call, request, limit) => {
    const { error } = CALLS[call].request.safeParse(request);
    expect(error === undefined ? null : limitMet(error)).toBe(limit);
  });

  it('are not reported for requests that are invalid otherwise', () => {
    const { error } = CALLS['runs:stop'].request.safeParse({ runId: 'a'.repeat(500) });
    expect(error === undefined ? 'no error' : limitMet(error)).toBeNull();
  });
});

describe('a drop that is too large for one call', () => {
  it('is sent in several calls, in its order', () => {
    const paths = Array.from({ length: 12_001 }, (_, n) => `/${n}`);
    const parts = partsOf({ paths, unsaved: [], texts: Array(150).fill('a') as string[] });
    for (const part of parts) expect(CALLS['draft:add'].request.safeParse(part).success).toBe(true);
    expect(parts.flatMap((part) => part.paths)).toEqual(paths);
    expect(parts.flatMap((part) => part.texts)).toHaveLength(150);
    expect(partsOf({ paths: [], unsaved: [], texts: [] })).toEqual([]);
  });

  it('becomes a text file when it is a text', () => {
    expect(textThing('short', 'Text')).toEqual({ texts: ['short'], unsaved: [] });
    const long = 'ä'.repeat(5_000_001);
    const { texts, unsaved } = textThing(long, 'Text');
    expect(texts).toEqual([]);
    expect(unsaved[0]).toMatchObject({ name: 'Text.txt', size: 10_000_002 });
    expect(new TextDecoder().decode(unsaved[0]?.bytes ?? undefined)).toBe(long);
    expect(textThing('ä'.repeat(20_000_000), 'Text').unsaved[0]).toMatchObject({ size: 40_000_000, bytes: null });
  });
});
