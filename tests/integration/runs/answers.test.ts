import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { isAnswerCut } from '../../../electron/contract/text/runs.ts';
import type { RunView } from '../../../electron/contract/views.ts';
import type { Core } from '../../../electron/core/app/core.ts';
import { type PracticeServer, startPracticeServer } from '../../../electron/practice/server.ts';
import { type FaultProxy, startFaultProxy } from '../../support/fault-proxy.ts';
import { quickClock } from '../../support/quick-clock.ts';
import {
  connectTo,
  LoudLogger,
  makeHome,
  openCore,
  runReaches,
  startRecipe,
  type TestHome,
} from '../../support/test-core.ts';

const LISTEN = 'GET /api/v1/mercenaries/listen';
const EXEC = 'POST /api/v1/workflow/exec';

let server: PracticeServer;
let proxy: FaultProxy;
let home: TestHome;
let core: Core;
const logger = new LoudLogger();

const said = (id: string): string =>
  core.runs
    .result(id)
    .messages.map(({ text }) => text)
    .join('\n');
/** Puts a sound proxy in place of one with faults. A request still in flight would consume the answer, which is sent once. */
async function replaceProxy(): Promise<void> {
  await proxy.close();
  proxy = await startFaultProxy(server.origin, Number(new URL(proxy.origin).port));
}
const count = (route: string): number => proxy.seen.filter((seen) => seen.startsWith(route)).length;
const until = (holds: () => boolean): Promise<void> =>
  vi.waitFor(() => expect(holds()).toBe(true), { timeout: 30_000, interval: 10 });

/** Another start, with all waits twenty times shorter. */
async function waitLess(): Promise<void> {
  core.close();
  core = openCore(home, { logger, clock: quickClock });
  await connectTo(core, proxy.origin, server.token);
}

beforeEach(async () => {
  server = await startPracticeServer();
  proxy = await startFaultProxy(server.origin);
  home = await makeHome();
  logger.errors.length = 0;
  core = openCore(home, { logger });
  await connectTo(core, proxy.origin, server.token);
});

afterEach(async () => {
  core.close();
  await proxy.close();
  await server.close();
  await home.remove();
  expect(logger.errors).toEqual([]);
});

describe('a recipe that answers in chat only', () => {
  it('returns its text and its picture', async () => {
    const { id } = await startRecipe(core, 'Chat-only answer', [], 'hello there');
    const run = await runReaches(core, id, 'succeeded', 'empty', 'failed');
    expect(run).toMatchObject({ state: 'succeeded', gave: { texts: 0, messages: 1, files: 1 } });
    expect(said(id)).toContain('hello there');
    const [picture] = core.runs.result(id).artifacts;
    expect(picture).toMatchObject({ kind: 'image', mime: 'image/png', message: 0, problem: null });
    const [stored] = core.results.find(id).artifacts;
    const bytes = await readFile(join(core.folderOf(id), stored?.file ?? ''));
    expect(bytes.subarray(1, 4).toString()).toBe('PNG');
  });

  it('keeps its own answer beside another run at the same time', async () => {
    const first = await startRecipe(core, 'Chat-only answer', [], 'the first question');
    const second = await startRecipe(core, 'Chat-only answer', [], 'the second question');
    await Promise.all([runReaches(core, first.id, 'succeeded'), runReaches(core, second.id, 'succeeded')]);
    expect(said(first.id)).toContain('the first question');
    expect(said(first.id)).not.toContain('second');
    expect(said(second.id)).toContain('the second question');
    expect(said(second.id)).not.toContain('first');
  });

  it('is still answered after a restart, with the session cookie from the keychain', async () => {
    proxy.fail(LISTEN, 'hang');
    const { id } = await startRecipe(core, 'Chat-only answer', [], 'over a restart');
    await runReaches(core, id, 'running', 'collecting');
    core.close();
    await replaceProxy();
    core = openCore(home, { logger });
    core.engine.resume();
    await runReaches(core, id, 'succeeded');
    expect(said(id)).toContain('over a restart');
  });

  it('leaves no cookie behind', async () => {
    const accounts = new Set<string>();
    const keychain = {
      ...home.keychain,
      write: (account: string, secret: string) => {
        accounts.add(account);
        return home.keychain.write(account, secret);
      },
    };
    core.close();
    core = openCore({ ...home, keychain }, { logger });
    await connectTo(core, proxy.origin, server.token);
    const { id } = await startRecipe(core, 'Chat-only answer', [], 'hello');
    await runReaches(core, id, 'succeeded');
    expect(accounts).toContain(`run ${id}`);
    await until(() => !core.runs.get(id).sessionKept);
    expect(await home.keychain.read(`run ${id}`)).toBeNull();
  });

  it('shows that the answer is not available, and is not called done', async () => {
    proxy.fail(LISTEN, 404);
    const { id } = await startRecipe(core, 'Chat-only answer', [], 'hello');
    const run = await runReaches(core, id, 'succeeded', 'empty', 'failed');
    expect(run).toMatchObject({ reason: 'answer-cut', gave: { messages: 0, files: 1 } });
    expect(isAnswerCut(run)).toBe(true);
    // The File Manager has the picture that the message would have brought (wire 13.5).
    expect(core.runs.result(id).artifacts).toMatchObject([{ kind: 'image', source: 'job' }]);
  });

  it('shows that the connection broke while the server sent the answer, which it sends once', async () => {
    await waitLess();
    proxy.fail(LISTEN, 'cut');
    const { id } = await startRecipe(core, 'Chat-only answer', [], 'hello');
    await runReaches(core, id, 'collecting');
    proxy.heal();
    // The stream of the run's own session, and not that of the account, which reconnects at the same time.
    const session = (await home.keychain.read(`run ${id}`)) ?? '';
    const isOwn = (route: string, cookie: string): boolean =>
      route.startsWith(LISTEN) && cookie !== '' && session.includes(cookie);
    proxy.fail(isOwn, 'lose-answer', 1);
    expect(await runReaches(core, id, 'succeeded', 'empty', 'failed')).toMatchObject({ reason: 'answer-cut' });
  });

  it('shows nothing of that for a recipe without chat', async () => {
    const { id } = await startRecipe(core, 'Word count', [], 'hello');
    await runReaches(core, id, 'running');
    proxy.fail(LISTEN, 'lose-answer', 1);
    expect(await runReaches(core, id, 'succeeded', 'empty')).toMatchObject({ state: 'succeeded', reason: null });
  });
});

