import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Core } from '../../../electron/core/app/core.ts';
import { rerun } from '../../../electron/core/app/rerun.ts';
import { RECIPE } from '../../../electron/practice/recipes/ids.ts';
import { type PracticeServer, startPracticeServer } from '../../../electron/practice/server.ts';
import {
  connectTo,
  LoudLogger,
  makeHome,
  openCore,
  runReaches,
  startRecipe,
  type TestHome,
} from '../../support/test-core.ts';

const HIDDEN = RECIPE.chatMessages;
let server: PracticeServer;
let home: TestHome;
let core: Core;
const logger = new LoudLogger();

beforeEach(async () => {
  server = await startPracticeServer();
  home = await makeHome();
  core = openCore(home, { logger });
  await connectTo(core, server.origin, server.token);
});

afterEach(async () => {
  core.close();
  await server.close();
  await home.remove();
  expect(logger.errors.splice(0)).toEqual([]);
});

it('a recipe that no list holds is loaded by its id, listed from then on, and runs', async () => {
  expect(core.catalogue.find(HIDDEN)).toBeNull();
  let told = 0;
  core.catalogue.onChange(() => (told += 1));
  const loaded = await core.catalogue.load(HIDDEN);
  expect(loaded).toMatchObject({ name: 'Chat in several messages', mine: true, isUnlisted: true });
  expect(loaded.shape).toMatchObject({ takes: ['text'], givesInChat: ['text', 'images'] });
  expect(told).toBeGreaterThan(0);
  expect(core.catalogue.view.recipes).toContainEqual(loaded);
  const { id } = await startRecipe(core, loaded.name, [], 'hello');
  expect(await runReaches(core, id, 'succeeded', 'failed')).toMatchObject({ state: 'succeeded' });
});

it('it stays after the next listing and a restart', async () => {
  await core.catalogue.load(HIDDEN);
  await core.catalogue.refresh();
  expect(core.catalogue.find(HIDDEN)?.shape).not.toBeNull();
  core.close();
  core = openCore(home, { logger });
  core.catalogue.use(core.connection.view.profile?.id ?? '');
  expect(core.catalogue.find(HIDDEN)).toMatchObject({ name: 'Chat in several messages', isUnlisted: true });
});

it('it is an ordinary one once a list holds it', async () => {
  await core.catalogue.load(HIDDEN);
  server.recipeBook.change(HIDDEN, { hidden: false, name: 'No longer hidden' });
  await core.catalogue.refresh();
  expect(core.catalogue.find(HIDDEN)).toMatchObject({ name: 'No longer hidden' });
  expect(core.catalogue.find(HIDDEN)).not.toHaveProperty('isUnlisted');
});

it('it goes when the server no longer has it, and an unknown id is not there at all', async () => {
  await core.catalogue.load(HIDDEN);
  server.recipeBook.remove(HIDDEN);
  await core.catalogue.refresh();
  await expect.poll(() => core.catalogue.find(HIDDEN), { timeout: 30_000 }).toBeNull();
  const unknown = '00000000-0000-4000-8000-000000000000';
  await expect(core.catalogue.load(unknown)).rejects.toMatchObject({ code: 'recipe-unknown' });
  expect(core.catalogue.find(unknown)).toBeNull();
});

it('a run of it runs again after its recipe left the list', async () => {
  const [recipe] = core.catalogue.view.recipes.filter(({ name }) => name === 'Word count');
  const { id } = await startRecipe(core, 'Word count', [], 'one two');
  await runReaches(core, id, 'succeeded');
  server.recipeBook.change(recipe?.id ?? '', { hidden: true });
  await core.catalogue.refresh();
  expect(core.catalogue.find(recipe?.id ?? '')).toBeNull();
  const again = await rerun(core, id, 'app');
  expect(await runReaches(core, again.id, 'succeeded', 'failed')).toMatchObject({ state: 'succeeded' });
});
