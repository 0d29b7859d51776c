import type { SystemView } from '../../contract/views.ts';

/** What the settings ask of the system that the program runs on. The terminal has none of it. */
export interface System {
  view(): SystemView;
  /** @throws SettingsError where it cannot be written */
  startAtLogin(on: boolean): void;
  /** Takes these keys in place of the others, or gives them back. False when another program has them: then the old ones stay. */
  takeShortcut(accelerator: string | null): boolean;
  /** False where this desktop shows no notices. */
  showTestNotice(): boolean;
}
