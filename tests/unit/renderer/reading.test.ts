import { describe, expect, it } from 'vitest';
import { isTooLongToRead, looksLikeMarkdown } from '../../../renderer/src/lib/markdown/reading.ts';

describe('a text that says nothing of its kind', () => {
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
    'of many %j is looked at in no time',
    (piece) => {
      const before = performance.now();
      looksLikeMarkdown(piece.repeat(20_000));
      expect(performance.now() - before).toBeLessThan(1_000);
    },
  );
});

it('a text is too long, or too full of marks, to be read', () => {
  expect(isTooLongToRead('x'.repeat(50_000))).toBe(false);
  expect(isTooLongToRead('x'.repeat(50_001))).toBe(true);
  expect(isTooLongToRead('*'.repeat(4_001))).toBe(true);
});
