import type { ProfileId, RecipeId, RunFailureView } from '../../contract/views.ts';
import type { BlockFailure } from '../omnitool/server-event.ts';
import { plainFailure } from './failures.ts';

/** What the blocks of a recipe are called, where it was loaded once. Kept by recipes/. */
export interface BlockNames {
  /** `block` is the component key, for what the recipe itself does not say; null where neither says. */
  titleOf(profileId: ProfileId, recipeId: RecipeId | null, nodeId: string | null, block: string | null): string | null;
  /** How many blocks are switched on; null where the recipe is not known. */
  countOf(profileId: ProfileId, recipeId: RecipeId | null): number | null;
  /** Ids of the blocks that speak in chat; null where the recipe is not known. */
  chatBlocksOf(profileId: ProfileId, recipeId: RecipeId): readonly string[] | null;
}

/** Failures as a person reads them: with the block's name, in its own words. */
export const readableFailures = (
  names: BlockNames,
  profileId: ProfileId,
  recipeId: RecipeId | null,
  failures: readonly BlockFailure[],
): readonly RunFailureView[] =>
  failures.map(({ nodeId, block, message }) => ({
    block: names.titleOf(profileId, recipeId, nodeId, block),
    message: plainFailure(message),
  }));
