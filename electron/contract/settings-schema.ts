import { z } from 'zod';
import { isAccelerator } from './accelerator.ts';
import { LIMITS } from './limits.ts';
import { type Setting, type SettingsView, USER_SETTINGS } from './settings.ts';

function rawSchemaOf(setting: Setting): z.ZodType {
  switch (setting.kind) {
    case 'flag':
      return z.boolean();
    case 'one of':
      return z.literal(setting.values);
    case 'keys':
      return z.string().max(64).refine(isAccelerator).nullable();
    case 'whole': {
      const { min, limit, mayBeNull } = setting;
      const least = z.int().min(min);
      const schema = limit === undefined ? least : least.max(LIMITS[limit], limit);
      return mayBeNull ? schema.nullable() : schema;
    }
  }
}

type Schemas = { readonly [Name in keyof SettingsView]: z.ZodType<SettingsView[Name]> };

/** The schema of each setting that a user sees. */
export const USER_SCHEMAS = Object.fromEntries(
  Object.entries(USER_SETTINGS).map(([name, setting]) => [name, rawSchemaOf(setting)]),
) as Schemas;

/** A change of some settings, without the shortcut: `settings:shortcut` changes that. */
export const settingsChange = z.strictObject(USER_SCHEMAS).omit({ shortcut: true }).partial();
