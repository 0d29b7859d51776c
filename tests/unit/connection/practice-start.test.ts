import Conf from 'conf';
import { expect, it } from 'vitest';
import { systemClock } from '../../../electron/core/base/clock.ts';
import { Connection } from '../../../electron/core/connection/connection.ts';
import { Profiles } from '../../../electron/core/connection/profiles.ts';
import { openSettings } from '../../../electron/core/settings/settings.ts';
import { OmnitoolError } from '../../../electron/core/omnitool/errors.ts';
import { makeHome } from '../../support/test-core.ts';

it('a practice server that does not start is shown as away, not as connecting', async () => {
  const home = await makeHome();
  const { settings } = openSettings({
    folder: home.folder,
    open: ({ cwd, name }) => new Conf({ cwd, configName: name }),
  });
  const practice = {
    id: 'practice',
    name: 'Practice server',
    address: 'http://127.0.0.1:9',
    practice: true,
    tokenPlace: 'session',
  } as const;
  settings.change({ profiles: [practice], activeProfileId: practice.id });
  const connection = new Connection({
    profiles: new Profiles(settings, home.keychain),
    clock: systemClock,
    practice: {
      start: () =>
        Promise.reject(new OmnitoolError({ code: 'unreachable', method: 'GET', path: '/version', sent: 'no' })),
    },
    readClipboardText: () => Promise.resolve(''),
  });
  await connection.startUp();
  expect(connection.view).toMatchObject({ status: 'offline', problem: { code: 'unreachable' } });
  connection.close();
  await home.remove();
});
