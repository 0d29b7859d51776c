import type { Clock } from '../base/clock.ts';
import type { Logger } from '../base/logger.ts';
import type { PracticePort } from '../connection/connection.ts';
import type { Keychain } from '../connection/keychain.ts';
import type { Timeouts } from '../omnitool/timeouts.ts';
import type { SettingsStore } from '../settings/settings.ts';

/** What the app or the terminal builds the core from. */
export interface CoreOptions {
  /** The data folder: everything that OmniTray keeps is below it (base/folders.ts). */
  readonly folder: string;
  readonly settings: SettingsStore;
  /** What was repaired before the core was built, in words. */
  readonly notes: readonly string[];
  readonly keychain: Keychain;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly random: () => number;
  /** The name under which this process owns runs (model/owner.ts). */
  readonly owner: string;
  readonly practice: PracticePort | null;
  /** Whether job events are followed also while this process has no active run. The app does, a command does not. */
  readonly listens?: boolean;
  /** Shorter time limits, for tests. */
  readonly timeouts?: Partial<Timeouts> | undefined;
  readClipboardText(): Promise<string>;
}
