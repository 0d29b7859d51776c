import { describe, expect, it } from 'vitest';
import { html, json, reset, text, type Act } from '../../support/scripted-server.ts';
import { clientOf, failureOf, scripted, unauthorized } from './client.ts';

const COLLECTION = 'POST /api/v1/mercenaries/runscript/omni-core-collectionmanager:collection';
const RUN_BLOCK = 'POST /api/v1/mercenaries/runscript/runBlock';
const WORKFLOWS = 'GET /api/v1/workflow/workflows';
const missingScript = json(500, { error: 'Invalid Script omni-core-collectionmanager:collection' });

const item = (id: string, more: object = {}) => ({
  type: 'recipe',
  value: { id, name: `Recipe ${id}`, owner: 'user-1', updated: 5, ...more },
});

/** Pages as on the server: counted from 1, page 0 equals page 1, empty after the last. */
const paged =
  (pages: readonly (readonly unknown[])[]): Act =>
  (response, asked, request) => {
    const { cursor, limit } = JSON.parse(asked.body.toString()) as { cursor: number; limit: number };
    const page = Math.max(1, Math.trunc(cursor / limit));
    return json(200, { items: pages[page - 1] ?? [] })(response, asked, request);
  };

describe('listing recipes', () => {
  it('reads all pages, short ones too, and lists each recipe once', async () => {
    const pages = [[item('a'), item('b')], [item('b')].concat(item('c')), [item('d'), { type: 'recipe', value: {} }]];
    const server = (await scripted()).on(COLLECTION, paged(pages));
    const { recipes, way, complete } = await clientOf(server.origin).listRecipes();
    expect(recipes.map(({ id }) => id)).toEqual(['a', 'b', 'c', 'd']);
    expect({ way, complete }).toEqual({ way: 'collection', complete: true });
    expect(server.askedFor(COLLECTION).map(({ body }) => JSON.parse(body.toString()) as unknown)).toEqual(
      [500, 1_000, 1_500, 2_000].map((cursor) => ({ type: 'recipe', limit: 500, cursor, filter: '' })),
    );
  });

  it('separates the user’s own recipes from public ones, and fills in missing fields', async () => {
    const page = [
      item('own', { author: 'Me', description: 'Does it', tags: ['#a', 5, '#b'], pictureUrl: 'omni.png', created: 4 }),
      item('public', { owner: '-----public-----', template: true, name: undefined, updated: undefined }),
    ];
    const server = (await scripted()).on(COLLECTION, paged([page]));
    expect((await clientOf(server.origin).listRecipes()).recipes).toEqual([
      {
        id: 'own',
        name: 'Recipe own',
        description: 'Does it',
        author: 'Me',
        tags: ['#a', '#b'],
        owner: 'user-1',
        mine: true,
        pictureUrl: 'omni.png',
        createdAt: 4,
        updatedAt: 5,
      },
      {
        id: 'public',
        name: 'public',
        description: '',
        author: '',
        tags: [],
        owner: '-----public-----',
        mine: false,
        pictureUrl: null,
        createdAt: null,
        updatedAt: null,
      },
    ]);
  });

  it('ends on a server that repeats one page for ever', async () => {
    const server = (await scripted()).on(COLLECTION, json(200, { items: [item('a')] }));
    const { recipes, complete } = await clientOf(server.origin).listRecipes();
    expect({ count: recipes.length, complete }).toEqual({ count: 1, complete: true });
    expect(server.askedFor(COLLECTION)).toHaveLength(2);
  });

  it('ends on a server with endless pages', async () => {
    let next = 0;
    const server = (await scripted()).on(COLLECTION, (...seen) =>
      json(200, { items: [item(`r${String(next++)}`)] })(...seen),
    );
    const { recipes, complete } = await clientOf(server.origin).listRecipes();
    expect({ count: recipes.length, complete }).toEqual({ count: 40, complete: false });
  });

  it('falls back to the block when the extension is missing', async () => {
    const models = [
      { title: 'Select a recipe', value: 'invalid' },
      { title: 'One', value: 'a' },
      { title: 'One again', value: 'a' },
      { title: '', value: 'b' },
    ];
    const server = (await scripted()).on(COLLECTION, missingScript).on(RUN_BLOCK, json(200, { models, ok: true }));
    const { recipes, way, complete } = await clientOf(server.origin).listRecipes();
    expect(recipes.map(({ id, name, mine }) => ({ id, name, mine }))).toEqual([
      { id: 'a', name: 'One', mine: true },
      { id: 'b', name: 'b', mine: true },
    ]);
    // Public recipes are never among them.
    expect({ way, complete }).toEqual({ way: 'block', complete: false });
  });

  it('reports the first failure when no way works', async () => {
    const server = (await scripted())
      .on(COLLECTION, missingScript)
      .on(RUN_BLOCK, json(500, { ok: false }))
      .on(WORKFLOWS, json(500, { ok: false }));
    expect(await failureOf(clientOf(server.origin).listRecipes())).toMatchObject({
      code: 'server-error',
      path: '/api/v1/mercenaries/runscript/omni-core-collectionmanager:collection',
    });
    expect(server.askedFor(WORKFLOWS)).toHaveLength(1);
  });

  it.each([
    ['is away', reset, 'unreachable'],
    ['is behind a gateway that lost it', html(502), 'server-error'],
    ['refuses', unauthorized, 'unauthorized'],
    ['is somebody else', html(200), 'not-omnitool'],
  ])('asks no second way when the server %s', async (_what, answer, code) => {
    const server = (await scripted()).on(COLLECTION, answer);
    expect(await failureOf(clientOf(server.origin).listRecipes())).toMatchObject({ code });
    expect(server.askedFor(RUN_BLOCK)).toEqual([]);
    expect(server.askedFor(WORKFLOWS)).toEqual([]);
  });
});