describe('a recipe that fails', () => {
  it('names the block and its message', async () => {
    const { id } = await startRecipe(core, 'Fails half-way', [], 'hello');
    const run = await runReaches(core, id, 'failed');
    expect(run.failures).toEqual([
      { block: 'Step that fails', message: 'The second step of this recipe always fails.' },
    ]);
    expect(run.reasonDetail).toContain('The second step of this recipe always fails.');
  });

  it('names a block that is not installed', async () => {
    const { id } = await startRecipe(core, 'Missing block', [], 'hello');
    const run = await runReaches(core, id, 'failed');
    expect(run.failures).toHaveLength(1);
    expect(run.failures[0]?.message).toContain('does not exist');
  });

  it('is explained without a stream of the profile, because the run has its own', async () => {
    proxy.fail(LISTEN, 503, 1);
    const { id } = await startRecipe(core, 'Fails half-way', [], 'hello');
    expect((await runReaches(core, id, 'failed')).failures[0]?.message).toContain('always fails');
  });
});

describe('a server without an event stream', () => {
  it.each([404, 403, 500] as const)('that answers %s lets runs reach their end', async (status) => {
    proxy.fail(LISTEN, status);
    const { id } = await startRecipe(core, 'Slow steps', [], 'steps=2 delay=200');
    const run = await runReaches(core, id, 'succeeded');
    expect(run.gave?.texts).toBe(1);
  });

  it('with a silent stream is polled', async () => {
    proxy.fail(LISTEN, 'hang', 1);
    const { id } = await startRecipe(core, 'Slow steps', [], 'steps=2 delay=200');
    await runReaches(core, id, 'succeeded');
  });
});

describe('progress', () => {
  it('names the active block and counts the blocks', async () => {
    await core.catalogue.load(core.catalogue.view.recipes.find(({ name }) => name === 'Slow steps')?.id ?? '');
    const seen: RunView['progress'][] = [];
    core.runs.onChange(({ run }) => void seen.push(run.progress));
    const { id } = await startRecipe(core, 'Slow steps', [], 'steps=3 delay=50');
    await runReaches(core, id, 'succeeded');
    const named = seen.filter((progress) => progress !== null);
    expect(named.map(({ block }) => block)).toContain('Step 2');
    // Each block is reported once, with its name, and none between two blocks.
    expect(named.map(({ block }) => block)).not.toContain(null);
    const counts = named.map(({ done }) => done ?? Infinity);
    expect(counts).toEqual(counts.toSorted((a, b) => a - b));
    expect(named.every(({ of }, index) => of !== null && (counts[index] ?? Infinity) <= of)).toBe(true);
  });

  it('costs few requests while a job runs', async () => {
    const { id } = await startRecipe(core, 'Slow steps', [], 'steps=10 delay=200');
    await runReaches(core, id, 'running');
    await until(() => core.runs.view(core.runs.get(id)).progress !== null);
    const before = count('GET /api/v1/workflow/jobs');
    await runReaches(core, id, 'succeeded');
    expect(count('GET /api/v1/workflow/jobs') - before).toBeLessThanOrEqual(1);
  });
});

