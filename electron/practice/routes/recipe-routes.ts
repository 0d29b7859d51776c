import { USERS } from '../auth/users.ts';
import { isObject, readJson } from '../http/body.ts';
import { empty, json, notOk, type Reply } from '../http/reply.ts';
import type { Route, SignedInCall } from '../http/router.ts';
import { findRecipe, RECIPES } from '../recipes/catalogue.ts';
import { CHAT_INPUT } from '../recipes/graph.ts';
import type { Recipe } from '../recipes/recipe.ts';

/** Who owns a public recipe (wire 2b). */
const PUBLIC = '-----public-----';
const AUTHOR = 'OmniTray';
const ORG = { id: 'practiceOrg00001', name: 'practice' } as const;

/** Listing and loading recipes (wire 2, 3). Mind the order: any single word after `workflow/` is read as a recipe id. */
export const RECIPE_ROUTES: readonly Route[] = [
  {
    method: 'GET',
    pattern: /^\/api\/v1\/workflow\/workflows$/,
    access: 'token',
    handle: ({ query }) => brokenList(query),
  },
  { method: 'POST', pattern: /^\/api\/v1\/mercenaries\/runscript\/runBlock$/, access: 'cookie', handle: blockList },
  {
    method: 'POST',
    pattern: /^\/api\/v1\/mercenaries\/runscript\/omni-core-collectionmanager:collection$/,
    access: 'cookie',
    handle: collection,
  },
  {
    method: 'POST',
    pattern: /^\/api\/v1\/mercenaries\/runscript\/([^/]+)$/,
    access: 'cookie',
    handle: ({ parameters }) => json(500, { error: `Invalid Script ${parameters[0] ?? ''}` }),
  },
  { method: 'GET', pattern: /^\/api\/v1\/workflow\/(?:download\/)?([^/]+)(?:\/.*)?$/, access: 'cookie', handle: load },
];

/** Never works in 1.0.4 (wire 2a). */
function brokenList(query: URLSearchParams): Reply {
  const limit = Number(query.get('limit') ?? 10);
  return limit < 1 || limit > 500 ? json(400, { error: 'Invalid pageSize' }) : notOk();
}

const ownerOf = (recipe: Recipe): string => (recipe.public ? PUBLIC : USERS.practice.id);

/** The own recipes, oldest first, after a placeholder (wire 2c). */
async function blockList({ request, session }: SignedInCall): Promise<Reply> {
  const body = await readJson(request);
  if (!body.ok || !isObject(body.value) || body.value.block !== 'omnitool.get_recipes') return notOk();
  const own = RECIPES.filter((recipe) => ownerOf(recipe) === session.userId);
  const models = own.map(({ name, id }) => ({ title: name, value: id }));
  return json(200, { models: [{ title: 'Select a recipe', value: 'invalid' }, ...models], ok: true });
}

/**
 * The script behind the web page's list (wire 2b): pages counted from 1 where page 0 is page 1 again, hidden recipes
 * taken out after paging, newest first within a page only, a quote in the filter fails as SQL.
 */
async function collection({ request, session }: SignedInCall): Promise<Reply> {
  const body = await readJson(request);
  if (!body.ok || !isObject(body.value) || body.value.type !== 'recipe') return empty();
  const { limit, cursor, filter, recipeOwner } = body.value;
  const wanted = typeof filter === 'string' ? filter : '';
  if (wanted.includes("'")) return json(500, { error: sqlError(wanted) });
  const size = Number(limit ?? 0) || 50;
  const page = Math.trunc(Number(cursor ?? 0) / size);
  const fitting = RECIPES.filter(
    (recipe) =>
      (recipeOwner !== 'user' || ownerOf(recipe) === session.userId) &&
      (recipeOwner !== 'public' || recipe.public) &&
      recipe.name.toLowerCase().includes(wanted.toLowerCase()),
  );
  const start = Math.max(page - 1, 0) * size;
  const shown = fitting.slice(start, start + size).filter((recipe) => !recipe.hidden);
  const items = shown.toSorted((one, other) => other.created - one.created);
  return json(200, { items: items.map((recipe) => ({ value: listed(recipe), type: 'recipe', currentPage: page })) });
}

function sqlError(filter: string): string {
  const next = /'\s*(\w+)/.exec(filter)?.[1];
  return next === undefined ? 'unrecognized token: "\'"' : `near "${next}": syntax error`;
}

/** `ui` says `false` whatever the recipe says (wire 2b). */
const listed = (recipe: Recipe) => ({
  id: recipe.id,
  canDelete: false,
  author: AUTHOR,
  created: recipe.created,
  description: recipe.description,
  name: recipe.name,
  ...(!recipe.public && { pictureUrl: 'omni.png' }),
  tags: recipe.tags,
  ...(recipe.public && { template: true }),
  updated: recipe.created,
  ui: takesChat(recipe) ? { chat: { enabled: false } } : {},
  owner: ownerOf(recipe),
  category: 'practice',
});

const takesChat = (recipe: Recipe): boolean => Object.values(recipe.nodes).some((node) => node.name === CHAT_INPUT);

/** Anybody signed in may load anybody's recipe (wire 3). */
function load({ parameters, session }: SignedInCall): Reply {
  const recipe = findRecipe(parameters[0]);
  if (recipe === null) return json(404, { error: 'Workflow not found' });
  const flags = recipe.public ? ['public', 'readonly'] : ownerOf(recipe) === session.userId ? ['owner'] : [];
  const workflow = {
    id: recipe.id,
    owner: ownerOf(recipe),
    ...(!recipe.public && { org: ORG }),
    meta: {
      name: recipe.name,
      author: AUTHOR,
      description: recipe.description,
      category: 'practice',
      help: recipe.help,
      created: recipe.created,
      updated: recipe.created,
      ...(!recipe.public && { pictureUrl: 'omni.png' }),
      tags: recipe.tags,
    },
    api: { fields: {} },
    ui: takesChat(recipe) ? { chat: { enabled: true } } : {},
    rete: { id: 'mercs@0.1.0', nodes: recipe.nodes },
  };
  return json(200, { success: 'ok', workflow, flags });
}
