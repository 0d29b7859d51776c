import { Menu } from 'electron';

/**
 * Electron's own menu offers reloading and developer tools. macOS needs one for copy and paste to have their keys; the
 * others need none.
 */
export function useOwnMenu(): void {
  const menu =
    process.platform === 'darwin'
      ? Menu.buildFromTemplate([{ role: 'appMenu' }, { role: 'editMenu' }, { role: 'windowMenu' }])
      : null;
  Menu.setApplicationMenu(menu);
}
