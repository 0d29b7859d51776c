import { expect } from 'vitest';
import { RECIPE } from '../../electron/practice/recipes/ids.ts';
import { startPracticeServer } from '../../electron/practice/server.ts';
import { data, field, list, textAt, Visitor } from '../support/wire/visitor.ts';
import { COLLECTION, RECIPE_BLOCK, RUN_BLOCK, type Stage } from './stage.ts';
import { conformance } from './statement.ts';

const { statement, onPractice } = conformance();
const WORKFLOWS = '/api/v1/workflow/workflows';

const page = async ({ visitor }: Stage, query: Readonly<Record<string, unknown>>) => {
  const answer = await visitor.post(COLLECTION, { type: 'recipe', filter: '', ...query });
  return list(field(data(answer), 'items')).map((item) => field(item, 'value'));
};
const ids = (recipes: readonly unknown[]) => recipes.map((recipe) => textAt(recipe, 'id'));
/** More than any server has. */
const PAST_THE_END = 500_000;

statement(
  '2a',
  'the plain route answers with recipes by id, or with a failure to fall back from',
  [],
  async (stage) => {
    const answer = await stage.visitor.get(WORKFLOWS);
    if (answer.status === 200) ids(list(field(data(answer), 'workflows')));
    else expect([answer.status, answer.text]).toEqual([500, '{"ok":false}']);
  },
);

statement('2a', 'a page of no size, or over 500, is 400', [], async ({ visitor }) => {
  for (const limit of [0, -1, 501]) {
    const answer = await visitor.get(`${WORKFLOWS}?limit=${limit}`);
    expect([answer.status, answer.text]).toEqual([400, '{"error":"Invalid pageSize"}']);
  }
});

const INSTALLED = 'needs a server that is installed in another way';

onPractice('2a', 'where the plain route works, bookmarks lead through all recipes', INSTALLED, async () => {
  const server = await startPracticeServer({ listing: 'workflows' });
  const visitor = await Visitor.enter(server);
  const seen: string[] = [];
  let next = '';
  do {
    const answer = data(await visitor.get(`${WORKFLOWS}?limit=12&bookmark=${next}`));
    for (const item of list(field(answer, 'workflows'))) {
      expect(item).not.toHaveProperty('name');
      seen.push(textAt(item, 'id'));
    }
    next = textAt(answer, 'nextBookmark');
  } while (next !== '');
  expect(new Set(seen).size).toBe(seen.length);
  expect(seen).toEqual(expect.arrayContaining(server.recipes.map(({ id }) => id)));
  await server.close();
});

statement(
  '2b',
  'a listed recipe has id, name, description, owner, tags and the time of its change',
  ['collection'],
  async (stage) => {
    for (const recipe of await page(stage, { limit: 500, cursor: 500 })) {
      for (const key of ['id', 'name', 'description', 'owner']) textAt(recipe, key);
      list(field(recipe, 'tags'));
      expect(typeof field(recipe, 'updated')).toBe('number');
    }
  },
);

statement('2b', 'page 0 is page 1 again', ['collection'], async (stage) => {
  expect(ids(await page(stage, { limit: 4, cursor: 0 }))).toEqual(ids(await page(stage, { limit: 4, cursor: 4 })));
});

statement(
  '2b',
  'pages of any size lead to the same recipes, and an empty page is the end',
  ['collection'],
  async (stage) => {
    const walk = async (limit: number) => {
      const seen = new Set<string>();
      for (let cursor = limit; ; cursor += limit) {
        const items = await page(stage, { limit, cursor });
        // A page with hidden recipes only would look like the end; no page of 20 has hidden ones only.
        if (items.length === 0) return seen;
        for (const id of ids(items)) seen.add(id);
      }
    };
    expect(await walk(20)).toEqual(await walk(500));
  },
);

statement('2b', 'past the end there are no items', ['collection'], async (stage) => {
  expect(await page(stage, { limit: 500, cursor: PAST_THE_END })).toEqual([]);
});

