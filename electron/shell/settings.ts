import Store from 'electron-store';
import type { OpenedSettings } from '../core/settings/settings.ts';
import { openSettings } from '../core/settings/settings.ts';

/** Settings in electron-store's file; the terminal reads the same one through conf. */
export const openAppSettings = (folder: string): OpenedSettings =>
  openSettings({ folder, open: (options) => new Store(options) });
