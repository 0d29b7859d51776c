import { describe, expect, it } from 'vitest';
import { copiedText, type JsonValue, parseTree } from '../../../renderer/src/lib/json/json-value.ts';
import { openAtFirst, treeRows } from '../../../renderer/src/lib/json/tree-rows.ts';

const read = (text: string): JsonValue => {
  const value = parseTree(text);
  if (value === null) throw new TypeError('It is no tree.');
  return value;
};
const lines = (text: string, open: readonly string[], shown: ReadonlyMap<string, number> = new Map()) =>
  treeRows(read(text), { open: new Set(open), shown });

describe('a JSON text', () => {
  it.each(['', '5', '"text"', '[]', '{}', '{ "a": 1', 'null', '['.repeat(100_000)])(
    'that has nothing to unfold is no tree: %.20s',
    (text) => {
      expect(parseTree(text)).toBeNull();
    },
  );

  it('keeps numbers as written', () => {
    const text = '{\n  "id": 12345678901234567890,\n  "price": 1.50,\n  "count": 3\n}';
    expect(copiedText(read(text))).toBe(text);
    expect(lines(text, ['']).map(({ words }) => words)).toEqual(['3 entries', '12345678901234567890', '1.50', '3']);
  });

  it('copies a string without quotes and other values as JSON', () => {
    expect(copiedText('a "word"')).toBe('a "word"');
    expect(copiedText(read('[1, {"a": [], "b": null}]'))).toBe('[\n  1,\n  {\n    "a": [],\n    "b": null\n  }\n]');
  });
});

describe('the lines of a tree', () => {
  it('are the expanded ones, with level and position', () => {
    const rows = lines('{"a": [1, 2], "b/~": {"c": true}}', ['', '/b~1~0']);
    expect(
      rows.map(({ path, level, position, siblings, isOpen }) => [path, level, position, siblings, isOpen]),
    ).toEqual([
      ['', 1, 1, 1, true],
      ['/a', 2, 1, 2, false],
      ['/b~1~0', 2, 2, 2, true],
      ['/b~1~0/c', 3, 1, 1, null],
    ]);
  });

  it('show a hundred entries of a list at a time', () => {
    const text = JSON.stringify(Array.from({ length: 250 }, (_, index) => index));
    const rows = lines(text, ['']);
    expect(rows).toHaveLength(102);
    expect(rows.at(-1)).toMatchObject({ look: 'more', words: 'Show 100 more of 250', position: 101, siblings: 101 });
    expect(lines(text, [''], new Map([['', 200]])).at(-1)?.words).toBe('Show 50 more of 250');
    expect(lines(text, [''], new Map([['', 300]]))).toHaveLength(251);
  });

  it('collapse a long text', () => {
    const text = JSON.stringify(['x'.repeat(201)]);
    expect(lines(text, [''])[1]).toMatchObject({ isOpen: false, words: `“${'x'.repeat(200)}…” 201 characters` });
    expect(lines(text, ['', '/0'])[1]?.words).toBe('x'.repeat(201));
  });

  it('show two levels at first when they are short', () => {
    expect(openAtFirst(read('{"a": {"b": {"c": 1}}, "d": 2}'))).toEqual(['', '/a']);
    const wide = Array.from({ length: 50 }, () => ({ a: 1, b: 2, c: 3 }));
    expect(openAtFirst(wide)).toEqual(['', '/0', '/1', '/2']);
  });
});
