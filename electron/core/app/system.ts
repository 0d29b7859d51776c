import type { SystemView } from '../../contract/views.ts';

/** What the settings need of the operating system. Only the app has it, not the terminal. */
export interface System {
  view(): SystemView;
  /** @throws SettingsError when the login entry cannot be written */
  startAtLogin(on: boolean): void;
  /**
   * Registers a global shortcut in place of the former one; null removes it. False when another program has it: the
   * former one stays.
   */
  takeShortcut(accelerator: string | null): boolean;
  /** False when this desktop shows no notifications. */
  showTestNotification(): boolean;
}