onPractice(
  '2b',
  'a page may be short without being the last',
  'needs a hidden recipe at a known place',
  async (_, stage) => {
    const [third, fourth] = [await page(stage, { limit: 5, cursor: 15 }), await page(stage, { limit: 5, cursor: 20 })];
    expect([third.length, fourth.length]).toEqual([4, 5]);
  },
);

statement('2b', 'public recipes are owned by -----public----- and are templates', ['collection'], async (stage) => {
  for (const recipe of await page(stage, { limit: 500, cursor: 500, recipeOwner: 'public' })) {
    expect(recipe).toMatchObject({ owner: '-----public-----', template: true });
  }
});

statement('2b', 'own recipes are owned by the user', ['collection'], async (stage) => {
  const owners = (await page(stage, { limit: 500, cursor: 500, recipeOwner: 'user' })).map((recipe) =>
    textAt(recipe, 'owner'),
  );
  expect(owners).not.toContain('-----public-----');
});

statement(
  '2b',
  'a quote in the filter breaks the query: filter here, not there',
  ['collection'],
  async ({ visitor }) => {
    const answer = await visitor.post(COLLECTION, { type: 'recipe', limit: 5, cursor: 5, filter: "o'b" });
    expect([answer.status, answer.text]).toEqual([500, '{"error":"near \\"b\\": syntax error"}']);
  },
);

statement('2b', 'a picture is a file name or a URL, or there is none', ['collection'], async (stage) => {
  for (const recipe of await page(stage, { limit: 500, cursor: 500 })) {
    expect(['string', 'undefined']).toContain(typeof field(recipe, 'pictureUrl'));
  }
});

statement('2b', 'a script that is not installed is 500 and named', [], async ({ visitor }) => {
  const answer = await visitor.post('/api/v1/mercenaries/runscript/nosuch:collection', { type: 'recipe' });
  expect([answer.status, answer.text]).toEqual([500, '{"error":"Invalid Script nosuch:collection"}']);
});

onPractice(
  '2b',
  'a change is listed with a later time, a deleted recipe not at all',
  'changes recipes',
  async (practice, stage) => {
    const find = async (id: string) =>
      (await page(stage, { limit: 500, cursor: 500 })).find((recipe) => field(recipe, 'id') === id);
    const before = Number(field(await find(RECIPE.joinText), 'updated'));
    practice.recipeBook.change(RECIPE.joinText, { description: 'Changed.' });
    const after = await find(RECIPE.joinText);
    expect(after).toMatchObject({ description: 'Changed.' });
    expect(Number(field(after, 'updated'))).toBeGreaterThan(before);
    practice.recipeBook.remove(RECIPE.joinText);
    expect(await find(RECIPE.joinText)).toBeUndefined();
  },
);

statement('2c', 'the block names recipes after a placeholder', ['block'], async ({ visitor }) => {
  const [first, ...models] = list(field(data(await visitor.post(RUN_BLOCK, RECIPE_BLOCK)), 'models'));
  expect(first).toMatchObject({ value: 'invalid' });
  for (const model of models) expect(textAt(model, 'title') + textAt(model, 'value')).not.toBe('');
});

statement('2c', 'the block names the user’s own recipes only', ['block', 'collection'], async (stage) => {
  const shared = new Set(ids(await page(stage, { limit: 500, cursor: 500, recipeOwner: 'public' })));
  const models = list(field(data(await stage.visitor.post(RUN_BLOCK, RECIPE_BLOCK)), 'models'));
  expect(models.filter((model) => shared.has(textAt(model, 'value')))).toEqual([]);
});

onPractice('2c', 'the block is there without the collection extension', INSTALLED, async () => {
  const server = await startPracticeServer({ listing: 'block' });
  const visitor = await Visitor.enter(server);
  expect((await visitor.post(COLLECTION, { type: 'recipe' })).status).toBe(500);
  expect((await visitor.post(RUN_BLOCK, RECIPE_BLOCK)).status).toBe(200);
  await server.close();
});
