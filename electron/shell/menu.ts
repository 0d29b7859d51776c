import { app, Menu } from 'electron';
import type { MenuItemConstructorOptions } from 'electron';

/**
 * Electron's own menu offers reloading and developer tools. macOS needs one for copy and paste to have their keys; the
 * others need none.
 */
export function useOwnMenu(quit: () => void): void {
  const menu =
    process.platform === 'darwin'
      ? Menu.buildFromTemplate([
          { label: app.name, submenu: appMenu(quit) },
          { role: 'editMenu' },
          { role: 'windowMenu' },
        ])
      : null;
  Menu.setApplicationMenu(menu);
}

/** Electron's own (`role: 'appMenu'`) quits without the question. */
const appMenu = (quit: () => void): MenuItemConstructorOptions[] => [
  { role: 'about' },
  { type: 'separator' },
  { role: 'services' },
  { type: 'separator' },
  { role: 'hide' },
  { role: 'hideOthers' },
  { role: 'unhide' },
  { type: 'separator' },
  { label: 'Quit OmniTray', accelerator: 'Command+Q', click: quit },
];
