import { parse } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ruleProblem, SAVE_FIELDS } from '../../../electron/contract/save-rule.ts';
import { ruleProblemWords } from '../../../electron/contract/text/save-rule.ts';
import { safeFileName } from '../../../electron/core/base/file-name.ts';
import { namesByRule } from '../../../electron/core/export/naming.ts';

const facts = { recipeName: 'Upscale 4/2', at: new Date(2026, 10, 5, 9, 7).getTime() };
const named = (rule: string, names: readonly string[], taken: readonly string[] = []): readonly string[] =>
  namesByRule(
    rule,
    names.map((name) => ({ name })),
    facts,
    { taken },
  );

describe('ruleProblem', () => {
  it.each([
    ['', 'empty'],
    [' . ', 'empty'],
    ['a/b', 'slash'],
    ['{name}\\x', 'slash'],
    ['{nmae}', 'unknown-field'],
    ['{}', 'unknown-field'],
    ['{name', 'loose-brace'],
    ['name}', 'loose-brace'],
    ['x'.repeat(121), 'too-long'],
  ] as const)('finds what is wrong with %j', (rule, problem) => {
    expect(ruleProblem(rule)).toBe(problem);
    expect(ruleProblemWords(problem)).toMatch(/^[A-Z].*\.$/);
  });

  it.each(['{name}', 'result', '{date} {time} {recipe} {n}'])('checks %j', (rule) =>
    expect(ruleProblem(rule)).toBeNull(),
  );
});

describe('namesByRule', () => {
  it('replaces the fields by their values', () => {
    expect(named('{date} {time} {recipe} {n} {name}', ['hills.png'])).toEqual([
      '2026-11-05 09-07 Upscale 4_2 1 hills.png',
    ]);
  });

  it('makes unique names, also beside existing ones that differ in case', () => {
    expect(named('{name}', ['a.png', 'A.png', 'b.png'], ['B.PNG', 'b (2).png'])).toEqual([
      'a.png',
      'A (2).png',
      'b (3).png',
    ]);
    expect(named('{recipe}', ['a.png', 'a.jpg'])).toEqual(['Upscale 4_2.png', 'Upscale 4_2.jpg']);
  });

  it('returns the same first names with and without a limit', () => {
    const files = Array.from({ length: 200 }, (_, index) => ({ name: `${index % 3}.png` }));
    const all = namesByRule('{n} {name}', files, facts, { taken: ['001 0.png'] });
    expect(namesByRule('{n} {name}', files, facts, { taken: ['001 0.png'], most: 6 })).toEqual(all.slice(0, 6));
  });

  it('pads numbers to the width of the largest', () => {
    const names = named(
      '{n}',
      Array.from({ length: 12 }, () => 'x.png'),
    );
    expect(names[0]).toBe('01.png');
    expect(names[11]).toBe('12.png');
  });

  it('makes safe, unique names that keep their ending for any names of the server', () => {
    const field = fc.constantFrom(...SAVE_FIELDS.map((name) => `{${name}}`));
    const rule = fc
      .array(fc.oneof(field, fc.string({ unit: 'binary', maxLength: 20 })), { minLength: 1, maxLength: 5 })
      .map((parts) => parts.join(''))
      .filter((text) => ruleProblem(text) === null);
    const name = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 200 }),
      fc.constantFrom('con', 'a.PNG', 'A.png', 'a.png', 'é.png', 'e\u0301.png', '../x', `${'y'.repeat(300)}.jpeg`),
    );
    fc.assert(
      fc.property(rule, fc.array(name, { maxLength: 12 }), (text, names) => {
        const made = named(text, names, ['a.png']);
        expect(new Set(made.map((each) => each.normalize('NFC').toLowerCase())).size).toBe(names.length);
        made.forEach((each, index) => {
          expect(each).not.toMatch(/[/\\<>:"|?*\p{Cc}\p{Cf}]|^\.|[. ]$/u);
          expect(each).not.toMatch(/^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i);
          expect(each.length).toBeLessThanOrEqual(140);
          expect(each.toLowerCase()).not.toBe('a.png');
          const { ext } = parse(safeFileName(names[index] ?? ''));
          if (ext.length <= 13) expect(parse(each).ext).toBe(ext);
        });
      }),
    );
  });
});
