import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { RecipesView, RecipeView } from '../../../electron/contract/views.ts';
import type { Core } from '../../../electron/core/app/core.ts';
import { type PracticeServer, startPracticeServer } from '../../../electron/practice/server.ts';
import { connectTo, LoudLogger, makeHome, openCore, startRecipe, type TestHome } from '../../support/test-core.ts';

let server: PracticeServer;
let home: TestHome;
let core: Core;
const logger = new LoudLogger();

const open = (): Core => openCore(home, { logger });
const named = (name: string): RecipeView => {
  const recipe = core.catalogue.view.recipes.find((each) => each.name === name);
  if (recipe === undefined) throw new Error(`There is no recipe "${name}".`);
  return recipe;
};
const untilAllKnown = (): Promise<unknown> =>
  vi.waitUntil(() => core.catalogue.view.recipes.every(({ shape }) => shape !== null), 30_000);

beforeEach(async () => {
  server = await startPracticeServer();
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

describe('the catalogue of a real server', () => {
  it('loads what every recipe takes and gives, and has it at the next start', async () => {
    await connectTo(core, server.origin, server.token);
    await untilAllKnown();
    expect(named('Thumbnail sheet').shape).toEqual({
      takes: ['images'],
      gives: ['text', 'images'],
      givesInChat: [],
      hasForm: false,
      formTakes: [],
      warnings: [],
    });
    expect(named('Chat-only answer').shape).toMatchObject({
      takes: ['text'],
      gives: [],
      givesInChat: ['text', 'images'],
      warnings: ['chat-only'],
    });
    expect(named('No output').shape?.warnings).toEqual(['no-output']);
    expect(new Set(core.catalogue.view.recipes.map(({ mine }) => mine))).toEqual(new Set([true, false]));
    const before = core.catalogue.view;
    core.close();
    await server.close();
    core = open();
    expect(core.catalogue.view).toEqual(before);
  });

  it('publishes loaded facts in pieces, and a new list as a whole', async () => {
    const lists: RecipesView['status'][] = [];
    const pieces: (readonly RecipeView[])[] = [];
    core.catalogue.onChange(({ status }) => lists.push(status));
    core.catalogue.onUpdated((recipes) => pieces.push(recipes));
    await connectTo(core, server.origin, server.token);
    const all = core.catalogue.view.recipes.length;
    await vi.waitUntil(() => pieces.flat().length >= all, 30_000);
    expect(lists).toEqual(['empty', 'loading', 'ready']);
    expect(pieces.flat().every(({ shape }) => shape !== null)).toBe(true);
  });

  it('has a recipe’s help and blocks, also when the server is away', async () => {
    await connectTo(core, server.origin, server.token);
    const { id } = named('Slow steps');
    const detail = await core.catalogue.detail(id);
    expect(detail).toMatchObject({ recipeId: id, category: 'practice', blocks: 13 });
    expect(detail.help).toContain('steps=3');
    const { profile } = core.connection.view;
    const blocks = core.catalogue.blocksOf(profile?.id ?? '', id);
    expect(blocks?.count).toBe(13);
    expect(['1', '2', '13', '99', 'constructor'].map((node) => blocks?.titleOf(node))).toEqual([
      'Chat input',
      'Step 1',
      'Recipe output',
      null,
      null,
    ]);
    expect(core.catalogue.blocksOf('another', id)).toBeNull();
    core.close();
    await server.close();
    core = open();
    expect(await core.catalogue.detail(id)).toEqual(detail);
  });

  it('distinguishes an unknown recipe from an unreachable server', async () => {
    await expect(core.catalogue.detail('any')).rejects.toMatchObject({ code: 'not-connected' });
    await connectTo(core, server.origin, server.token);
    await expect(core.catalogue.load('unheard-of')).rejects.toMatchObject({ code: 'recipe-unknown' });
    await expect(core.catalogue.detail('unheard-of')).rejects.toMatchObject({ code: 'recipe-unknown' });
    expect(() => core.catalogue.favour('unheard-of', true)).toThrow('recipe-unknown');
  });
});

describe('marks of the user', () => {
  it('are published, and there at the next start', async () => {
    await connectTo(core, server.origin, server.token);
    const told: RecipeView[] = [];
    core.catalogue.onUpdated((recipes) => told.push(...recipes));
    const { id } = named('Echo');
    expect(core.catalogue.favour(id, true)).toMatchObject({ id, favourite: true });
    await vi.waitUntil(() => told.some((recipe) => recipe.id === id && recipe.favourite), 30_000);
    core.close();
    core = open();
    expect(core.catalogue.find(id)).toMatchObject({ favourite: true, usedAt: null });
  });

  it('hold which recipe was last run on which kind of file', async () => {
    await connectTo(core, server.origin, server.token);
    const file = await home.file('notes.txt', 'one two');
    expect(core.catalogue.view.lastUsedFor).toEqual({});
    await startRecipe(core, 'Word count', [file], 'three');
    const { id } = named('Word count');
    expect(core.catalogue.view.lastUsedFor).toEqual({ document: id });
    expect(core.catalogue.find(id)?.usedAt).toBeGreaterThan(0);
    await startRecipe(core, 'Join text', [file]);
    core.close();
    core = open();
    expect(core.catalogue.view.lastUsedFor).toEqual({ document: named('Join text').id });
    expect(core.catalogue.find(id)?.usedAt).toBeGreaterThan(0);
  });
});
