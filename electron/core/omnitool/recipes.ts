import { MEBIBYTE, type Ask } from './ask.ts';
import { OmnitoolError } from './errors.ts';
import { LISTING_WAYS } from './listing-ways.ts';
import type { ListingWay, RecipeList } from './recipe-list.ts';
import { readReply, saysNotFound } from './replies.ts';
import { recipeReply, type Recipe } from './recipe-schema.ts';

const ORDER: readonly ListingWay[] = ['collection', 'block', 'workflows'];

/**
 * Lists the user's recipes and the public ones. Tries the ways in order, beginning with `first`.
 *
 * @throws OmnitoolError of the stock way when no way works
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

/** A server answers 500 for a route that it does not have. A gateway's status (502 and up) is about something else. */
const isMissing = (failure: unknown): boolean =>
  failure instanceof OmnitoolError &&
  (failure.status === 500 || failure.code === 'not-found' || failure.code === 'bad-reply');

const MAX_RECIPE_REPLY = 32 * MEBIBYTE;

/** Other routes below the same path (wire 1). */
const NOT_RECIPES: ReadonlySet<string> = new Set(['jobs', 'results', 'workflows', 'exec', 'stop', 'download']);

/**
 * Loads a recipe with its blocks; null when the server does not have it.
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
