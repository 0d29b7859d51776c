import { app, Menu, type MenuItemConstructorOptions } from 'electron';

/**
 * Replaces Electron's default menu, which offers reloading and developer tools. Only macOS needs a menu: without one,
 * the keys for copy and paste do not work.
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

/** Electron's `role: 'appMenu'` would quit without asking about runs in progress. */
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
