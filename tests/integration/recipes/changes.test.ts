import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { RecipeView } from '../../../electron/contract/views.ts';
import type { Core } from '../../../electron/core/app/core.ts';
import {
  ANY_TOKEN,
  COLLECTION,
  JOBS,
  LOAD,
  manyRecipes,
  type RecipeServer,
  RUN_BLOCK,
  startRecipeServer,
} from '../../support/recipe-server.ts';
import { json, reset, silence } from '../../support/scripted-server.ts';
import { connectTo, LoudLogger, makeHome, openCore, type TestHome } from '../../support/test-core.ts';

let server: RecipeServer;
let home: TestHome;
let core: Core;
const logger = new LoudLogger();

const open = (): Core => openCore(home, { logger });
const connect = (to = server): Promise<void> => connectTo(core, to.origin, ANY_TOKEN);
const recipes = (): readonly RecipeView[] => core.catalogue.view.recipes;
const ids = (): readonly string[] => recipes().map(({ id }) => id);
const until = (condition: () => boolean): Promise<unknown> => vi.waitUntil(condition, 30_000);
const untilAllKnown = (): Promise<unknown> => until(() => recipes().every(({ shape }) => shape !== null));

beforeEach(async () => {
  server = await startRecipeServer(manyRecipes(4));
  home = await makeHome();
  logger.errors.length = 0;
  core = open();
});

afterEach(async () => {
  core.close();
  await server.close();
  await home.remove();
  expect(logger.errors).toEqual([]);
});

describe('a change on the server', () => {
  it('is followed for new, changed and deleted recipes, and loads only changed ones again', async () => {
    await connect();
    await untilAllKnown();
    core.catalogue.favour('r1', true);
    expect(server.loads().toSorted()).toEqual(['r0', 'r1', 'r2', 'r3']);
    server.setRecipes([{ id: 'r0' }, { id: 'r2', updated: 2, nodes: {} }, { id: 'r3', public: true }, { id: 'new' }]);
    await core.catalogue.refresh();
    expect(ids().toSorted()).toEqual(['new', 'r0', 'r2', 'r3']);
    expect(core.catalogue.find('r2')?.shape).toBeNull();
    expect(core.catalogue.find('r0')?.shape).not.toBeNull();
    await untilAllKnown();
    expect(core.catalogue.find('r2')?.shape?.warnings).toEqual(['no-output']);
    expect(server.loads().slice(4).toSorted()).toEqual(['new', 'r2']);
    server.setRecipes(manyRecipes(4));
    await core.catalogue.refresh();
    expect(core.catalogue.find('r1')).toMatchObject({ favourite: true, shape: null });
  });

  it('does not remove public recipes when only the user’s own can be listed', async () => {
    server.setRecipes([{ id: 'own' }, { id: 'deleted' }, { id: 'shared', public: true }]);
    await connect();
    await untilAllKnown();
    server
      .on(COLLECTION, json(500, { error: 'Invalid Script' }))
      .on(RUN_BLOCK, json(200, { models: [{ title: 'Own', value: 'own' }] }));
    await core.catalogue.refresh();
    expect(ids()).toEqual(['own', 'shared']);
    expect(core.catalogue.find('shared')?.shape).not.toBeNull();
  });

  it('is not lost while a recipe is being loaded', async () => {
    const answer = Promise.withResolvers<undefined>();
    server.setRecipes([{ id: 'a', updated: 1 }]);
    server.on(LOAD, async (...asked) => {
      await answer.promise;
      await json(200, {
        flags: ['owner'],
        workflow: { id: 'a', owner: 'user-1', meta: { name: 'A' }, rete: { nodes: {} } },
      })(...asked);
    });
    await connect();
    await until(() => server.loads().length === 1);
    server.setRecipes([{ id: 'a', updated: 2 }]);
    await core.catalogue.refresh();
    answer.resolve(undefined);
    await until(() => server.loads().length === 2);
    await untilAllKnown();
    expect(core.catalogue.find('a')?.updatedAt).toBe(2);
  });
});

describe('a listing that gives names only', () => {
  it('is completed by the recipes, which are loaded once each start', async () => {
    const models = [
      { title: 'Select a recipe', value: 'invalid' },
      { title: '', value: 'r0' },
      { title: 'Listed name', value: 'r2' },
    ];
    server
      .on(COLLECTION, json(500, { error: 'Invalid Script omni-core-collectionmanager:collection' }))
      .on(RUN_BLOCK, json(200, { models, ok: true }));
    await connect();
    expect(core.catalogue.find('r0')).toMatchObject({ name: 'r0', description: '' });
    await untilAllKnown();
    expect(core.catalogue.find('r0')).toMatchObject({ name: 'Recipe r0', description: 'Does r0', author: 'Ada' });
    expect(core.catalogue.find('r2')).toMatchObject({ name: 'Listed name', description: 'Does r2', tags: ['#test'] });
    await core.catalogue.refresh();
    expect(core.catalogue.find('r0')?.name).toBe('Recipe r0');
    expect(server.loads()).toHaveLength(2);
    core.close();
    core = open();
    expect(core.catalogue.find('r0')).toMatchObject({ name: 'Recipe r0', shape: { takes: ['text'] } });
    await core.connection.startUp();
    await until(() => server.loads().length === 4);
  });
});

