import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { openDatabase } from '../../electron/core/store/database.ts';
import { RunStore } from '../../electron/core/store/run-store.ts';
import { systemClock } from '../../electron/core/clock.ts';
import { aRun } from '../support/a-run.ts';
import { startFaultProxy } from '../support/fault-proxy.ts';
import { connectTo, makeHome, openCore } from '../support/test-core.ts';
import type { TestHome } from '../support/test-core.ts';
import { PlainClient } from './plain-client.ts';
import type { Server } from './server.ts';
import type { Line } from './table.ts';

/** Long enough for a plain client to ask four times. */
const WINDOW_MS = 20_000;
const MINUTE_MS = 60_000;
/** The jobs outlive the window. */
const MESSAGE = 'steps=10 delay=6000';
const LISTEN = 'GET /api/v1/mercenaries/listen';

/**
 * Requests a minute while so many jobs run, each of them one block of six seconds after the other. OmniTray finds them in
 * its database, as after a restart, so that their number is not bounded by what it starts at a time.
 */
export async function measureRequests(server: Server, runs: number, withStream: boolean): Promise<Line> {
  const what = `requests a minute, ${runs} live run${runs === 1 ? '' : 's'}${withStream ? '' : ', no stream'}`;
  const omnitray = await ofOmniTray(server, runs, withStream);
  // A loop for each run, as the documentation has it: measured once, the others are as many times that.
  return { what, omnitray, plain: runs * (await ofPlainClient(server)) };
}

async function ofOmniTray(server: Server, runs: number, withStream: boolean): Promise<number> {
  const hop = await startFaultProxy(server.origin);
  if (!withStream) hop.fail(LISTEN, 404);
  const home = await makeHome();
  try {
    const { profileId, recipeId } = await meet(home, hop.origin, server.token);
    await plant(home, server, { profileId, recipeId, runs });
    const core = openCore(home);
    core.engine.resume();
    await core.connection.startUp();
    // What a start costs is not what running costs.
    await pause(WINDOW_MS / 4);
    const before = hop.seen.length;
    await pause(WINDOW_MS);
    const asked = hop.seen.length - before;
    core.close();
    return (asked * MINUTE_MS) / WINDOW_MS;
  } finally {
    await hop.close();
    await home.remove();
  }
}

async function meet(home: TestHome, origin: string, token: string): Promise<{ profileId: string; recipeId: string }> {
  const core = openCore(home);
  await connectTo(core, origin, token);
  const profileId = core.connection.view.profile?.id ?? '';
  const recipeId = core.catalogue.view.recipes.find(({ name }) => name === 'Slow steps')?.id ?? '';
  core.close();
  return { profileId, recipeId };
}

/** Jobs on the server, and runs in the database that they belong to. */
async function plant(
  home: TestHome,
  server: Server,
  { profileId, recipeId, runs }: { readonly profileId: string; readonly recipeId: string; readonly runs: number },
): Promise<void> {
  const client = new PlainClient(server.origin, server.token);
  const jobs = await Promise.all(Array.from({ length: runs }, () => client.exec(recipeId, { text: MESSAGE })));
  const { database } = openDatabase(home.folder, Date.now());
  const store = new RunStore(database, systemClock);
  for (const jobId of jobs) {
    const run = { ...aRun(), id: randomUUID(), profileId, recipeId, message: MESSAGE };
    store.add(run);
    store.move({ ...run, state: 'queued' }, 'uploading');
    store.move({ ...run, state: 'uploading' }, 'starting');
    store.move({ ...run, state: 'starting' }, 'running', { jobId, startedAt: Date.now() });
  }
  database.close();
}

/** Of one run. */
async function ofPlainClient(server: Server): Promise<number> {
  const client = new PlainClient(server.origin, server.token);
  const before = client.requests;
  const end = performance.now() + WINDOW_MS;
  while (performance.now() < end) {
    await client.jobs();
    await pause(5_000);
  }
  return ((client.requests - before) * MINUTE_MS) / WINDOW_MS;
}
