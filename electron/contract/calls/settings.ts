import { z } from 'zod';
import type { SettingsView } from '../views.ts';
import { takes } from './call.ts';

export const SETTINGS_CALLS = {
  'settings:change': takes(
    z.strictObject({
      theme: z.enum(['system', 'light', 'dark']).optional(),
      notifyWhen: z.enum(['always', 'unfocused', 'never']).optional(),
      notifyElsewhere: z.boolean().optional(),
      paused: z.boolean().optional(),
      keepInputs: z.boolean().optional(),
      adoptAlone: z.boolean().optional(),
      undoStart: z.boolean().optional(),
      parallelRuns: z.int().min(1).max(16).optional(),
      keepDays: z.int().min(1).max(36_500).nullable().optional(),
      keepBytes: z.int().min(1_048_576).nullable().optional(),
    }),
  ).gives<SettingsView>(),
} as const;
