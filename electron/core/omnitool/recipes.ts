import { MEBIBYTE, type Ask } from './ask.ts';
import { OmnitoolError } from './errors.ts';
import { readReply, saysNotFound } from './replies.ts';
import { collectionReply, PUBLIC_OWNER, recipeNamesReply, recipeReply, type Recipe } from './schemas.ts';

/** A recipe as the listing tells it; what it takes and gives is known only by loading it. */
export interface ListedRecipe {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly author: string;
  readonly tags: readonly string[];
  readonly owner: string;
  readonly mine: boolean;
  /** Milliseconds since 1970. */
  readonly updatedAt: number | null;
}

/** The server's largest page (wire 2b). */
const PAGE = 500;
/** Ends a walk through a server that never says it is over. */
const MAX_PAGES = 40;
const MAX_LIST_REPLY = 32 * MEBIBYTE;
const MAX_RECIPE_REPLY = 32 * MEBIBYTE;

const RUN_SCRIPT = '/api/v1/mercenaries/runscript/';
const COLLECTION = `${RUN_SCRIPT}omni-core-collectionmanager:collection`;
const RUN_BLOCK = `${RUN_SCRIPT}runBlock`;

/**
 * The user's recipes and the public ones. By the script of the stock web interface; where that extension is missing,
 * by the block that knows the user's own by name (wire 2b, 2c). `GET /workflow/workflows` is broken in 1.0.4 (2a).
 *
 * @throws OmnitoolError
 */
export async function listRecipes(ask: Ask, signal?: AbortSignal): Promise<readonly ListedRecipe[]> {
  try {
    return await listByCollection(ask, signal);
  } catch (failure) {
    if (!isMissingExtension(failure)) throw failure;
    return await listByBlock(ask, signal).catch((second: unknown) => {
      // The stock way is the one that matters; only a failure that is about the connection replaces its failure.
      throw isMissingExtension(second) ? failure : second;
    });
  }
}

/** A missing script is a 500 like any other refusal; gateways' words (502 and up) are about something else. */
const isMissingExtension = (failure: unknown): boolean =>
  failure instanceof OmnitoolError &&
  (failure.status === 500 || failure.code === 'not-found' || failure.code === 'bad-reply');

async function listByCollection(ask: Ask, signal?: AbortSignal): Promise<readonly ListedRecipe[]> {
  const found = new Map<string, ListedRecipe>();
  for (let page = 1; page <= MAX_PAGES; page += 1) {
    const reply = await ask({
      method: 'POST',
      path: COLLECTION,
      route: COLLECTION,
      // Filtering is left out: the server pastes the filter into SQL. Pages count from 1; 0 is page 1 again.
      json: { type: 'recipe', limit: PAGE, cursor: page * PAGE, filter: '' },
      maxReply: MAX_LIST_REPLY,
      signal,
    });
    const { items } = readReply(reply, collectionReply);
    // Hidden recipes are taken out after paging, so a short page is not the last; only an empty one is.
    if (items.count === 0) break;
    const before = found.size;
    for (const { id, name, description, author, tags = [], owner, template, updated = null } of items.recipes) {
      const mine = owner !== PUBLIC_OWNER && !template;
      found.set(
        id,
        found.get(id) ?? { id, name: name || id, description, author, tags, owner, mine, updatedAt: updated },
      );
    }
    // The same page again means that the server does not page.
    if (items.recipes.length > 0 && found.size === before) break;
  }
  return [...found.values()];
}

async function listByBlock(ask: Ask, signal?: AbortSignal): Promise<readonly ListedRecipe[]> {
  const reply = await ask({
    method: 'POST',
    path: RUN_BLOCK,
    route: RUN_BLOCK,
    json: { block: 'omnitool.get_recipes', args: {} },
    maxReply: MAX_LIST_REPLY,
    signal,
  });
  const unknown = { description: '', author: '', tags: [], owner: '', updatedAt: null };
  const named = readReply(reply, recipeNamesReply).models.filter(({ value }) => value !== 'invalid');
  const recipes = named.map(({ value: id, title }): ListedRecipe => ({
    id,
    name: title || id,
    mine: true,
    ...unknown,
  }));
  return [...new Map(recipes.map((recipe) => [recipe.id, recipe])).values()];
}

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
