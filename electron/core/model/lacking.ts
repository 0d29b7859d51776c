import type { RecipeShape } from '../../contract/views.ts';

/**
 * Whether a recipe may say something in chat. One whose blocks are not known may; so may one without any output: a block
 * of an extension can speak by itself.
 */
export const mayChat = (shape: RecipeShape | null): boolean =>
  shape === null || shape.givesInChat.length > 0 || shape.gives.length === 0;

/** Why a run comes back with nothing, as far as the recipe's blocks tell; `shape` null where they are not known. */
export function lackingOf(shape: RecipeShape | null): 'no-output' | 'output-off' | 'output-empty' {
  if (shape === null) return 'no-output';
  // Where the only output is switched off, the recipe has no other output either: that it is off says more.
  if (shape.warnings.includes('output-off')) return 'output-off';
  return shape.warnings.includes('no-output') ? 'no-output' : 'output-empty';
}
