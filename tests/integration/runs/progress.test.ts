import { afterEach, beforeEach, expect, it } from 'vitest';
import type { RunProgressView } from '../../../electron/contract/views.ts';
import { progressWords } from '../../../electron/contract/text/progress.ts';
import type { Core } from '../../../electron/core/app/core.ts';
import { type PracticeServer, startPracticeServer } from '../../../electron/practice/server.ts';
import { type FaultProxy, startFaultProxy } from '../../support/fault-proxy.ts';
import {
  connectTo,
  LoudLogger,
  makeHome,
  openCore,
  runReaches,
  startRecipe,
  type TestHome,
} from '../../support/test-core.ts';

/** Longer than any of these tests. */
const SLOWLY = 'steps=10 delay=1000';

let server: PracticeServer;
let proxy: FaultProxy;
let home: TestHome;
let core: Core;
const logger = new LoudLogger();

const progress = (id: string): RunProgressView | null => core.runs.view(core.runs.get(id)).progress;

beforeEach(async () => {
  server = await startPracticeServer();
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
  expect(logger.errors).toEqual([]);
});

it('continues to count after a restart of the program', async () => {
  const { id } = await startRecipe(core, 'Slow steps', [], SLOWLY);
  await expect.poll(() => progress(id)?.done ?? 0, { timeout: 15_000 }).toBeGreaterThanOrEqual(3);
  core.close();
  core = openCore(home, { logger });
  await core.connection.startUp();
  core.engine.resume();
  await expect.poll(() => progress(id), { timeout: 15_000 }).not.toBeNull();
  expect(progress(id)?.done).toBeGreaterThanOrEqual(3);
});

it('gives no number when the start of the job was missed', async () => {
  proxy.fail('GET /api/v1/mercenaries/listen', 'cut');
  const { id } = await startRecipe(core, 'Slow steps', [], SLOWLY);
  await runReaches(core, id, 'running');
  proxy.heal();
  await expect.poll(() => progress(id)?.block ?? null, { timeout: 15_000 }).not.toBeNull();
  expect(progress(id)).toMatchObject({ done: null });
  expect(progressWords(progress(id) ?? { block: null, done: 0, of: 1 })).toMatch(/^Step \d+$/);
});
