import { expect, test } from 'vitest';
import { targetOfLaunch } from '../../../electron/shell/launch-info.ts';

const ID = '3f2b8c1e-0d4a-4c57-9a51-6f0e2d7b9c10';

test('only a start by a click on a notification has a target', () => {
  expect(targetOfLaunch({ actionIdentifier: 'default', date: 0, identifier: `run.${ID}`, userInfo: {} })).toEqual({
    kind: 'run',
    runId: ID,
  });
  for (const other of [
    undefined,
    null,
    {},
    { aps: {} },
    { identifier: 5 },
    { identifier: ID },
    { identifier: 'run.../x' },
  ]) {
    expect(targetOfLaunch(other)).toBeNull();
  }
});
