import { USER_SETTINGS } from '../../../contract/settings.ts';
import type { SettingsView } from '../../../contract/views.ts';
import { AppError } from '../../base/coded-error.ts';
import type { Core } from '../core.ts';
import type { Area, HandlerPorts } from './ports.ts';

/** Settings, the disk space in use, and removing old runs. */
export function settingsHandlers({ core, system }: HandlerPorts): Area<'settings'> {
  const { settings, storage, connection } = core;
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
    'settings:test-notice': () => ({ shown: system.showTestNotice() }),
    'settings:storage': () => storage.view(),
    'settings:old-runs': ({ days }) => storage.old(days),
    'settings:remove-old-runs': ({ days }) => storage.remove(days),
    'settings:clear-history': async () => {
      const runs = await storage.clear();
      await core.housekeeping.removeUnused(core.clock.now());
      return { runs };
    },
    'settings:forget-servers': async () => {
      for (const { id } of connection.view.profiles) await connection.forget(id);
      return connection.view;
    },
  };
}

/** The settings that the user sees: without the profiles and the program's own notes. */
export function settingsView({ settings }: Pick<Core, 'settings'>): SettingsView {
  const now = settings.read();
  return Object.fromEntries(Object.keys(USER_SETTINGS).map((name) => [name, Reflect.get(now, name)])) as SettingsView;
}
