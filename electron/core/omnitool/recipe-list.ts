/** A recipe as the listing tells it; what it takes and gives is known only by loading it. */
export interface ListedRecipe {
  readonly id: string;
  /** The id, where the listing has no names (wire 2a); its own is known by loading it. */
  readonly name: string;
  readonly description: string;
  readonly author: string;
  readonly tags: readonly string[];
  readonly owner: string;
  readonly mine: boolean;
  /** As the server tells it: a path on the server, an address anywhere, or a bare name that leads nowhere (wire 2b). */
  readonly pictureUrl: string | null;
  /** Milliseconds since 1970, as are all times. */
  readonly createdAt: number | null;
  readonly updatedAt: number | null;
}

/** The script of the stock web interface, the block that knows names, the documented call (wire 2b, 2c, 2a). */
export type ListingWay = 'collection' | 'block' | 'workflows';

export interface RecipeList {
  readonly recipes: readonly ListedRecipe[];
  readonly way: ListingWay;
  /**
   * Whether a recipe that is not among these is not there. The block tells of the user's own only, and a walk through
   * pages ends somewhere.
   */
  readonly complete: boolean;
}
