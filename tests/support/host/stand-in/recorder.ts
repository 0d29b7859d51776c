import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { StandInControl } from '../recorder.ts';
import { windowControl } from './browser-window.ts';
import { clipboardControl } from './clipboard.ts';
import { desktopControl } from './desktop.ts';
import { contentsControl } from './contents-look.ts';
import { dialogControl } from './dialog.ts';
import { ipcControl } from './ipc-main.ts';
import { notificationControl } from './notification.ts';
import { trayControl } from './tray.ts';

/** `gc` without giving it to the app. */
function collect(): void {
  setFlagsFromString('--expose-gc');
  const gc = runInNewContext('gc') as () => void;
  gc();
}

export const recorder: StandInControl = {
  ...trayControl,
  ...notificationControl,
  ...dialogControl,
  ...clipboardControl,
  ...desktopControl,
  ...windowControl,
  ...ipcControl,
  ...contentsControl,
  environment: (name) => process.env[name] ?? '',
  processId: () => process.pid,
  collectGarbage: async () => {
    // What a weak reference was asked for in this turn lives to the turn's end.
    await new Promise((resolve) => setImmediate(resolve));
    collect();
  },
};
