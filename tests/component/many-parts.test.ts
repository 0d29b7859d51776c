import { expect, it } from 'vitest';
import { page } from 'vitest/browser';
import { anArtifact, openResult } from './support/open-result.ts';

const cards = () => document.querySelectorAll('li').length;

it('a result of twenty thousand files shows the first of them, and more on a press', async () => {
  const artifacts = Array.from({ length: 20_000 }, (_, position) =>
    anArtifact({ position, name: `${position}.bin`, kind: 'file', mime: 'application/octet-stream' }),
  );
  openResult({ artifacts });
  await expect.element(page.getByText('The first 100 of 20,000 files are shown.')).toBeVisible();
  const before = cards();
  expect(before).toBeLessThan(200);
  await page.getByRole('button', { name: 'Show 100 more' }).click();
  await expect.element(page.getByText('The first 200 of 20,000 files are shown.')).toBeVisible();
  expect(cards()).toBe(before + 100);
});

it('a result of a thousand texts and pieces of data shows the first of each', async () => {
  openResult({ texts: Array(1_000).fill('A text'), objects: Array(1_000).fill('{"a":1}') });
  await expect.element(page.getByText('The first 50 of 1,000 texts are shown.')).toBeVisible();
  await expect.element(page.getByText('The first 50 of 1,000 pieces are shown.')).toBeVisible();
});