describe('the documented way to list', () => {
  /** Pages by bookmark, as on a server that has that call (wire 2a). */
  const bookmarked =
    (pages: readonly (readonly object[])[]): Act =>
    (response, asked, request) => {
      const page = Number(new URL(asked.url, 'http://x').searchParams.get('bookmark')?.slice(1) ?? 0);
      const nextBookmark = page + 1 < pages.length ? `p${String(page + 1)}` : '';
      const body = { success: 'ok', workflows: pages[page] ?? [], skipped: 0, nextBookmark, prevBookmark: '' };
      return json(200, body)(response, asked, request);
    };
  const without = async () =>
    (await scripted()).on(COLLECTION, missingScript).on(RUN_BLOCK, json(500, { error: 'Invalid Script runBlock' }));

  it('is tried last, and its pages are read by bookmark', async () => {
    const pages = [
      [
        { id: 'a', owner: 'You', canDelete: true, starred: false },
        { id: 'b', owner: 'mercenaries.ai' },
      ],
      [{ id: 'b', owner: 'mercenaries.ai' }, { owner: 'You' }, { id: 'c', owner: '-----public-----' }],
    ];
    const server = (await without()).on(WORKFLOWS, bookmarked(pages));
    const { recipes, way, complete } = await clientOf(server.origin).listRecipes();
    expect(recipes.map(({ id, name, mine }) => ({ id, name, mine }))).toEqual([
      { id: 'a', name: 'a', mine: true },
      { id: 'b', name: 'b', mine: false },
      { id: 'c', name: 'c', mine: false },
    ]);
    expect({ way, complete }).toEqual({ way: 'workflows', complete: true });
    expect(server.askedFor(WORKFLOWS).map(({ url }) => url.split('?')[1])).toEqual([
      'limit=500',
      'limit=500&bookmark=p1',
    ]);
  });

  it('uses the texts that a server gives', async () => {
    const meta = {
      name: 'One',
      description: 'Does it',
      author: 'Me',
      tags: ['#a'],
      pictureUrl: '/fid/1',
      created: 1,
      updated: 2,
    };
    const server = (await without()).on(
      WORKFLOWS,
      bookmarked([
        [
          { id: 'a', owner: 'You', meta },
          { id: 'b', owner: 'You', meta: 5 },
        ],
      ]),
    );
    expect((await clientOf(server.origin).listRecipes()).recipes).toMatchObject([
      {
        id: 'a',
        name: 'One',
        description: 'Does it',
        author: 'Me',
        tags: ['#a'],
        pictureUrl: '/fid/1',
        createdAt: 1,
        updatedAt: 2,
      },
      { id: 'b', name: 'b', description: '', updatedAt: null },
    ]);
  });

  it('ends on a server with circular bookmarks', async () => {
    const circle = { workflows: [{ id: 'a', owner: 'You' }], nextBookmark: 'a' };
    const server = (await without()).on(WORKFLOWS, json(200, circle));
    expect((await clientOf(server.origin).listRecipes()).recipes).toHaveLength(1);
    expect(server.askedFor(WORKFLOWS)).toHaveLength(2);
  });

  it('is tried first after it worked', async () => {
    const server = (await without()).on(WORKFLOWS, bookmarked([[{ id: 'a', owner: 'You' }]]));
    const client = clientOf(server.origin);
    await client.listRecipes();
    await client.listRecipes();
    expect([COLLECTION, RUN_BLOCK, WORKFLOWS].map((route) => server.askedFor(route).length)).toEqual([1, 1, 2]);
    server.on(WORKFLOWS, json(500, { ok: false })).on(COLLECTION, paged([[item('b')]]));
    expect((await client.listRecipes()).recipes.map(({ id }) => id)).toEqual(['b']);
  });

  it('and the whole script are tried before the block at the next listing', async () => {
    const models = [{ title: 'One', value: 'a' }];
    const server = (await scripted()).on(COLLECTION, missingScript).on(RUN_BLOCK, json(200, { models }));
    const client = clientOf(server.origin);
    expect((await client.listRecipes()).way).toBe('block');
    server.on(COLLECTION, paged([[item('a')]]));
    expect((await client.listRecipes()).way).toBe('collection');
  });
});

describe('loading a recipe', () => {
  const ROUTE = 'GET /api/v1/workflow/*';

  it('that does not exist returns null', async () => {
    const server = (await scripted()).on(ROUTE, json(404, { error: 'Workflow not found' }));
    expect(await clientOf(server.origin).loadRecipe('11111111-1111-1111-1111-111111111111')).toBeNull();
  });

  it.each(['', '..', '.', 'a/b', 'a?b', 'a b', 'jobs', 'results', 'workflows', 'exec', 'x'.repeat(200)])(
    'by an id that is none (%j) asks nothing',
    async (id) => {
      const server = await scripted();
      expect(await clientOf(server.origin).loadRecipe(id)).toBeNull();
      expect(server.asked).toEqual([]);
    },
  );

  it.each([
    [json(404, { message: 'Route not found', error: 'Not Found', statusCode: 404 }), 'not-found'],
    [text(404, 'nginx'), 'not-found'],
    [json(200, { success: 'ok' }), 'bad-reply'],
  ])('is not taken for a missing one by reply %#', async (answer, code) => {
    const server = (await scripted()).on(ROUTE, answer);
    expect(await failureOf(clientOf(server.origin).loadRecipe('recipe-1'))).toMatchObject({
      code,
      path: '/api/v1/workflow/:id',
    });
  });
});
