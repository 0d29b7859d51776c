import { z } from 'zod';
import type { ConnectionView, OldRunsView, RemovedRunsView, SettingsView, StorageView, SystemView } from '../views.ts';
import { isAccelerator } from '../accelerator.ts';
import { LIMITS } from '../limits.ts';
import { settingsChange } from '../settings-schema.ts';
import { nothing, PROTOCOL, takes } from './call.ts';

/** null: whatever their age. */
const olderThan = z.strictObject({ days: z.int().min(1).max(LIMITS.days, 'days').nullable() });

export const SETTINGS_CALLS = {
  'settings:change': takes(settingsChange).gives<SettingsView>(),
  /** The system's side of the settings, as it is now. */
  'settings:system': nothing.gives<SystemView>(),
  'settings:start-at-login': takes(z.strictObject({ on: z.boolean() })).gives<SystemView>(),
  /** Keys that bring the window up from anywhere; null gives them back. Fails with `shortcut-taken`. */
  'settings:shortcut': takes(
    z.strictObject({ accelerator: z.string().max(64, PROTOCOL).refine(isAccelerator).nullable() }),
  ).gives<SystemView>(),
  /** Shows a notice; `shown` is false where this desktop has none. */
  'settings:test-notice': nothing.gives<{ readonly shown: boolean }>(),
  /** Looks through the folders, which takes a moment with many results. */
  'settings:storage': nothing.gives<StorageView>(),
  'settings:old-runs': takes(olderThan).gives<OldRunsView>(),
  /** Removes ended runs with their files, favourites left out. */
  'settings:remove-old-runs': takes(olderThan).gives<RemovedRunsView>(),
  /** Removes every ended run with its files, favourites too, at once and for good. Answers how many. */
  'settings:clear-history': nothing.gives<{ readonly runs: number }>(),
  'settings:forget-servers': nothing.gives<ConnectionView>(),
} as const;
