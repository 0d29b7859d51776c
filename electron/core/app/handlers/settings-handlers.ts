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

/** The settings that the user sets: without the profiles and the program's own notes. */
export function settingsView({ settings }: Core): SettingsView {
  const now = settings.read();
  return {
    theme: now.theme,
    notifyWhen: now.notifyWhen,
    notifyElsewhere: now.notifyElsewhere,
    notifyDetails: now.notifyDetails,
    textSize: now.textSize,
    motion: now.motion,
    shortcut: now.shortcut,
    whenClosed: now.whenClosed,
    guideDone: now.guideDone,
    paused: now.paused,
    keepInputs: now.keepInputs,
    adoptAlone: now.adoptAlone,
    undoStart: now.undoStart,
    parallelRuns: now.parallelRuns,
    keepDays: now.keepDays,
    keepBytes: now.keepBytes,
    largestFileBytes: now.largestFileBytes,
    reserveBytes: now.reserveBytes,
  };
}
