import { expect, test } from 'vitest';
import { runOfLaunch } from '../../../electron/shell/launch-info.ts';

const ID = '3f2b8c1e-0d4a-4c57-9a51-6f0e2d7b9c10';

test('a click on a notice tells its run; no other start does', () => {
  expect(runOfLaunch({ actionIdentifier: 'default', date: 0, identifier: ID, userInfo: {} })).toBe(ID);
  for (const other of [undefined, null, {}, { aps: {} }, { identifier: 5 }, { identifier: '../x' }]) {
    expect(runOfLaunch(other)).toBeNull();
  }
});
