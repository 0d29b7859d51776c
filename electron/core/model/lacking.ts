import type { RecipeShape } from '../../contract/views.ts';

/**
 * Whether a recipe may write to the chat. True when its blocks are unknown, and when it has no output block: a block of
 * an extension can write to the chat by itself.
 */
export const mayChat = (shape: RecipeShape | null): boolean =>
  shape === null || shape.givesInChat.length > 0 || shape.gives.length === 0;

/** Why a run returns nothing, as far as the recipe's blocks show it. `shape` is null when the blocks are unknown. */
export function lackingOf(shape: RecipeShape | null): 'no-output' | 'output-off' | 'output-empty' | 'file-stored' {
  if (shape === null) return 'no-output';
  // A recipe whose only output is disabled also has no other output. That it is disabled is the more useful reason.
  if (shape.warnings.includes('output-off')) return 'output-off';
  if (shape.warnings.includes('file-output')) return 'file-stored';
  return shape.warnings.includes('no-output') ? 'no-output' : 'output-empty';
}
