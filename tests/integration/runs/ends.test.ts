import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runNotification } from '../../../electron/core/app/notifications.ts';
import { newRuns } from '../../../electron/core/intake/new-run.ts';
import { RECIPE as RECIPE_IDS } from '../../../electron/practice/recipes/ids.ts';
import { type PracticeServer, startPracticeServer } from '../../../electron/practice/server.ts';
import { exitOf, openCommand } from '../../support/command.ts';
import { LoudLogger, connectTo, makeHome, openCore, runReaches, startRecipe } from '../../support/test-core.ts';

/** Gives its first output at once, then waits a minute for the second. */
const RECIPE = 'Two outputs';
const MESSAGE = 'steps=1 delay=60000';
const AT_THE_WAIT = /Wait/;

let server: PracticeServer;
beforeEach(async () => {
  server = await startPracticeServer({ showAll: true });
});
afterEach(() => server.close());

it('a recipe with a disabled output block ends with that reason', async () => {
  const home = await makeHome();
  const core = openCore(home);
  await connectTo(core, server.origin, server.token);
  const { id } = await startRecipe(core, 'Output switched off', [], 'hello');
  expect(await runReaches(core, id, 'empty', 'succeeded')).toMatchObject({ state: 'empty', reason: 'output-off' });
  core.close();
  await home.remove();
});

it('a refused start names the blocks that the server lacks', async () => {
  const home = await makeHome();
  const core = openCore(home);
  await connectTo(core, server.origin, server.token);
  const { profile } = core.connection.view;
  if (profile === null) throw new Error('There is no server.');
  // Lists hide this recipe.
  const recipe = { id: RECIPE_IDS.ghost, name: 'Two missing blocks', shape: null };
  const request = {
    profile: { ...profile, origin: profile.address },
    recipe,
    attachments: [],
    message: 'hello',
    form: null,
    values: {},
    owner: 'app',
  };
  const runs = newRuns(request, 'together', Date.now());
  core.engine.submitAll(runs);
  const [{ id } = { id: '' }] = runs;
  expect(await runReaches(core, id, 'failed')).toMatchObject({
    reason: 'blocks-missing',
    reasonDetail: 'Absent first and Absent second',
  });
  core.close();
  await home.remove();
});

describe('a server that is killed after the first output of a run', () => {
  it('leaves an unverified run, which is not called done', async () => {
    const home = await makeHome();
    const logger = new LoudLogger();
    const core = openCore(home, { logger });
    await connectTo(core, server.origin, server.token);
    const { id } = await startRecipe(core, RECIPE, [], MESSAGE);
    // The run was seen in the middle just before.
    await expect.poll(() => core.runs.view(core.runs.get(id)).progress?.block ?? '').toMatch(AT_THE_WAIT);
    await server.restart();
    const run = await runReaches(core, id, 'succeeded', 'unverified', 'lost');
    expect(run).toMatchObject({ state: 'unverified', reason: 'end-not-seen', unseen: true, gave: { texts: 1 } });
    const notice = runNotification('collecting', run);
    expect(`${notice?.title} ${notice?.body}`).not.toMatch(/\bdone\b/i);
    expect(core.listed.search({ query: '', filter: { needsYou: true }, before: null, limit: 5 }).ids).toEqual([id]);
    core.close();
    await home.remove();
    expect(logger.errors).toEqual([]);
  });

  it('has its own exit code in the terminal, without the word done', async () => {
    const command = await openCommand();
    const env = { OMNITRAY_TOKEN: server.token };
    await command.run(['connect', server.origin], env);
    const running = command.start(['run', RECIPE, '-m', MESSAGE], env);
    let said = '';
    let printed = '';
    running.stdout.on('data', (part: Buffer) => (printed += part.toString()));
    running.stderr.on('data', (part: Buffer) => (said += part.toString()));
    await expect.poll(() => said, { timeout: 15_000 }).toMatch(AT_THE_WAIT);
    await server.restart();
    expect(await exitOf(running)).toBe(9);
    expect(printed).toContain(MESSAGE);
    expect(said).toContain('End not seen');
    expect(said + printed).not.toMatch(/\bDone\b/);
    expect((await command.run(['runs'], env)).out).toContain('End not seen');
    await command.remove();
  });
});