describe('loading in the background', () => {
  it('runs three at a time, those in view first', async () => {
    const waiting: (() => void)[] = [];
    const asked: string[] = [];
    server.setRecipes(manyRecipes(40));
    server.on(LOAD, (response, request) => {
      asked.push(request.url.split('/').at(-1) ?? '');
      waiting.push(() => void json(404, { error: 'Workflow not found' })(response, request, response.req));
    });
    await connect();
    await until(() => waiting.length === 3);
    core.catalogue.want(['r38', 'r36']);
    waiting.shift()?.();
    await until(() => asked.length === 4);
    waiting.shift()?.();
    await until(() => asked.length === 5);
    expect(asked.slice(3)).toEqual(['r38', 'r36']);
    expect(waiting).toHaveLength(3);
  });

  it('loads a thousand, and publishes them in few pieces', { timeout: 60_000 }, async () => {
    let pieces = 0;
    let told = 0;
    server.setRecipes(manyRecipes(1_000));
    core.catalogue.onUpdated((some) => {
      pieces += 1;
      told += some.length;
    });
    const start = performance.now();
    await connect();
    await vi.waitUntil(() => told === 1_000, 50_000);
    const seconds = (performance.now() - start) / 1_000;
    expect(pieces).toBeLessThanOrEqual(Math.ceil(seconds * 5) + 1);
    expect(new Set(server.loads()).size).toBe(1_000);
    expect(server.loads()).toHaveLength(1_000);
  });

  it('sends few requests to a failing server, and retries after a later listing', async () => {
    server.setRecipes(manyRecipes(40));
    server.on(LOAD, json(500, { ok: false }));
    await connect();
    await until(() => server.loads().length >= 5);
    await core.catalogue.refresh();
    await until(() => server.loads().length >= 10);
    const tried = server.loads();
    expect(new Set(tried).size).toBe(tried.length);
    expect(core.connection.view.status).toBe('online');
    expect(core.catalogue.view.status).toBe('ready');
  });

  it('stops when the server goes away, shows it as away, and continues when it is back', async () => {
    server.setRecipes(manyRecipes(40));
    server.on(LOAD, (...asked) => {
      server.on(JOBS, reset);
      return reset(...asked);
    });
    await connect();
    await until(() => core.connection.view.status === 'offline');
    expect(server.loads().length).toBeLessThanOrEqual(6);
    server.on(JOBS, json(200, { jobs: [] }));
    server.on(LOAD, json(404, { error: 'Workflow not found' }));
    const before = server.loads().length;
    await core.connection.startUp();
    await until(() => server.loads().length > before);
  });

  it('ends with the core, and with the profile', async () => {
    const second = await startRecipeServer([{ id: 'other' }]);
    try {
      server.on(LOAD, silence);
      await connect();
      await until(() => server.loads().length === 3);
      const refused = expect(core.catalogue.load('r3')).rejects.toMatchObject({ code: 'cancelled' });
      await connect(second);
      await refused;
      expect(ids()).toEqual(['other']);
      await untilAllKnown();
      expect(server.loads()).toHaveLength(4);
    } finally {
      await second.close();
    }
  });
});

describe('a server that is away', () => {
  it('keeps the last list, and says why it is old', async () => {
    await connect();
    await untilAllKnown();
    const before = recipes();
    core.close();
    await server.close();
    core = open();
    expect(core.catalogue.view).toMatchObject({ status: 'ready', problem: null });
    expect(recipes()).toEqual(before);
    await core.catalogue.refresh();
    expect(core.catalogue.view).toMatchObject({ status: 'failed', problem: { code: 'unreachable' } });
    expect(recipes()).toEqual(before);
    expect(core.connection.view.status).toBe('offline');
  });
});

describe('several profiles', () => {
  it('never mix, and a removed one leaves no data', async () => {
    const second = await startRecipeServer([{ id: 'r0', name: 'Another' }, { id: 'own' }]);
    try {
      await connect();
      await untilAllKnown();
      core.catalogue.favour('r0', true);
      const first = core.connection.view.profile?.id ?? '';
      await connect(second);
      await untilAllKnown();
      expect(ids().toSorted()).toEqual(['own', 'r0']);
      expect(core.catalogue.find('r0')).toMatchObject({ name: 'Another', favourite: false });
      expect(core.catalogue.blocksOf(first, 'r1')?.count).toBe(2);
      await core.connection.use(first);
      expect(core.catalogue.find('r0')).toMatchObject({ name: 'Recipe r0', favourite: true });
      await core.connection.forget(first);
      expect(core.catalogue.blocksOf(first, 'r1')).toBeNull();
      expect(ids().toSorted()).toEqual(['own', 'r0']);
    } finally {
      await second.close();
    }
  });
});
