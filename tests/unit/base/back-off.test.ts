import { expect, it } from 'vitest';
import { backOffDelay } from '../../../electron/core/base/back-off.ts';

it('doubles the delay with each failure, up to the longest', () => {
  const delays = [1, 2, 3, 4, 50].map((failures) => backOffDelay({ first: 100, longest: 500 }, failures));
  expect(delays).toEqual([100, 200, 400, 500, 500]);
});

it('adds a random share of the delay', () => {
  const backOff = { first: 100, longest: 500, spread: 0.25 };
  expect([0, 0.5, 1].map((random) => backOffDelay(backOff, 1, random))).toEqual([100, 112.5, 125]);
});
