import { expect, it } from 'vitest';
import { mapLimit } from '../../../electron/core/base/map-limit.ts';

it('mapLimit runs a few at a time and returns results in order', async () => {
  let now = 0;
  let most = 0;
  const answers = await mapLimit([5, 1, 4, 2, 3, 0], 4, async (item) => {
    most = Math.max(most, (now += 1));
    for (let tick = 0; tick < item; tick += 1) await Promise.resolve();
    now -= 1;
    return item * 10;
  });
  expect(answers).toEqual([50, 10, 40, 20, 30, 0]);
  expect(most).toBe(4);
});
