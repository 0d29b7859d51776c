import { isSameFill } from '../../contract/presets.ts';
import type { DraftView, PresetId } from '../../contract/views.ts';
import type { Core } from './core.ts';

/**
 * Chooses the recipe of a preset and fills in its form. That is an undo step when it replaces values that exist nowhere
 * else: neither as a preset, nor as the values last used, nor as the first ones.
 *
 * @throws AppError `preset-unknown`
 */
export function usePreset(core: Core, id: PresetId): DraftView {
  const { recipeId, values, name } = core.presets.get(id);
  if (hasOwnValues(core)) core.draft.note('filled-in', name);
  core.presets.noteUse(id);
  return core.draft.edit({ recipeId, values, presetId: id });
}

/** Whether the user wrote values into the form of the draft that are not stored elsewhere. */
function hasOwnValues({ draft, catalogue, presets }: Core): boolean {
  const { recipeId, values } = draft.contents();
  const form = recipeId === null ? null : catalogue.formOf(recipeId);
  if (recipeId === null || form === null) return false;
  const known = [{}, catalogue.lastValues(recipeId), ...presets.of(recipeId).map((preset) => preset.values)];
  return known.every((each) => !isSameFill(form, values, each));
}
