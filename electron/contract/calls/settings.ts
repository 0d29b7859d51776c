import { z } from 'zod';
import type { SettingsView, SystemView } from '../views.ts';
import { isAccelerator } from '../accelerator.ts';
import { settingsChange } from '../settings-schema.ts';
import { nothing, PROTOCOL, takes } from './call.ts';

export const SETTINGS_CALLS = {
  'settings:change': takes(settingsChange).gives<SettingsView>(),
  /** The system's side of the settings, as it is now. */
  'settings:system': nothing.gives<SystemView>(),
  'settings:start-at-login': takes(z.strictObject({ on: z.boolean() })).gives<SystemView>(),
  /** Keys that bring the window up from anywhere; null gives them back. Fails with `shortcut-taken`. */
  'settings:shortcut': takes(
    z.strictObject({ accelerator: z.string().max(64, PROTOCOL).refine(isAccelerator).nullable() }),
  ).gives<SystemView>(),
  /** `shown` is false where the desktop supports no notifications. */
  'settings:test-notification': nothing.gives<{ readonly shown: boolean }>(),
} as const;
