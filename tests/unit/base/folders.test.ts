import { userInfo } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { dataFolder } from '../../../electron/core/base/folders.ts';

const ownFolder = join(userInfo().homedir, '.config', 'OmniTray');

afterEach(() => vi.unstubAllEnvs());

describe('the data folder', () => {
  it.each([
    ['the one named for it', { OMNITRAY_HOME: '/data/omni', XDG_CONFIG_HOME: '/config' }, '/data/omni'],
    ['the same wherever the program goes', { OMNITRAY_HOME: 'omni' }, resolve('omni')],
    ['in the folder of settings', { OMNITRAY_HOME: '', XDG_CONFIG_HOME: '/config' }, '/config/OmniTray'],
  ])('is %s', (_what, env, folder) => {
    expect(dataFolder(env, 'linux')).toBe(folder);
  });

  it.each(['', 'relative', './here'])('does not depend on the working directory: %j', (value) => {
    vi.stubEnv('HOME', value);
    expect(dataFolder({ XDG_CONFIG_HOME: value }, 'linux')).toBe(ownFolder);
  });
});
