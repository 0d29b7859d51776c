import { MEBIBYTE, type Ask } from './ask.ts';
import { OmnitoolError } from './errors.ts';
import { LISTING_WAYS } from './listing-ways.ts';
import { readReply, saysNotFound } from './replies.ts';
import { recipeReply, type Recipe } from './recipe-schema.ts';

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

const ORDER: readonly ListingWay[] = ['collection', 'block', 'workflows'];

/**
 * The user's recipes and the public ones, by the first way that the server has, beginning with `first`.
 *
 * @throws OmnitoolError where it has none, that of the stock way: it is the one that matters
 */
export async function listRecipes(ask: Ask, first: ListingWay, signal?: AbortSignal): Promise<RecipeList> {
  let stock: unknown;
  for (const way of new Set([first, ...ORDER])) {
    try {
      return { way, ...(await LISTING_WAYS[way](ask, signal)) };
    } catch (failure) {
      if (!isMissing(failure)) throw failure;
      if (way === 'collection') stock = failure;
    }
  }
  throw stock;
}

/** A way that a server does not have is a 500 like any other refusal; gateways' words (502 and up) are about something else. */
const isMissing = (failure: unknown): boolean =>
  failure instanceof OmnitoolError &&
  (failure.status === 500 || failure.code === 'not-found' || failure.code === 'bad-reply');

const MAX_RECIPE_REPLY = 32 * MEBIBYTE;

/** Other routes of the server below the same path (wire 1). */
const NOT_RECIPES: ReadonlySet<string> = new Set(['jobs', 'results', 'workflows', 'exec', 'stop', 'download']);

/**
 * A recipe with its blocks; null when the server does not have it.
 *
 * @throws OmnitoolError
 */
export async function loadRecipe(ask: Ask, id: string, signal?: AbortSignal): Promise<Recipe | null> {
  if (!/^[\w-]{1,128}$/.test(id) || NOT_RECIPES.has(id)) return null;
  const reply = await ask({
    method: 'GET',
    path: `/api/v1/workflow/${id}`,
    route: '/api/v1/workflow/:id',
    maxReply: MAX_RECIPE_REPLY,
    signal,
  });
  return saysNotFound(reply) ? null : readReply(reply, recipeReply);
}
