import type { System } from '../core/app/system.ts';
import type { SettingsStore } from '../core/settings/settings.ts';
import type { GlobalShortcut } from './global-shortcut.ts';
import type { LoginItem } from './login-item.ts';

interface SystemParts {
  readonly settings: SettingsStore;
  readonly loginItem: LoginItem;
  readonly shortcut: GlobalShortcut;
  readonly hasTray: boolean;
  readonly showTestNotification: () => boolean;
}

/** The settings that the operating system stores. */
export const systemSettings = ({
  settings,
  loginItem,
  shortcut,
  hasTray,
  showTestNotification,
}: SystemParts): System => ({
  view: () => ({
    startsAtLogin: loginItem.state(),
    shortcut: shortcut.held !== null ? 'held' : settings.read().shortcut === null ? 'none' : 'refused',
    hasTray,
    onWayland: process.env.XDG_SESSION_TYPE === 'wayland',
  }),
  startAtLogin: (on) => loginItem.set(on),
  takeShortcut: (accelerator) => shortcut.take(accelerator),
  showTestNotification,
});
