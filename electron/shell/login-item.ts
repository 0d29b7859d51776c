import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import type { App } from 'electron';
import type { SystemView } from '../contract/views.ts';
import { errnoOf } from '../core/base/errno.ts';
import { makeFoldersSync } from '../core/base/make-folder.ts';
import { onDisk } from '../core/settings/settings-file.ts';
import { autostartEntry, type Command, startsAnything } from './autostart-entry.ts';

/** The argument of a start at login, at which the window stays closed. */
const AT_LOGIN = '--at-login';

/** Whether the system starts the program at login. Reads the system's state each time, because the user can change it there. */
export interface LoginItem {
  state(): SystemView['startsAtLogin'];
  /** @throws SettingsError when the entry cannot be written */
  set(on: boolean): void;
}

type LoginApp = Pick<App, 'getLoginItemSettings' | 'setLoginItemSettings' | 'isPackaged' | 'getAppPath'>;

export function openLoginItem(
  app: LoginApp,
  platform: NodeJS.Platform = process.platform,
  env: NodeJS.ProcessEnv = process.env,
): LoginItem {
  if (platform === 'linux') return autostart(autostartFile(env), commandOf(app, env));
  return {
    state: () => stateOf(app, platform),
    // macOS accepts no arguments, but reports a start at login (`wasOpenedAtLogin`).
    set: (on) => app.setLoginItemSettings({ openAtLogin: on, ...(platform === 'win32' ? { args: [AT_LOGIN] } : {}) }),
  };
}

/** Whether this start is the one at login. */
export const isStartAtLogin = (
  app: Pick<App, 'getLoginItemSettings'>,
  argv: readonly string[],
  platform: NodeJS.Platform = process.platform,
): boolean => argv.includes(AT_LOGIN) || (platform === 'darwin' && app.getLoginItemSettings().wasOpenedAtLogin);

function stateOf(app: LoginApp, platform: NodeJS.Platform): SystemView['startsAtLogin'] {
  if (platform === 'win32') {
    const { openAtLogin, executableWillLaunchAtLogin } = app.getLoginItemSettings({ args: [AT_LOGIN] });
    // The second is false when the user disabled the entry in the Task Manager.
    return openAtLogin && executableWillLaunchAtLogin ? 'on' : 'off';
  }
  const { openAtLogin, status } = app.getLoginItemSettings();
  if (status === 'requires-approval') return 'needs-approval';
  return openAtLogin ? 'on' : 'off';
}

const autostartFile = (env: NodeJS.ProcessEnv): string =>
  join(env.XDG_CONFIG_HOME ?? join(homedir(), '.config'), 'autostart', 'omnitray.desktop');

/** An AppImage is unpacked to another folder at each start; `APPIMAGE` names the file itself. */
function commandOf(app: LoginApp, env: NodeJS.ProcessEnv): Command {
  if (env.APPIMAGE !== undefined && env.APPIMAGE !== '') return [env.APPIMAGE, AT_LOGIN];
  return app.isPackaged ? [process.execPath, AT_LOGIN] : [process.execPath, app.getAppPath(), AT_LOGIN];
}

const autostart = (file: string, command: Command): LoginItem => ({
  state: () => {
    const entry = readEntry(file);
    return entry !== null && startsAnything(entry) ? 'on' : 'off';
  },
  set: (on) =>
    onDisk(() => {
      if (!on) {
        rmSync(file, { force: true });
        return;
      }
      makeFoldersSync(dirname(file));
      writeFileSync(file, autostartEntry(command));
    }),
});

function readEntry(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch (failure) {
    if (errnoOf(failure) === null) throw failure;
    // Absent or unreadable: the desktop does not start it either.
    return null;
  }
}
