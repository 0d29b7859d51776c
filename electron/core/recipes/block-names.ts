import { blockWords } from '../../contract/text/blocks.ts';
import type { ProfileId, RecipeId } from '../../contract/views.ts';
import type { BlockNames } from '../model/block-names.ts';
import type { Catalogue } from './catalogue.ts';

/** Number of recipes whose blocks are held in memory, because a running job reports progress many times a second. */
const MOST_HELD = 50;

type Blocks = ReturnType<Catalogue['blocksOf']>;

/** Names the blocks of recipes from what the catalogue has stored. */
export function catalogueNames(catalogue: Catalogue): BlockNames {
  const held = new Map<string, Blocks>();
  catalogue.onUpdated(() => held.clear());
  const blocksOf = (profileId: ProfileId, recipeId: RecipeId | null): Blocks => {
    if (recipeId === null) return null;
    const key = `${profileId} ${recipeId}`;
    const known = held.get(key);
    if (known !== undefined) return known;
    const [oldest] = held.keys();
    if (held.size >= MOST_HELD && oldest !== undefined) held.delete(oldest);
    const found = catalogue.blocksOf(profileId, recipeId);
    held.set(key, found);
    return found;
  };
  return {
    titleOf: (profileId, recipeId, nodeId, block) => {
      const title = nodeId === null ? null : blocksOf(profileId, recipeId)?.titleOf(nodeId);
      return title ?? (block === null ? null : blockWords(block));
    },
    countOf: (profileId, recipeId) => blocksOf(profileId, recipeId)?.count ?? null,
    chatBlocksOf: (profileId, recipeId) => blocksOf(profileId, recipeId)?.chatBlocks ?? null,
  };
}
