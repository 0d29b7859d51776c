import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { RunView } from '../../../electron/contract/views.ts';
import type { Core } from '../../../electron/core/app/core.ts';
import { type PracticeServer, startPracticeServer } from '../../../electron/practice/server.ts';
import { type Hop, startHop } from '../../faults/support/hop.ts';
import { quickClock } from '../../support/quick-clock.ts';
import type { Act } from '../../support/scripted-server.ts';
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
/** Says something at once, then waits, then says two things more. */
const SEVERAL = 'Chat in several messages';

let server: PracticeServer;
let hop: Hop;
let home: TestHome;
let core: Core;
const logger = new LoudLogger();
/** The streams that are open, by the cookie of their session; and those that ever were. */
let open: { readonly cookie: string; readonly cut: () => void }[];
let opened: string[];
let mostOfOne: number;

const until = (holds: () => boolean): Promise<void> =>
  vi.waitFor(() => expect(holds()).toBe(true), { timeout: 15_000, interval: 5 });
const textsOf = (id: string): readonly string[] => core.runs.result(id).messages.map(({ text }) => text);
const said = (id: string): number => core.runs.view(core.runs.get(id)).said;
/** Sessions that started a run. */
const runCookies = (): readonly string[] => hop.askedFor(EXEC).map(({ headers }) => headers.cookie ?? '');
const openOfRuns = (): readonly { readonly cut: () => void }[] =>
  open.filter(({ cookie }) => runCookies().includes(cookie));

const countStreams: Act = (response, asked, request) => {
  const { cookie = '' } = asked.headers;
  const stream = { cookie, cut: () => void response.socket?.destroy() };
  open.push(stream);
  opened.push(cookie);
  mostOfOne = Math.max(mostOfOne, open.filter((each) => each.cookie === cookie).length);
  response.on('close', () => (open = open.filter((each) => each !== stream)));
  return hop.forward(response, asked, request);
};

async function openAgain(): Promise<void> {
  core = openCore(home, { logger, clock: quickClock });
  core.engine.resume();
  await core.connection.startUp();
}

beforeEach(async () => {
  server = await startPracticeServer({ showAll: true });
  hop = await startHop(server.origin, [LISTEN]);
  hop.on(LISTEN, countStreams);
  [open, opened, mostOfOne] = [[], [], 0];
  home = await makeHome();
  logger.errors.length = 0;
  core = openCore(home, { logger, clock: quickClock });
  await connectTo(core, hop.origin, server.token);
  await Promise.all(core.catalogue.view.recipes.map(({ id }) => core.catalogue.load(id)));
});

afterEach(async () => {
  core.close();
  await hop.close();
  await server.close();
  await home.remove();
  expect(mostOfOne).toBeLessThanOrEqual(1);
  expect(logger.errors).toEqual([]);
});

describe('chat messages of a running recipe', () => {
  it('are stored as they come, and the run shows them', async () => {
    const told: number[] = [];
    core.runs.onChange(({ run }) => void told.push(run.said));
    const { id } = await startRecipe(core, SEVERAL, [], 'a story delay=1000');
    await until(() => said(id) === 1);
    expect(core.runs.get(id).state).toBe('running');
    expect(textsOf(id)).toHaveLength(1);
    expect(told).toContain(1);
    expect(await runReaches(core, id, 'succeeded')).toMatchObject({ reason: null, said: 0, gave: { messages: 3 } });
    expect(new Set(textsOf(id)).size).toBe(3);
    // One stream from the start to the end.
    expect(opened.filter((cookie) => runCookies().includes(cookie))).toHaveLength(1);
  });

  it('are kept when the server forgets the rest', async () => {
    const { id } = await startRecipe(core, SEVERAL, [], 'a story delay=20000');
    await until(() => said(id) === 1);
    await server.restart();
    await runReaches(core, id, 'lost', 'unverified', 'succeeded');
    expect(textsOf(id)).toHaveLength(1);
  });

  it('are complete, each once, although the stream breaks', async () => {
    const { id } = await startRecipe(core, SEVERAL, [], 'a story delay=1000');
    await until(() => said(id) === 1);
    for (const { cut } of openOfRuns()) cut();
    expect(await runReaches(core, id, 'succeeded')).toMatchObject({ reason: null, gave: { messages: 3 } });
    expect(new Set(textsOf(id)).size).toBe(3);
  });

  it('are complete over a restart of the program', async () => {
    const { id } = await startRecipe(core, SEVERAL, [], 'a story delay=1500');
    await until(() => said(id) === 1);
    core.close();
    await openAgain();
    expect(await runReaches(core, id, 'succeeded')).toMatchObject({ reason: null, gave: { messages: 3 } });
    expect(new Set(textsOf(id)).size).toBe(3);
  });

  it('are complete over a sleep of the machine, in which no stream is open', async () => {
    const { id } = await startRecipe(core, SEVERAL, [], 'a story delay=1000');
    await until(() => said(id) === 1);
    core.engine.suspend();
    await until(() => open.length === 0);
    core.engine.wakeUp();
    expect(await runReaches(core, id, 'succeeded')).toMatchObject({ reason: null, gave: { messages: 3 } });
  });
});

describe('the streams of sessions', () => {
  it('are bounded in number; the other runs are read after their end', async () => {
    core.settings.change({ parallelRuns: 12 });
    const started: RunView[] = [];
    for (let number = 0; number < 12; number += 1)
      started.push(await startRecipe(core, SEVERAL, [], `run ${number}. delay=8000`));
    const saying = (): number => started.filter(({ id }) => said(id) === 1).length;
    await until(() => saying() === 8 && core.engine.mine().every(({ state }) => state === 'running'));
    expect([openOfRuns().length, saying(), core.engine.mine().length]).toEqual([8, 8, 12]);
    const runs = await Promise.all(started.map(({ id }) => runReaches(core, id, 'succeeded')));
    for (const [number, run] of runs.entries()) {
      expect(run).toMatchObject({ reason: null, gave: { messages: 3 } });
      expect(textsOf(run.id)[0]).toContain(`run ${number}.`);
    }
    await until(() => open.length === 0);
  });

  it('are not opened for a recipe without chat', async () => {
    const { id } = await startRecipe(core, 'Slow steps', [], 'steps=2 delay=300');
    await runReaches(core, id, 'running');
    await until(() => core.runs.view(core.runs.get(id)).progress !== null);
    expect(openOfRuns()).toEqual([]);
    await runReaches(core, id, 'succeeded');
  });
});
