import { z } from 'zod';
import type { SettingsView, SystemView } from '../views.ts';
import { isAccelerator } from '../accelerator.ts';
import { settingsChange } from '../settings-schema.ts';
import { nothing, PROTOCOL, takes } from './call.ts';

export const SETTINGS_CALLS = {
  'settings:change': takes(settingsChange).gives<SettingsView>(),
  /** The settings that the operating system stores, read now. */
  'settings:system': nothing.gives<SystemView>(),
  'settings:start-at-login': takes(z.strictObject({ on: z.boolean() })).gives<SystemView>(),
  /** Registers the global shortcut that shows the window; null removes it. Fails with `shortcut-taken`. */
  'settings:shortcut': takes(
    z.strictObject({ accelerator: z.string().max(64, PROTOCOL).refine(isAccelerator).nullable() }),
  ).gives<SystemView>(),
  /** `shown` is false where the desktop supports no notifications. */
  'settings:test-notification': nothing.gives<{ readonly shown: boolean }>(),
} as const;
