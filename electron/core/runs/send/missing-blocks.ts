import type { RecipeId } from '../../../contract/views.ts';
import { OmnitoolError } from '../../omnitool/errors.ts';
import type { OmnitoolServer } from '../../omnitool/server.ts';
import { blockName, isOn } from '../../model/blocks.ts';

/** How long a refused start waits for its reason, in ms. */
const LONGEST_MS = 4_000;
/** Blocks that are named; the first few tell which extension is missing. */
const MOST_NAMED = 5;

/**
 * The blocks of a recipe that the server has not installed, in readable words: a start of a recipe with two of them is
 * refused without a reason (wire 4). None where that cannot be found out.
 */
export async function missingBlocks(server: OmnitoolServer, recipeId: RecipeId): Promise<readonly string[]> {
  const signal = AbortSignal.timeout(LONGEST_MS);
  try {
    const [recipe, installed] = await Promise.all([
      server.loadRecipe(recipeId, signal),
      server.installedBlocks(signal),
    ]);
    if (recipe === null || installed.length === 0) return [];
    const known = new Set(installed);
    const missing = recipe.nodes.filter((node) => isOn(node) && !known.has(node.name));
    return [...new Set(missing.map(blockName))].slice(0, MOST_NAMED);
  } catch (failure) {
    // The refusal itself is the news; why it came stays unknown.
    if (failure instanceof OmnitoolError) return [];
    throw failure;
  }
}
