import type { ProfileId, RecipeId, RunFailureView } from '../../contract/views.ts';
import type { BlockFailure } from '../omnitool/server-event.ts';
import { plainFailure } from './failures.ts';

/** Names and counts of the blocks of recipes that were loaded at least once. `recipes/` implements it. */
export interface BlockNames {
  /**
   * The title of a block; null when neither the recipe nor `block` gives one. `block`: the component key, used when the
   * recipe has no title.
   */
  titleOf(profileId: ProfileId, recipeId: RecipeId | null, nodeId: string | null, block: string | null): string | null;
  /** The number of enabled blocks; null when the recipe is unknown. */
  countOf(profileId: ProfileId, recipeId: RecipeId | null): number | null;
  /** Ids of the chat output blocks; null when the recipe is unknown. */
  chatBlocksOf(profileId: ProfileId, recipeId: RecipeId): readonly string[] | null;
}

/** Turns failures into views with the title of each block and the block's own message. */
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
