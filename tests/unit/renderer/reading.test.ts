import { describe, expect, it } from 'vitest';
import { isTooLongToRead, looksLikeMarkdown } from '../../../renderer/src/lib/markdown/reading.ts';

describe('a text of unknown type', () => {
  it.each([
    ['a heading', '## Findings\nTwo boats.'],
    ['a title with room below it, and a list', '# Findings\n\n- one\n- two'],
    ['code in a fence', 'Run this:\n```sh\nls\n```'],
    ['a table', 'name | size\n--- | ---\nhills | 3'],
    ['emphasis', 'It is **very** large.'],
    ['a link', 'See [the manual](https://example.org/a).'],
    ['a numbered list with code in its lines', '1. call `ls`\n2. call `cd`'],
  ])('is markdown with %s', (_what, text) => {
    expect(looksLikeMarkdown(text)).toBe(true);
  });

  it.each([
    ['words', 'Both photos are four times larger.'],
    ['a script', '#!/bin/sh\n# Copies files\n\n- x\n'],
    ['settings', '# port of the server\nport: 80\n- a\n- b\n'],
    ['a log', '2026-01-05 *** started ***\n2026-01-05 a * b * c\n'],
    ['Python', 'def f(**kwargs):\n    return 2**3**4\n'],
    ['JSON', '{ "note": "**bold** and ## more" }'],
    ['a JSON list', '["## a", "**b**"]'],
    ['a page', '<html>\n## x\n**y**</html>'],
    ['a list alone', '- one\n- two'],
    ['a rule of dashes', 'one\n-----\ntwo'],
  ])('is plain with %s', (_what, text) => {
    expect(looksLikeMarkdown(text)).toBe(false);
  });

  it.each(['#', '- ', '* a', '[a](http:', '|', '---|', '`a', '_a', ' ', '\t|', '> ', '```a\n', '**a'])(
    'of many %j is detected quickly',
    (piece) => {
      const before = performance.now();
      looksLikeMarkdown(piece.repeat(20_000));
      expect(performance.now() - before).toBeLessThan(1_000);
    },
  );
});

it('a text is too long, or has too many marks, to render', () => {
  expect(isTooLongToRead('x'.repeat(50_000))).toBe(false);
  expect(isTooLongToRead('x'.repeat(50_001))).toBe(true);
  expect(isTooLongToRead('*'.repeat(4_001))).toBe(true);
});

it.each([
  ['an address of mail without end', `${'a.'.repeat(20_000)}@b.c`],
  ['lists in lists on one line', '1. '.repeat(10_000)],
  ['quotes and lists in turn', '> - '.repeat(1_000)],
  ['lists by ever more spaces', Array.from({ length: 200 }, (_, level) => `${' '.repeat(level * 2)}- a`).join('\n')],
])('%s are not read', (_what, text) => {
  expect(isTooLongToRead(text)).toBe(true);
});

it.each([
  ['a picture written out', `![a](data:image/png;base64,${'A'.repeat(40_000)})`],
  ['a long list', '- a point\n'.repeat(4_000)],
  ['a list of ten levels', Array.from({ length: 10 }, (_, level) => `${' '.repeat(level * 4)}- a`).join('\n')],
  ['addresses of mail', 'ada.lovelace@example.org '.repeat(1_500)],
])('%s is read', (_what, text) => {
  expect(isTooLongToRead(text)).toBe(false);
});
