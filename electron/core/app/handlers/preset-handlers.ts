import type { Area, HandlerPorts } from './ports.ts';

/** Saving, renaming and removing presets. */
export function presetHandlers({ core: { presets } }: HandlerPorts): Area<'presets'> {
  return {
    'presets:values': ({ recipeId }) => Object.fromEntries(presets.of(recipeId).map(({ id, values }) => [id, values])),
    'presets:save': (preset) => presets.save(preset),
    'presets:rename': ({ presetId, name }) => presets.rename(presetId, name),
    'presets:remove': ({ presetId }) => presets.remove(presetId),
    'presets:restore': ({ presetId }) => presets.restore(presetId),
  };
}
