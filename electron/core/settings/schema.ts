import { z } from 'zod';
import { ruleProblem, USUAL_RULE } from '../../contract/save-rule.ts';
import { type SettingsView, USER_DEFAULTS } from '../../contract/settings.ts';
import { USER_SCHEMAS } from '../../contract/settings-schema.ts';

/** The version of the file that this program writes. It reads as much as it understands of a newer program's file. */
export const SETTINGS_VERSION = 1;

/** A stored server. Never holds a token: those are in the keychain or in memory. */
export const profileSchema = z
  .object({
    id: z.string().min(1).max(128),
    name: z.string().min(1).max(200),
    /** Scheme, host and port: one profile per server. */
    address: z.url({ protocol: /^https?$/ }).max(2_048),
    practice: z.boolean(),
    tokenPlace: z.enum(['keychain', 'session']),
  })
  .readonly();

/** The program's own settings, which no user sees. */
const OWN_SCHEMAS = {
  profiles: z.array(profileSchema).readonly(),
  activeProfileId: z.string().nullable(),
  /** Keychain accounts of removed profiles whose token could not be removed yet. */
  leftInKeychain: z.array(z.string().max(4_096)).readonly(),
  /** The rule for the names of all files of a result (contract/save-rule.ts). */
  saveRule: z.string().refine((rule) => ruleProblem(rule) === null),
  /** Whether the user was told that closing the window leaves the program in the tray. */
  closingExplained: z.boolean(),
};

type OwnSettings = { readonly [Name in keyof typeof OWN_SCHEMAS]: z.output<(typeof OWN_SCHEMAS)[Name]> };

const OWN_DEFAULTS: OwnSettings = {
  profiles: [],
  activeProfileId: null,
  leftInKeychain: [],
  saveRule: USUAL_RULE,
  closingExplained: false,
};

/** The schema of each field of the settings file. */
export const SCHEMAS: Readonly<Record<keyof Settings, z.ZodType>> = { ...USER_SCHEMAS, ...OWN_SCHEMAS };

/** All settings of the program. */
export type Settings = SettingsView & OwnSettings;
/** A change of some settings. */
export type SettingsPatch = { readonly [Name in keyof Settings]?: Settings[Name] | undefined };

/** The settings of a new installation. */
export const DEFAULTS: Settings = { ...USER_DEFAULTS, ...OWN_DEFAULTS };
