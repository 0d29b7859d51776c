import { buildRecipeIndex, searchRecipes } from '../../electron/contract/recipe-search.ts';
import type { RecipeView } from '../../electron/contract/views.ts';
import type { Core } from '../../electron/core/app/core.ts';
import {
  ANY_TOKEN,
  COLLECTION,
  manyRecipes,
  type RecipeServer,
  type ScriptedRecipe,
  startRecipeServer,
} from '../support/recipe-server.ts';
import { connectTo, makeHome, openCore } from '../support/test-core.ts';
import { type Line, median } from './table.ts';

const COUNT = 1_000;
const ROUNDS = 9;
const PAGE = 500;

const WORDS = ['Picture', 'Résumé', 'Word', 'count', 'upscale', 'Übersetzen', 'grey', 'voice', 'from', 'text'];
const words = (seed: number, count: number): string =>
  Array.from({ length: count }, (_, index) => WORDS[(seed * 7 + index * (seed % 5)) % WORDS.length]).join(' ');

/** Named and described at the length that real ones are, with help that no list should have to read. */
const RECIPES: readonly ScriptedRecipe[] = manyRecipes(COUNT).map((recipe, index) => ({
  ...recipe,
  name: `${words(index, 3)} ${String(index)}`,
  description: words(index + 1, 20),
  help: words(index, 500),
}));

/**
 * A thousand recipes: from the start of the program to their list being there, beside asking the server for it; and what
 * a keystroke in the search costs, beside looking through the texts each time.
 */
export async function measureCatalogue(): Promise<readonly Line[]> {
  const home = await makeHome();
  const server = await startRecipeServer(RECIPES);
  try {
    const recipes = await fill(openCore(home), server);
    const times = { omnitray: [] as number[], plain: [] as number[] };
    for (let round = 0; round < ROUNDS; round += 1) {
      const start = performance.now();
      const core = openCore(home);
      const listed = core.catalogue.view.recipes.length;
      times.omnitray.push(performance.now() - start);
      core.close();
      if (listed !== COUNT) throw new Error('The list was not there.');
      const asked = performance.now();
      await listPlainly(server.origin);
      times.plain.push(performance.now() - asked);
    }
    return [
      { what: 'list of 1,000 recipes at start, ms', omnitray: median(times.omnitray), plain: median(times.plain) },
      { what: 'keystroke over 1,000 recipes, ms', ...measureSearch(recipes) },
    ];
  } finally {
    await server.close();
    await home.remove();
  }
}

/** Has every recipe listed and learned. */
async function fill(core: Core, server: RecipeServer): Promise<readonly RecipeView[]> {
  let learned = 0;
  const { promise, resolve } = Promise.withResolvers<undefined>();
  core.catalogue.onUpdated((some) => {
    learned += some.length;
    if (learned >= COUNT) resolve(undefined);
  });
  await connectTo(core, server.origin, ANY_TOKEN);
  await promise;
  const { recipes } = core.catalogue.view;
  core.close();
  return recipes;
}

/** As the web page does it: page after page, until an empty one. */
async function listPlainly(origin: string): Promise<number> {
  const [method = '', path = ''] = COLLECTION.split(' ');
  let count = 0;
  for (let page = 1; ; page += 1) {
    const body = JSON.stringify({ type: 'recipe', limit: PAGE, cursor: page * PAGE, filter: '' });
    const headers = { 'content-type': 'application/json' };
    const { items } = (await (await fetch(origin + path, { method, headers, body })).json()) as { items: unknown[] };
    if (items.length === 0) return count;
    count += items.length;
  }
}

function measureSearch(recipes: readonly RecipeView[]): Pick<Line, 'omnitray' | 'plain'> {
  const typed = 'resume count 99';
  const queries = Array.from(typed, (_, index) => typed.slice(0, index + 1));
  const index = buildRecipeIndex(recipes);
  const perKey = (search: (query: string) => readonly RecipeView[]): number => {
    const times = Array.from({ length: ROUNDS }, () => {
      const start = performance.now();
      for (const query of queries) search(query);
      return (performance.now() - start) / queries.length;
    });
    return median(times);
  };
  return {
    omnitray: perKey((query) => searchRecipes(index, query)),
    plain: perKey((query) => scan(recipes, query)),
  };
}

/** The same without preparing anything. */
function scan(recipes: readonly RecipeView[], query: string): readonly RecipeView[] {
  const fold = (text: string): string => text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase();
  const wanted = fold(query).split(/\s+/u);
  return recipes.filter((recipe) => {
    const text = fold([recipe.name, recipe.description, recipe.author, ...recipe.tags].join(' '));
    return wanted.every((word) => text.includes(word));
  });
}
