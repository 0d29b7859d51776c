/** A recipe as the listing describes it. Only loading it tells what it takes and gives. */
export interface ListedRecipe {
  readonly id: string;
  /** The id where the listing has no names (wire 2a); loading the recipe tells its name. */
  readonly name: string;
  readonly description: string;
  readonly author: string;
  readonly tags: readonly string[];
  readonly owner: string;
  readonly mine: boolean;
  /** The server's value: a path on the server, any URL, or a bare name without a file (wire 2b). */
  readonly pictureUrl: string | null;
  /** Milliseconds since 1970, like all times. */
  readonly createdAt: number | null;
  readonly updatedAt: number | null;
}

/**
 * The three ways to list recipes: the script of the stock web interface, the block that knows names, the documented
 * call (wire 2b, 2c, 2a).
 */
export type ListingWay = 'collection' | 'block' | 'workflows';

/** The recipes of a server, and how they were listed. */
export interface RecipeList {
  readonly recipes: readonly ListedRecipe[];
  readonly way: ListingWay;
  /** Whether the list holds every recipe. The block lists only the user's own recipes, and paging stops at a limit. */
  readonly complete: boolean;
}
