import { json, type Reply } from '../http/reply.ts';
import type { Route, SignedInCall } from '../http/router.ts';
import { drawMark } from '../pixels/mark.ts';
import { blank, writePng } from '../pixels/picture.ts';
import { drawnPicture } from '../recipes/catalogue.ts';
import type { RecipeBook } from '../recipes/recipe-book.ts';
import { AUTHOR, ownerOf, pictureUrl, uiOf } from './recipe-words.ts';

const ORG = { id: 'practiceOrg00001', name: 'practice' } as const;

/** Loading a recipe (wire 3), and the pictures that listings point to. */
export const recipeRoutes = (book: RecipeBook, origin: () => string): readonly Route[] => [
  {
    method: 'GET',
    pattern: new RegExp(`^${drawnPicture('([^/]+)').replace('.', '\\.')}$`),
    access: 'open',
    handle: ({ parameters }) => picture(book, parameters[0]),
  },
  {
    method: 'GET',
    pattern: /^\/api\/v1\/workflow\/(?:download\/)?([^/]+)(?:\/.*)?$/,
    access: 'cookie',
    handle: (call) => load(book, origin(), call),
  },
];

/** A signed-in user may load recipes of all users (wire 3). */
function load(book: RecipeBook, origin: string, { parameters, session }: SignedInCall): Reply {
  const recipe = book.find(parameters[0]);
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
      updated: recipe.updated,
      ...pictureUrl(recipe, origin),
      tags: recipe.tags,
    },
    api: { fields: {} },
    ui: uiOf(recipe, true),
    rete: { id: 'mercs@0.1.0', nodes: recipe.nodes },
  };
  return json(200, { success: 'ok', workflow, flags });
}

const SIDE = 160;
const MARGIN = 20;

/** Draws the mark of a recipe on a light square. */
function picture(book: RecipeBook, id: string | undefined): Reply {
  const recipe = book.find(id);
  if (recipe === null) return json(404, { error: 'Picture not found' });
  const page = blank(SIDE, SIDE, [244, 244, 240]);
  drawMark(page, recipe.id, { left: MARGIN, top: MARGIN, side: SIDE - 2 * MARGIN });
  const body = writePng(page);
  return { status: 200, headers: { 'content-type': 'image/png', 'content-length': String(body.length) }, body };
}
