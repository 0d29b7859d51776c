import type { RecipeShape } from '../../contract/views.ts';

/** Why a run comes back with nothing, as far as the recipe's blocks tell; `shape` null where they are not known. */
export function lackingOf(shape: RecipeShape | null): 'no-output' | 'output-off' | 'output-empty' {
  if (shape === null || shape.warnings.includes('no-output')) return 'no-output';
  if (shape.warnings.includes('output-off')) return 'output-off';
  return shape.gives.length + shape.givesInChat.length > 0 ? 'output-empty' : 'no-output';
}
