import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RECIPES } from '../../../electron/practice/recipes/catalogue.ts';
import { RECIPE } from '../../../electron/practice/recipes/ids.ts';
import { type PracticeServer, startPracticeServer } from '../../../electron/practice/server.ts';
import { data, field, list, textAt, Visitor } from './visitor.ts';

const SCRIPT = '/api/v1/mercenaries/runscript/omni-core-collectionmanager:collection';

describe('listing recipes', () => {
  let server: PracticeServer;
  let visitor: Visitor;
  let other: Visitor;
  beforeAll(async () => {
    server = await startPracticeServer();
    visitor = await Visitor.enter(server);
    other = await Visitor.enter(server, server.mintToken({ user: 'other' }));
  });
  afterAll(() => server.close());

  const page = async (query: Readonly<Record<string, unknown>>, by = visitor): Promise<readonly unknown[]> => {
    const answer = data(await by.post(SCRIPT, { type: 'recipe', filter: '', ...query }));
    return list(field(answer, 'items'));
  };
  const ids = (items: readonly unknown[]) => items.map((item) => textAt(item, 'value', 'id'));

  it('gives all but the hidden ones when its pages are walked, page 0 being page 1', async () => {
    const seen: string[] = [];
    for (let cursor = 4; ; cursor += 4) {
      const items = await page({ limit: 4, cursor });
      if (items.length === 0) break;
      seen.push(...ids(items));
    }
    expect(new Set(seen)).toEqual(new Set(RECIPES.flatMap(({ id, hidden }) => (hidden ? [] : [id]))));
    expect(new Set(seen)).toEqual(new Set(server.recipes.map(({ id }) => id)));
    expect(ids(await page({ limit: 4, cursor: 0 }))).toEqual(ids(await page({ limit: 4, cursor: 4 })));
  });

  it('takes hidden ones out after paging, so that a short page is not the last', async () => {
    const last = Math.ceil(RECIPES.length / 5) * 5;
    expect(await page({ limit: 5, cursor: last })).toHaveLength(4);
  });

  it('sorts newest first within a page only', async () => {
    const [first, second] = [await page({ limit: 4, cursor: 4 }), await page({ limit: 4, cursor: 8 })];
    expect(ids(first)).toEqual([RECIPE.grey, RECIPE.thumbnailSheet, RECIPE.wordCount, RECIPE.echo]);
    expect(ids(second)).not.toContain(RECIPE.echo);
  });

  it('knows owners', async () => {
    expect(ids(await page({ limit: 50, cursor: 50, recipeOwner: 'public' }))).toEqual([RECIPE.chatOnly]);
    expect(await page({ limit: 50, cursor: 50, recipeOwner: 'user' }, other)).toEqual([]);
    expect(await page({ limit: 50, cursor: 50, recipeOwner: 'user' })).toHaveLength(13);
  });

  it('has its odd answers', async () => {
    expect(await visitor.post(SCRIPT, {})).toMatchObject({ status: 200, text: '' });
    expect(await visitor.post(SCRIPT, { type: 'recipe', filter: "o'b" })).toMatchObject({
      status: 500,
      text: '{"error":"near \\"b\\": syntax error"}',
    });
    expect(ids(await page({ limit: 0, cursor: 0, filter: 'echo' }))).toEqual([RECIPE.echo]);
    expect(await visitor.post('/api/v1/mercenaries/runscript/no:such', {})).toMatchObject({
      status: 500,
      text: '{"error":"Invalid Script no:such"}',
    });
  });

  it('has a block for it, and a route that never works', async () => {
    const models = data(
      await visitor.post('/api/v1/mercenaries/runscript/runBlock', { block: 'omnitool.get_recipes', args: {} }),
    );
    expect(models).toMatchObject({ ok: true });
    const listed = list(field(models, 'models'));
    expect(listed).toHaveLength(14);
    expect(listed.slice(0, 2)).toEqual([
      { title: 'Select a recipe', value: 'invalid' },
      { title: 'Echo', value: RECIPE.echo },
    ]);
    expect(await visitor.get('/api/v1/workflow/workflows')).toMatchObject({ status: 500, text: '{"ok":false}' });
    for (const limit of ['0', '-1', '501']) {
      const answer = await visitor.get(`/api/v1/workflow/workflows?limit=${limit}`);
      expect(answer).toMatchObject({ status: 400, text: '{"error":"Invalid pageSize"}' });
    }
  });
});

describe('loading a recipe', () => {
  it('tells the owner, a stranger and a public one apart', async () => {
    const server = await startPracticeServer();
    const owner = await Visitor.enter(server);
    const other = await Visitor.enter(server, server.mintToken({ user: 'other' }));
    const load = async (by: Visitor, id: string) => data(await by.get(`/api/v1/workflow/${id}`));
    expect(await load(owner, RECIPE.wordCount)).toMatchObject({
      success: 'ok',
      flags: ['owner'],
      workflow: { id: RECIPE.wordCount, owner: 'practiceUser0001', meta: { name: 'Word count', author: 'OmniTray' } },
    });
    expect(await load(other, RECIPE.wordCount)).toMatchObject({ flags: [] });
    const shared = await load(other, RECIPE.chatOnly);
    expect(shared).toMatchObject({ flags: ['public', 'readonly'], workflow: { owner: '-----public-----' } });
    expect(field(shared, 'workflow')).not.toHaveProperty('org');
    expect(await owner.get('/api/v1/workflow/11111111-1111-1111-1111-111111111111')).toMatchObject({
      status: 404,
      text: '{"error":"Workflow not found"}',
    });
    await server.close();
  });
});
