/** The three ways to list recipes (wire 2). Filtering is done by the caller: the server pastes a filter into SQL. */
import { z } from 'zod';
import { MEBIBYTE, type Ask } from './ask.ts';
import type { ListedRecipe, ListingWay, RecipeList } from './recipe-list.ts';
import { readReply } from './replies.ts';
import { id, listOf, picture, PUBLIC_OWNER, readEntries, tags, text, time } from './schemas.ts';

/** The server's largest page (wire 2a, 2b). */
const PAGE = 500;
/** Stops paging on a server that never reports the end. */
const MAX_PAGES = 40;
const MAX_LIST_REPLY = 32 * MEBIBYTE;

const RUN_SCRIPT = '/api/v1/mercenaries/runscript/';
const COLLECTION = `${RUN_SCRIPT}omni-core-collectionmanager:collection`;
const RUN_BLOCK = `${RUN_SCRIPT}runBlock`;
const WORKFLOWS = '/api/v1/workflow/workflows';

type Listed = Omit<RecipeList, 'way'>;
type Way = (ask: Ask, signal?: AbortSignal) => Promise<Listed>;

/** What every listing may tell of a recipe besides its id. */
const facts = {
  name: text,
  description: text,
  author: text,
  tags: tags.optional(),
  pictureUrl: picture.optional(),
  created: time.optional(),
  updated: time.optional(),
} as const;
type Facts = z.output<z.ZodObject<typeof facts>>;

const listed = (recipeId: string, owner: string, mine: boolean, told: Facts): ListedRecipe => ({
  id: recipeId,
  name: told.name || recipeId,
  description: told.description,
  author: told.author,
  tags: told.tags ?? [],
  owner,
  mine,
  pictureUrl: told.pictureUrl ?? null,
  createdAt: told.created ?? null,
  updatedAt: told.updated ?? null,
});

/** Adds recipes by id and keeps the first of each. True when at least one was new. */
function add(found: Map<string, ListedRecipe>, recipes: readonly ListedRecipe[]): boolean {
  const before = found.size;
  for (const recipe of recipes) found.set(recipe.id, found.get(recipe.id) ?? recipe);
  return found.size > before;
}

/** One page of the collection script. Items that are not recipes or have no id are left out. */
const collectionReply = z.object({
  items: z.array(z.unknown()).transform((items) => {
    const { read: recipes, isCut } = readEntries(items, collectionItem);
    return { count: items.length, recipes, isCut };
  }),
});

const collectionItem = z
  .object({ value: z.object({ id, owner: text, template: z.boolean().catch(false), ...facts }) })
  .transform(({ value: { id: recipeId, owner, template, ...told } }) =>
    listed(recipeId, owner, owner !== PUBLIC_OWNER && !template, told),
  );

async function byCollection(ask: Ask, signal?: AbortSignal): Promise<Listed> {
  const found = new Map<string, ListedRecipe>();
  for (let page = 1; page <= MAX_PAGES; page += 1) {
    const reply = await ask({
      method: 'POST',
      path: COLLECTION,
      route: COLLECTION,
      // Pages count from 1; 0 is page 1 again.
      json: { type: 'recipe', limit: PAGE, cursor: page * PAGE, filter: '' },
      maxReply: MAX_LIST_REPLY,
      signal,
    });
    const { items } = readReply(reply, collectionReply);
    // Hidden recipes are removed after paging, so a short page is not the last one. Only an empty page is; a repeated
    // page means that the server does not page.
    const isNew = add(found, items.recipes);
    if (items.isCut) return { recipes: [...found.values()], complete: false };
    if (items.count === 0 || (items.recipes.length > 0 && !isNew))
      return { recipes: [...found.values()], complete: true };
  }
  return { recipes: [...found.values()], complete: false };
}

/** Entries without an id are left out, and so is the placeholder. */
const blockReply = z.object({
  models: listOf(
    z.object({ title: text, value: id }).transform(({ title: name, value }) => {
      return listed(value, '', true, { name, description: '', author: '' });
    }),
  ),
});

async function byBlock(ask: Ask, signal?: AbortSignal): Promise<Listed> {
  const reply = await ask({
    method: 'POST',
    path: RUN_BLOCK,
    route: RUN_BLOCK,
    json: { block: 'omnitool.get_recipes', args: {} },
    maxReply: MAX_LIST_REPLY,
    signal,
  });
  const found = new Map<string, ListedRecipe>();
  add(
    found,
    readReply(reply, blockReply).models.filter((recipe) => recipe.id !== 'invalid'),
  );
  return { recipes: [...found.values()], complete: false };
}

/** The value that this call has instead of an owner's id. */
const PUBLIC_OWNERS: ReadonlySet<string> = new Set([PUBLIC_OWNER, 'mercenaries.ai']);

/** In 1.0.4 items have no texts; a server that sends them puts them under `meta`, as in a loaded recipe. */
const workflow = z
  .object({ id, owner: text, meta: z.object(facts).optional().catch(undefined) })
  .transform(({ id: recipeId, owner, meta = { name: '', description: '', author: '' } }) =>
    listed(recipeId, owner, !PUBLIC_OWNERS.has(owner), meta),
  );

const workflowsReply = z.object({
  workflows: z.array(z.unknown()).transform((workflows) => readEntries(workflows, workflow)),
  nextBookmark: id.nullable().catch(null),
});

async function byWorkflows(ask: Ask, signal?: AbortSignal): Promise<Listed> {
  const found = new Map<string, ListedRecipe>();
  let bookmark: string | null = null;
  for (let page = 1; page <= MAX_PAGES; page += 1) {
    const from: string = bookmark === null ? '' : `&bookmark=${encodeURIComponent(bookmark)}`;
    const path = `${WORKFLOWS}?limit=${String(PAGE)}${from}`;
    const reply = await ask({ method: 'GET', path, route: WORKFLOWS, maxReply: MAX_LIST_REPLY, signal });
    const { workflows, nextBookmark } = readReply(reply, workflowsReply);
    const isNew = add(found, workflows.read);
    if (workflows.isCut) return { recipes: [...found.values()], complete: false };
    if (nextBookmark === null || !isNew) return { recipes: [...found.values()], complete: true };
    bookmark = nextBookmark;
  }
  return { recipes: [...found.values()], complete: false };
}

/** How each way lists recipes. Each throws OmnitoolError. */
export const LISTING_WAYS: Readonly<Record<ListingWay, Way>> = {
  collection: byCollection,
  block: byBlock,
  workflows: byWorkflows,
};
