import { type Act, json, type ScriptedServer, startScriptedServer, text } from './scripted-server.ts';

export const COLLECTION = 'POST /api/v1/mercenaries/runscript/omni-core-collectionmanager:collection';
export const RUN_BLOCK = 'POST /api/v1/mercenaries/runscript/runBlock';
export const LOAD = 'GET /api/v1/workflow/*';
export const JOBS = 'GET /api/v1/workflow/jobs';

/** What a token that may run every recipe says; nobody checks its signature here. */
const part = (claims: object): string => Buffer.from(JSON.stringify(claims)).toString('base64url');
export const ANY_TOKEN = [
  part({ alg: 'HS256' }),
  part({ scopes: [{ action: 'exec', subject: 'Workflow' }], iat: 1_795_454_978 }),
  'A'.repeat(43),
].join('.');

/** A recipe of the scripted server; chat input to recipe output unless it says otherwise. */
export interface ScriptedRecipe {
  readonly id: string;
  readonly name?: string;
  readonly description?: string;
  readonly updated?: number;
  readonly public?: boolean;
  readonly help?: string;
  readonly nodes?: Readonly<Record<string, unknown>>;
}

export interface RecipeServer extends ScriptedServer {
  /** What it has from now on. */
  setRecipes(recipes: readonly ScriptedRecipe[]): void;
  /** The ids of the recipes that were loaded, in order. */
  loads(): readonly string[];
}

/** A server of as many recipes as a test wants, that can change while it runs. */
export async function startRecipeServer(first: readonly ScriptedRecipe[]): Promise<RecipeServer> {
  let recipes = first;
  const scripted = await startScriptedServer();
  const cookie = { 'set-cookie': 'sessionId=shared; Path=/' };
  const load: Act = (response, asked, request) => {
    const recipe = recipes.find(({ id }) => asked.url.endsWith(`/${id}`));
    const answer = recipe === undefined ? json(404, { error: 'Workflow not found' }) : json(200, loaded(recipe));
    return answer(response, asked, request);
  };
  scripted
    .on('GET /version', text(200, '1.0.4'))
    .on(JOBS, json(200, { jobs: [] }, cookie))
    .on(COLLECTION, (response, asked, request) => {
      const { cursor, limit } = JSON.parse(asked.body.toString()) as { cursor: number; limit: number };
      const start = (Math.max(1, Math.trunc(cursor / limit)) - 1) * limit;
      return json(200, { items: recipes.slice(start, start + limit).map(listed) })(response, asked, request);
    })
    .on(LOAD, load);
  return Object.assign(scripted, {
    setRecipes: (next: readonly ScriptedRecipe[]) => {
      recipes = next;
    },
    loads: () =>
      scripted
        .askedFor(LOAD)
        .map(({ url }) => url.split('/').at(-1) ?? '')
        .filter((id) => id !== 'jobs'),
  });
}

const ownerOf = (recipe: ScriptedRecipe): string => (recipe.public === true ? '-----public-----' : 'user-1');

const wordsOf = ({ id, name = `Recipe ${id}`, description = `Does ${id}`, updated = 1 }: ScriptedRecipe) => ({
  name,
  description,
  author: 'Ada',
  tags: ['#test'],
  updated,
});

const listed = (recipe: ScriptedRecipe) => ({
  type: 'recipe',
  value: { id: recipe.id, owner: ownerOf(recipe), ...wordsOf(recipe) },
});

const loaded = (recipe: ScriptedRecipe) => ({
  success: 'ok',
  flags: recipe.public === true ? ['public'] : ['owner'],
  workflow: {
    id: recipe.id,
    owner: ownerOf(recipe),
    meta: { ...wordsOf(recipe), category: 'test', help: recipe.help ?? 'Some **help**' },
    rete: { nodes: recipe.nodes ?? ECHO },
  },
});

/** Chat input to recipe output, for text. */
const ECHO = {
  '1': {
    id: 1,
    name: 'omnitool.chat_input',
    data: {},
    inputs: {},
    outputs: { text: { connections: [{ node: 2, input: 'text', data: {} }] } },
  },
  '2': {
    id: 2,
    name: 'omnitool.recipe_output',
    data: { 'x-omni-title': 'The end' },
    inputs: { text: { connections: [{ node: 1, output: 'text', data: {} }] } },
    outputs: {},
  },
};

/** As many recipes as that, by numbers. */
export const manyRecipes = (count: number): readonly ScriptedRecipe[] =>
  Array.from({ length: count }, (_, index) => ({ id: `r${String(index)}`, public: index % 2 === 1 }));
