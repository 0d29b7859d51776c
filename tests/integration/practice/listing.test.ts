import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { readPng } from '../../../electron/practice/pixels/picture.ts';
import { RECIPES } from '../../../electron/practice/recipes/catalogue.ts';
import { RECIPE } from '../../../electron/practice/recipes/ids.ts';
import { type PracticeOptions, type PracticeServer, startPracticeServer } from '../../../electron/practice/server.ts';
import { data, field, fields, list, send, textAt, Visitor } from '../../support/wire/visitor.ts';

const SCRIPT = '/api/v1/mercenaries/runscript/omni-core-collectionmanager:collection';

describe('listing recipes', () => {
  let server: PracticeServer;
  let visitor: Visitor;
  let other: Visitor;
  beforeAll(async () => {
    server = await startPracticeServer();
    visitor = await Visitor.enter(server);
    other = await Visitor.enter(server, await server.mintToken({ user: 'other' }));
  });
  afterAll(() => server.close());

  const page = async (query: Readonly<Record<string, unknown>>, by = visitor): Promise<readonly unknown[]> => {
    const answer = data(await by.post(SCRIPT, { type: 'recipe', filter: '', ...query }));
    return list(field(answer, 'items'));
  };
  const ids = (items: readonly unknown[]) => items.map((item) => textAt(item, 'value', 'id'));

  it('lists all but hidden recipes over its pages; page 0 is page 1', async () => {
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

  it('removes hidden recipes after paging, so a short page may not be the last', async () => {
    const last = Math.ceil(RECIPES.length / 5) * 5;
    const fives = Array.from({ length: last / 5 }, (_, index) => page({ limit: 5, cursor: (index + 1) * 5 }));
    const sizes = (await Promise.all(fives)).map(({ length }) => length);
    expect(sizes.slice(0, -1).some((size) => size < 5)).toBe(true);
  });

  it('sorts newest first within a page only', async () => {
    const [first, second] = [await page({ limit: 4, cursor: 4 }), await page({ limit: 4, cursor: 8 })];
    expect(ids(first)).toEqual([RECIPE.grey, RECIPE.thumbnailSheet, RECIPE.wordCount, RECIPE.echo]);
    expect(ids(second)).not.toContain(RECIPE.echo);
  });

  it('filters by owner', async () => {
    expect(ids(await page({ limit: 50, cursor: 50, recipeOwner: 'public' }))).toEqual([
      RECIPE.postcard,
      RECIPE.chatFiles,
      RECIPE.chatReport,
      RECIPE.chatOnly,
    ]);
    expect(await page({ limit: 50, cursor: 50, recipeOwner: 'user' }, other)).toEqual([]);
    const own = RECIPES.filter((recipe) => !recipe.public && !recipe.hidden);
    expect(await page({ limit: 50, cursor: 50, recipeOwner: 'user' })).toHaveLength(own.length);
  });

  it('gives the unusual replies of the real server', async () => {
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

  it('works with a block, and never with the plain route', async () => {
    const models = data(
      await visitor.post('/api/v1/mercenaries/runscript/runBlock', { block: 'omnitool.get_recipes', args: {} }),
    );
    expect(models).toMatchObject({ ok: true });
    const listed = list(field(models, 'models'));
    expect(listed).toHaveLength(1 + RECIPES.filter((recipe) => !recipe.public && !recipe.hidden).length);
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

describe('a server that is installed differently', () => {
  const start = async (options: PracticeOptions) => {
    const server = await startPracticeServer(options);
    onTestFinished(() => server.close());
    return [server, await Visitor.enter(server)] as const;
  };
  const BLOCK = { block: 'omnitool.get_recipes', args: {} };
  const RUN_BLOCK = '/api/v1/mercenaries/runscript/runBlock';
  const NO_SCRIPT = { status: 500, text: '{"error":"Invalid Script omni-core-collectionmanager:collection"}' };

  it('lists with the block only, without the collection extension', async () => {
    const [, visitor] = await start({ listing: 'block' });
    expect(await visitor.post(SCRIPT, { type: 'recipe' })).toMatchObject(NO_SCRIPT);
    expect((await visitor.post(RUN_BLOCK, BLOCK)).status).toBe(200);
    expect((await visitor.get('/api/v1/workflow/workflows')).status).toBe(500);
  });

  it('lists only ids, page by page, where the plain route works', async () => {
    const [, visitor] = await start({ listing: 'workflows' });
    expect(await visitor.post(SCRIPT, { type: 'recipe' })).toMatchObject(NO_SCRIPT);
    expect((await visitor.post(RUN_BLOCK, BLOCK)).status).toBe(500);
    const page = async (query: string) => data(await visitor.get(`/api/v1/workflow/workflows${query}`));
    const first = await page('?limit=30.7');
    expect(fields(first)).toEqual([
      'success',
      'workflows',
      'skipped',
      'remaining',
      'currBookmark',
      'nextBookmark',
      'prevBookmark',
    ]);
    expect(fields(list(field(first, 'workflows'))[0])).toEqual(['id', 'owner', 'canDelete', 'starred']);
    expect(first).toMatchObject({ remaining: RECIPES.length - 30, currBookmark: RECIPE.echo, prevBookmark: '' });
    const second = await page(`?limit=30&bookmark=${textAt(first, 'nextBookmark')}`);
    expect(second).toMatchObject({ remaining: 0, nextBookmark: '', prevBookmark: '' });
    const seen = [first, second].flatMap((answer) =>
      list(field(answer, 'workflows')).map((item) => textAt(item, 'id')),
    );
    expect(seen).toEqual(RECIPES.map(({ id }) => id));
    expect(list(field(await page(''), 'workflows'))).toHaveLength(10);
    expect((await visitor.get('/api/v1/workflow/workflows?bookmark=nope')).status).toBe(500);
  });

  it('lists any number of generated recipes, and those for tests with showAll', async () => {
    const [server, visitor] = await start({ moreRecipes: 1_000, showAll: true });
    expect(server.recipes).toHaveLength(RECIPES.length + 999);
    const seen = new Set<string>();
    for (const cursor of [500, 1_000, 1_500]) {
      const answer = data(await visitor.post(SCRIPT, { type: 'recipe', limit: 500, cursor }));
      for (const item of list(field(answer, 'items'))) seen.add(textAt(item, 'value', 'id'));
    }
    expect(seen).toEqual(new Set(server.recipes.map(({ id }) => id)));
  });

  it('lists changed recipes, also after a restart', async () => {
    const [server, visitor] = await start({});
    const listed = async () => list(field(data(await visitor.post(SCRIPT, { type: 'recipe', limit: 500 })), 'items'));
    const entryOf = async (id: string) => (await listed()).find((item) => textAt(item, 'value', 'id') === id);
    server.recipeBook.change(RECIPE.echo, { name: 'Parrot' });
    server.recipeBook.remove(RECIPE.grey);
    const added = server.recipeBook.add(RECIPE.wordCount, { name: 'Counted' });
    await server.restart();
    expect(await entryOf(RECIPE.echo)).toMatchObject({ value: { name: 'Parrot' } });
    expect(await entryOf(RECIPE.grey)).toBeUndefined();
    expect(await entryOf(added.id)).toMatchObject({ value: { name: 'Counted', updated: added.updated } });
    expect((await visitor.get(`/api/v1/workflow/${RECIPE.grey}`)).status).toBe(404);
    expect((await visitor.post('/api/v1/workflow/exec', { workflow: RECIPE.grey })).status).toBe(500);
  });

  it('serves the pictures of its list', async () => {
    const [, visitor] = await start({});
    const items = list(field(data(await visitor.post(SCRIPT, { type: 'recipe', limit: 500 })), 'items'));
    const urls = items.map((item) => field(field(item, 'value'), 'pictureUrl'));
    expect(urls).toContain('omni.png');
    expect(urls).toContain(undefined);
    const url = new URL(String(urls.find((each) => String(each).startsWith('http'))));
    const picture = await send(url.origin, 'GET', url.pathname);
    expect(picture.headers.get('content-type')).toBe('image/png');
    expect(readPng(picture.bytes)).toMatchObject({ width: 160, height: 160 });
    expect((await send(url.origin, 'GET', url.pathname.replace(/[^/]+\.png/, 'none.png'))).status).toBe(404);
  });
});

describe('loading a recipe', () => {
  it('flags recipes of the owner, of another user and public ones', async () => {
    const server = await startPracticeServer();
    const owner = await Visitor.enter(server);
    const other = await Visitor.enter(server, await server.mintToken({ user: 'other' }));
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