describe('a run started elsewhere', () => {
  const startExternalJob = async (name: string, text: string): Promise<void> => {
    const recipe = core.catalogue.view.recipes.find((each) => each.name === name);
    const reply = await fetch(server.origin + '/api/v1/workflow/exec', {
      method: 'POST',
      headers: { authorization: `Bearer ${server.token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ workflow: recipe?.id, args: { text } }),
    });
    expect(reply.status).toBe(200);
  };
  const listening = async (): Promise<void> => {
    core.engine.listenTo(core.connection.view.profile?.id ?? null);
    await until(() => count(LISTEN) === 1);
  };

  it('is listed apart, and its result can be fetched', async () => {
    await listening();
    await startExternalJob('Word count', 'one two three');
    await until(() => core.externalJobs.list().some(({ state }) => state === 'succeeded'));
    const [found] = core.externalJobs.list();
    expect(found).toMatchObject({ recipeName: 'Word count', failures: [] });
    expect(core.runs.list()).toEqual([]);
    const run = await core.externalJobs.open(found?.id ?? '');
    expect(await runReaches(core, run.id, 'succeeded')).toMatchObject({ recipeName: 'Word count' });
    expect(core.runs.result(run.id).texts.join()).toContain('3');
    expect(core.externalJobs.list()).toEqual([]);
  });

  it('of this machine is never listed', async () => {
    await listening();
    const { id } = await startRecipe(core, 'Word count', [], 'one two');
    await runReaches(core, id, 'succeeded');
    await startExternalJob('Fails half-way', 'x');
    await until(() => core.externalJobs.list().some(({ state }) => state === 'failed'));
    expect(core.externalJobs.list()).toHaveLength(1);
    expect(core.externalJobs.list()[0]?.failures[0]?.message).toContain('always fails');
  });
});

describe('a start whose answer is lost', () => {
  it('continues with the job id of its session, without a second start', async () => {
    proxy.fail(EXEC, 'lose-answer', 1);
    const { id } = await startRecipe(core, 'Chat-only answer', [], 'are you there');
    await runReaches(core, id, 'succeeded');
    expect(said(id)).toContain('are you there');
    expect(count(EXEC)).toBe(1);
  });

  it('continues once its session can be read, and the session is then read to its end', async () => {
    proxy.fail(EXEC, 'lose-answer', 1);
    proxy.fail(LISTEN, 404);
    const { id } = await startRecipe(core, 'Chat-only answer', [], 'are you there');
    await until(() => core.runs.view(core.runs.get(id)).candidates === 1);
    expect(count(EXEC)).toBe(1);
    core.close();
    await replaceProxy();
    core = openCore(home, { logger });
    core.engine.resume();
    expect(await runReaches(core, id, 'succeeded', 'empty')).toMatchObject({ state: 'succeeded', reason: null });
    expect(said(id)).toContain('are you there');
    expect(count(EXEC)).toBe(0);
  });

  it('that never arrived stays unconfirmed, without a candidate', async () => {
    await waitLess();
    proxy.fail(EXEC, 'cut', 1);
    const { id } = await startRecipe(core, 'Word count', [], 'one');
    await until(() => core.runs.view(core.runs.get(id)).candidates === 0);
    expect(core.runs.get(id).state).toBe('unconfirmed');
    expect(count(EXEC)).toBe(0);
    core.runs.giveUp(core.engine, id);
    expect(core.runs.get(id)).toMatchObject({ state: 'failed', reason: 'given-up' });
  });

  it('with a silent session offers its only candidate, and only the user takes it', async () => {
    proxy.fail(EXEC, 'lose-answer', 1);
    proxy.fail(LISTEN, 404);
    const { id } = await startRecipe(core, 'Word count', [], 'one two');
    await until(() => core.runs.view(core.runs.get(id)).candidates === 1);
    expect(core.runs.get(id).state).toBe('unconfirmed');
    expect(await core.runs.adopt(core.engine, id)).toMatchObject({ state: 'running' });
    await runReaches(core, id, 'succeeded');
    expect(count(EXEC)).toBe(1);
  });
});
