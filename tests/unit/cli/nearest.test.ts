import { expect, it } from 'vitest';
import { nearest } from '../../../electron/cli/nearest.ts';

const NAMES = ['width', 'height', 'image_type', '_prompt', 'Negative prompt'];

it.each([
  ['heigth', 'height'],
  ['wdth', 'width'],
  ['imageType', 'image_type'],
  ['PROMPT', '_prompt'],
  ['negative_promt', 'Negative prompt'],
  ['colour', null],
  ['w', null],
  ['', null],
])('%s was meant as %s', (given, meant) => {
  expect(nearest(given, NAMES)).toBe(meant);
});

it('takes no time for long names', () => {
  const long = Array.from({ length: 500 }, (_, index) => `${'x'.repeat(5_000)}${String(index)}`);
  expect(nearest('y'.repeat(50_000), long)).toBeNull();
});
