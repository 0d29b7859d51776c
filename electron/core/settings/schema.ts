import { z } from 'zod';
import { isAccelerator } from '../../contract/accelerator.ts';
import { ruleProblem, USUAL_RULE } from '../../contract/save-rule.ts';

/** The version of the file this program writes. A newer program's file is read as far as it is understood. */
export const SETTINGS_VERSION = 1;

const profile = z.object({
  id: z.string().min(1).max(128),
  name: z.string().min(1).max(200),
  /** Scheme, host and port: one profile per server. */
  address: z.url({ protocol: /^https?$/ }).max(2_048),
  practice: z.boolean(),
  tokenPlace: z.enum(['keychain', 'session']),
});

/**
 * Each field by itself, because each is mended by itself. Never a token: those rest in the keychain or in memory.
 */
export const FIELDS = {
  profiles: z.array(profile),
  activeProfileId: z.string().nullable(),
  /** Keychain accounts of forgotten profiles whose token could not be removed yet. */
  leftInKeychain: z.array(z.string().max(4_096)),
  theme: z.enum(['system', 'light', 'dark']),
  notifyWhen: z.enum(['always', 'unfocused', 'never']),
  notifyElsewhere: z.boolean(),
  notifyDetails: z.boolean(),
  textSize: z.literal([100, 115, 130]),
  motion: z.enum(['system', 'reduced']),
  shortcut: z.string().max(64).refine(isAccelerator).nullable(),
  guideDone: z.boolean(),
  paused: z.boolean(),
  keepInputs: z.boolean(),
  adoptAlone: z.boolean(),
  undoStart: z.boolean(),
  parallelRuns: z.int().min(1).max(16),
  keepDays: z.int().min(1).max(36_500).nullable(),
  keepBytes: z.int().min(1_048_576).nullable(),
  /** A larger file of a result is fetched only when it is asked for; null: no limit. */
  largestFileBytes: z.int().min(1_048_576).nullable(),
  /** So much of the disk is left free when files of results are fetched. */
  reserveBytes: z.int().min(0),
  /** How files are named when all of a result are saved (contract/save-rule.ts). */
  saveRule: z.string().refine((rule) => ruleProblem(rule) === null),
  /** What closing the window does. */
  whenClosed: z.enum(['background', 'quit']),
  /** Whether it was said that closing the window leaves the program in the tray. */
  closingExplained: z.boolean(),
} as const;

export const profileSchema = profile;

export type Settings = Readonly<{ [Name in keyof typeof FIELDS]: DeepReadonly<z.output<(typeof FIELDS)[Name]>> }>;
export type SettingsPatch = { readonly [Name in keyof Settings]?: Settings[Name] | undefined };
type DeepReadonly<T> = T extends (infer Item)[] ? readonly Readonly<Item>[] : T;

export const DEFAULTS: Settings = {
  profiles: [],
  activeProfileId: null,
  leftInKeychain: [],
  theme: 'system',
  notifyWhen: 'always',
  notifyElsewhere: false,
  notifyDetails: true,
  textSize: 100,
  motion: 'system',
  shortcut: null,
  guideDone: false,
  paused: false,
  keepInputs: false,
  adoptAlone: false,
  undoStart: false,
  // The server stalls on several large images (wire 4).
  parallelRuns: 3,
  keepDays: null,
  keepBytes: null,
  largestFileBytes: 2 * 1_073_741_824,
  reserveBytes: 500 * 1_048_576,
  saveRule: USUAL_RULE,
  whenClosed: 'background',
  closingExplained: false,
};
