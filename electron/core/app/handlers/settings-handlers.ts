import { USER_SETTINGS } from '../../../contract/settings.ts';
import type { SettingsView } from '../../../contract/views.ts';
import { AppError } from '../../base/coded-error.ts';
import type { Core } from '../core.ts';
import type { Area, HandlerPorts } from './ports.ts';

/** Settings, and what the system has of them. */
export function settingsHandlers({ core, system }: HandlerPorts): Area<'settings'> {
  const { settings } = core;
  return {
    'settings:change': (patch) => {
      settings.change(patch);
      return settingsView(core);
    },
    'settings:system': () => system.view(),
    'settings:start-at-login': ({ on }) => {
      system.startAtLogin(on);
      return system.view();
    },
    'settings:shortcut': ({ accelerator }) => {
      if (!system.takeShortcut(accelerator)) throw new AppError('shortcut-taken');
      settings.change({ shortcut: accelerator });
      return system.view();
    },
    'settings:test-notification': () => ({ shown: system.showTestNotification() }),
  };
}

/** The settings that the user sees: without the profiles and the program's own notes. */
export function settingsView({ settings }: Pick<Core, 'settings'>): SettingsView {
  const now = settings.read();
  return Object.fromEntries(Object.keys(USER_SETTINGS).map((name) => [name, Reflect.get(now, name)])) as SettingsView;
}
