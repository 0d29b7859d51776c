import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { RunId } from '../../../electron/contract/views.ts';
import type { Core } from '../../../electron/core/app/core.ts';
import { exportRun } from '../../../electron/core/export/export.ts';
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
/** Its chat outputs finish in the opposite order of their blocks. */
const RACE = 'Chat in the order of the end';
const IN_ORDER = [/^a harbour/, /^# Your message/, /^## Report/];

let server: PracticeServer;
let proxy: FaultProxy;
let home: TestHome;
let core: Core;
const logger = new LoudLogger();

beforeEach(async () => {
  server = await startPracticeServer({ showAll: true });
  proxy = await startFaultProxy(server.origin);
  home = await makeHome();
  core = openCore(home, { logger });
  await connectTo(core, proxy.origin, server.token);
});

afterEach(async () => {
  core.close();
  await proxy.close();
  await server.close();
  await home.remove();
  expect(logger.errors.splice(0)).toEqual([]);
});

const streams = (): number => proxy.seen.filter((seen) => seen.startsWith(LISTEN)).length;
const textsOf = (id: RunId): readonly string[] => core.runs.result(id).messages.map(({ text }) => text);

function expectOrder(texts: readonly string[]): void {
  expect(texts).toHaveLength(IN_ORDER.length);
  IN_ORDER.forEach((pattern, position) => expect(texts[position]).toMatch(pattern));
}

it('messages of several chat outputs keep the order in which they were said, also in an export', async () => {
  const { id } = await startRecipe(core, RACE, [], 'a harbour delay=50');
  await runReaches(core, id, 'succeeded');
  expectOrder(textsOf(id));
  const target = await mkdtemp(join(tmpdir(), 'omnitray-order-'));
  const source = { run: core.runs.get(id), result: core.results.find(id), folder: core.folderOf(id) };
  const { folder } = await exportRun(source, target);
  const files = (await readdir(folder, { recursive: true })).filter((name) => /chat-\d/.test(name)).sort();
  expectOrder(await Promise.all(files.map((name) => readFile(join(folder, name), 'utf8'))));
  await rm(target, { recursive: true });
});

it('they keep it when the session is read after the end', async () => {
  proxy.fail(LISTEN, 503);
  const { id } = await startRecipe(core, RACE, [], 'a harbour delay=50');
  await runReaches(core, id, 'collecting');
  proxy.heal();
  await runReaches(core, id, 'succeeded');
  expectOrder(textsOf(id));
});

it('they keep it over a restart in the middle', async () => {
  server.holdWaits();
  const { id } = await startRecipe(core, RACE, [], 'a harbour');
  await expect.poll(() => textsOf(id).length, { timeout: 30_000 }).toBe(1);
  core.close();
  core = openCore(home, { logger, clock: quickClock });
  const before = streams();
  core.engine.resume();
  await expect.poll(streams, { timeout: 30_000 }).toBeGreaterThan(before);
  server.finishWaits();
  await runReaches(core, id, 'succeeded');
  expectOrder(textsOf(id));
});
