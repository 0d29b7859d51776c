import { z } from 'zod';
import type { FormValues, PresetId, PresetView } from '../views.ts';
import { id, takes, textUpTo } from './call.ts';
import { formValues } from './form-values.ts';

const name = textUpTo('preset-name').trim().min(1);
const preset = z.strictObject({ presetId: id });

export const PRESETS_CALLS = {
  /** The values of all presets of a recipe. The lists of presets do not have them. */
  'presets:values': takes(z.strictObject({ recipeId: id })).gives<Readonly<Record<PresetId, FormValues>>>(),
  /** Saves values under a name. Fails with `preset-name-taken` unless `replace` is true. */
  'presets:save': takes(
    z.strictObject({ recipeId: id, name, values: formValues, replace: z.boolean() }),
  ).gives<PresetView>(),
  'presets:rename': takes(z.strictObject({ presetId: id, name })).gives<PresetView>(),
  'presets:remove': takes(preset).gives<null>(),
  /** Brings a preset back as it was before it was last removed or replaced. */
  'presets:restore': takes(preset).gives<PresetView>(),
} as const;
