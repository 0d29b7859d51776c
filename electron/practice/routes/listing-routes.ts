import { randomInt } from 'node:crypto';
import type { Session } from '../auth/sessions.ts';
import { isObject } from '../base/json.ts';
import { readJson } from '../http/body.ts';
import { empty, json, notOk, type Reply } from '../http/reply.ts';
import type { Route, SignedInCall } from '../http/router.ts';
import type { Recipe } from '../recipes/recipe.ts';
import type { RecipeBook } from '../recipes/recipe-book.ts';
import { AUTHOR, ownerOf, pictureUrl, uiOf } from './recipe-words.ts';

/**
 * The way of listing that works: the script of the collection manager and the block, as on a normal install; only the
 * block, without that extension (wire 2b, 2c); or only the plain route (wire 2a, experiment).
 */
export type Listing = 'collection' | 'block' | 'workflows';

const RUN_SCRIPT = '/api/v1/mercenaries/runscript';

interface Shelf {
  readonly book: RecipeBook;
  readonly listing: Listing;
  /** `http://127.0.0.1:<port>`. */
  readonly origin: () => string;
}

/** The three ways to list recipes (wire 2). Their order matters: any word after `workflow/` is read as a recipe id. */
export function listingRoutes(shelf: Shelf): readonly Route[] {
  const block: Route = {
    method: 'POST',
    pattern: new RegExp(`^${RUN_SCRIPT}/runBlock$`),
    access: 'cookie',
    handle: (call) => blockList(shelf, call),
  };
  const script: Route = {
    method: 'POST',
    pattern: new RegExp(`^${RUN_SCRIPT}/omni-core-collectionmanager:collection$`),
    access: 'cookie',
    handle: (call) => collection(shelf, call),
  };
  return [
    {
      method: 'GET',
      pattern: /^\/api\/v1\/workflow\/workflows$/,
      access: 'token',
      handle: ({ query, session }) => plainList(shelf, query, session),
    },
    ...(shelf.listing === 'workflows' ? [] : [block]),
    ...(shelf.listing === 'collection' ? [script] : []),
    {
      method: 'POST',
      pattern: new RegExp(`^${RUN_SCRIPT}/([^/]+)$`),
      access: 'cookie',
      handle: ({ parameters }) => json(500, { error: `Invalid Script ${parameters[0] ?? ''}` }),
    },
  ];
}

/**
 * Never works in an unchanged 1.0.4. Made to work, it names a page by the first id on it, items have no name, and the
 * previous page is missing before page 3 (wire 2a).
 */
function plainList({ book, listing }: Shelf, query: URLSearchParams, session: Session): Reply {
  const limit = Math.trunc(Number(query.get('limit') ?? 10));
  if (limit < 1 || limit > 500) return json(400, { error: 'Invalid pageSize' });
  if (listing !== 'workflows' || Number.isNaN(limit)) return notOk();
  const all = book.all.filter((recipe) => recipe.public || ownerOf(recipe) === session.userId);
  const bookmark = query.get('bookmark') ?? '';
  const start = bookmark === '' ? 0 : all.findIndex(({ id }) => id === bookmark);
  if (start < 0) return notOk();
  const page = all.slice(start, start + limit);
  return json(200, {
    success: 'ok',
    workflows: page.map((recipe) => ({
      id: recipe.id,
      owner: recipe.public ? 'mercenaries.ai' : 'You',
      canDelete: !recipe.public,
      starred: randomInt(2) === 1,
    })),
    skipped: 0,
    remaining: all.length - start - page.length,
    currBookmark: page[0]?.id ?? '',
    nextBookmark: all[start + limit]?.id ?? '',
    prevBookmark: start > limit ? (all[start - limit]?.id ?? '') : '',
  });
}

/** The user's own recipes, oldest first, after a placeholder (wire 2c). */
async function blockList({ book }: Shelf, { request, session }: SignedInCall): Promise<Reply> {
  const body = await readJson(request);
  if (!body.ok || !isObject(body.value) || body.value.block !== 'omnitool.get_recipes') return notOk();
  const own = book.all.filter((recipe) => !recipe.hidden && ownerOf(recipe) === session.userId);
  const models = own.map(({ name, id }) => ({ title: name, value: id }));
  return json(200, { models: [{ title: 'Select a recipe', value: 'invalid' }, ...models], ok: true });
}

/**
 * The script behind the list of the web page (wire 2b). Pages are counted from 1, and page 0 is page 1 again. Hidden
 * recipes are removed after paging, the newest is first within a page only, and a quote in the filter fails as SQL.
 */
async function collection({ book, origin }: Shelf, { request, session }: SignedInCall): Promise<Reply> {
  const body = await readJson(request);
  if (!body.ok || !isObject(body.value) || body.value.type !== 'recipe') return empty();
  const { limit, cursor, filter, recipeOwner } = body.value;
  const wanted = typeof filter === 'string' ? filter : '';
  if (wanted.includes("'")) return json(500, { error: sqlError(wanted) });
  const size = Number(limit ?? 0) || 50;
  const page = Math.trunc(Number(cursor ?? 0) / size);
  const fitting = book.all.filter(
    (recipe) =>
      (recipeOwner !== 'user' || ownerOf(recipe) === session.userId) &&
      (recipeOwner !== 'public' || recipe.public) &&
      recipe.name.toLowerCase().includes(wanted.toLowerCase()),
  );
  const start = Math.max(page - 1, 0) * size;
  const shown = fitting.slice(start, start + size).filter((recipe) => !recipe.hidden);
  const items = shown.toSorted((one, other) => other.created - one.created);
  return json(200, {
    items: items.map((recipe) => ({ value: listed(recipe, origin()), type: 'recipe', currentPage: page })),
  });
}

function sqlError(filter: string): string {
  const next = /'\s*(\w+)/.exec(filter)?.[1];
  return next === undefined ? 'unrecognized token: "\'"' : `near "${next}": syntax error`;
}

/** `ui` is always `false` (wire 2b). */
const listed = (recipe: Recipe, origin: string) => ({
  id: recipe.id,
  canDelete: false,
  author: AUTHOR,
  created: recipe.created,
  description: recipe.description,
  name: recipe.name,
  ...pictureUrl(recipe, origin),
  tags: recipe.tags,
  ...(recipe.public && { template: true }),
  updated: recipe.updated,
  ui: uiOf(recipe, false),
  owner: ownerOf(recipe),
  category: 'practice',
});
