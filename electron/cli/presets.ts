import { LIMITS } from '../contract/limits.ts';
import { listWords } from '../contract/formats.ts';
import { isSameName } from '../contract/presets.ts';
import { limitWords } from '../contract/text/limits.ts';
import type { FormValues, RecipeView } from '../contract/views.ts';
import type { Core } from '../core/app/core.ts';
import { UsageError } from './arguments.ts';

type Recipe = Pick<RecipeView, 'id' | 'name'>;

/** Presets that are named when one is unknown. */
const MOST_NAMED = 12;

/**
 * The values of the preset with this name; none for null. The case of letters does not count.
 *
 * @throws UsageError with the names that there are
 */
export function valuesOfPreset(core: Core, recipe: Recipe, name: string | null): FormValues {
  if (name === null) return {};
  const presets = core.presets.of(recipe.id);
  const found = presets.find((preset) => isSameName(preset.name, name));
  if (found === undefined) {
    const names = presets.slice(0, MOST_NAMED).map((preset) => `"${preset.name}"`);
    const known = names.length === 0 ? 'It has none' : `It has ${listWords(names)}`;
    const more = presets.length > MOST_NAMED ? ' and more' : '';
    throw new UsageError(`${recipe.name} has no preset "${name}". ${known}${more}`);
  }
  core.presets.noteUse(found.id);
  return found.values;
}

/**
 * Saves values as a preset; does nothing for null. Never replaces one.
 *
 * @throws UsageError for a name that cannot be used and for a recipe without a form; AppError as `Presets.save` does
 */
export function savePreset(core: Core, { id, name: recipe }: Recipe, name: string | null, values: FormValues): void {
  if (name === null) return;
  if (core.catalogue.formOf(id) === null)
    throw new UsageError(`${recipe} has no form, so there is nothing to save as a preset`);
  if (name.trim() === '') throw new UsageError('--save-preset needs a name');
  if (name.trim().length > LIMITS['preset-name']) throw new UsageError(limitWords('preset-name')[0]);
  core.presets.save({ recipeId: id, name, values, replace: false });
}

/** The presets of a recipe as rows of a table: name, what is special about its values. */
export const presetRows = (core: Core, { id }: Recipe): readonly (readonly string[])[] =>
  core.presets.of(id).map(({ name, hint }) => [`  ${name}`, hint]);
