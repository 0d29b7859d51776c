import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { systemClock } from '../../electron/core/base/clock.ts';
import { openDatabase } from '../../electron/core/store/database.ts';
import { RunStore } from '../../electron/core/store/run-store.ts';
import { aRun } from '../support/a-run.ts';
import { type FaultProxy, startFaultProxy } from '../support/fault-proxy.ts';
import { openFileKeychain } from '../support/file-keychain.ts';
import { connectTo, makeHome, openCore, type TestHome } from '../support/test-core.ts';
import type { LiveCost } from './live-child.ts';
import { PlainClient } from './plain-client.ts';
import type { Server } from './server.ts';
import type { Table } from './table.ts';

/** A look a half minute is a net under the stream; without it there are enough of them in less. */
const WINDOW_MS = { withStream: 60_000, without: 20_000 };
const SETTLE_MS = 6_000;
const MINUTE_MS = 60_000;
const MEBIBYTE = 1_048_576;
/** The jobs outlive the window. */
const MESSAGE = 'steps=10 delay=12000';
const LISTEN = 'GET /api/v1/mercenaries/listen';
const JOBS = 'GET /api/v1/workflow/jobs';
const STARTED_AT_ONCE = 20;

interface Measured extends LiveCost {
  readonly requests: number;
  readonly looks: number;
}

/**
 * What watching costs while so many jobs run, each of them one step of twelve seconds after the other. OmniTray finds them
 * in its database, as after a restart, so that their number is not bounded by what it starts at a time.
 */
export async function measureLive(server: Server, counts: readonly number[]): Promise<Table> {
  const none = await ofOmniTray(server, { runs: 0, withStream: true, window: WINDOW_MS.without });
  // A loop for each run, as the documentation has it: measured once, the others are as many times that.
  const plain = await ofPlainClient(server);
  const rows: string[][] = [];
  for (const runs of counts) {
    for (const withStream of [true, false]) {
      const window = withStream ? WINDOW_MS.withStream : WINDOW_MS.without;
      const cost = await ofOmniTray(server, { runs, withStream, window });
      rows.push([
        `${runs.toLocaleString('en')} ${withStream ? 'with the stream' : 'without'}`,
        perMinute(cost.requests, window).toFixed(0),
        (plain * runs).toFixed(0),
        perMinute(cost.cpu, window).toFixed(0),
        withStream || cost.looks === 0 ? '' : (cost.cpu / cost.looks).toFixed(1),
        ((cost.memory - none.memory) / MEBIBYTE).toFixed(1),
      ]);
    }
  }
  return {
    title: 'Live runs',
    heads: ['', 'requests a minute', 'plain client', 'CPU, ms a minute', 'CPU, ms a look', 'memory, MiB over none'],
    rows,
  };
}

const perMinute = (inWindow: number, window: number): number => (inWindow * MINUTE_MS) / window;

async function ofOmniTray(
  server: Server,
  { runs, withStream, window }: { readonly runs: number; readonly withStream: boolean; readonly window: number },
): Promise<Measured> {
  const hop = await startFaultProxy(server.origin);
  if (!withStream) hop.fail(LISTEN, 404);
  const home = await makeHome();
  try {
    const known = { ...home, keychain: openFileKeychain(home.folder) };
    const { profileId, recipeId } = await meet(known, hop.origin, server.token);
    await plant(home, server, { profileId, recipeId, runs });
    return await watchInChild(home.folder, hop, window);
  } finally {
    await hop.close();
    await home.remove();
  }
}

async function watchInChild(folder: string, hop: FaultProxy, window: number): Promise<Measured> {
  const program = join(import.meta.dirname, 'live-child.ts');
  const child = spawn(process.execPath, ['--expose-gc', program, folder, String(SETTLE_MS), String(window)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let before = 0;
  let cost: LiveCost | null = null;
  for await (const line of createInterface(child.stdout)) {
    if (line === 'ready') before = hop.seen.length;
    else cost = JSON.parse(line) as LiveCost;
  }
  if (cost === null) throw new Error('The program ended early.');
  const asked = hop.seen.slice(before);
  return { ...cost, requests: asked.length, looks: asked.filter((route) => route === JOBS).length };
}

async function meet(
  home: Pick<TestHome, 'folder' | 'keychain'>,
  origin: string,
  token: string,
): Promise<{ profileId: string; recipeId: string }> {
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
  const jobs: string[] = [];
  while (jobs.length < runs) {
    const some = Math.min(STARTED_AT_ONCE, runs - jobs.length);
    jobs.push(...(await Promise.all(Array.from({ length: some }, () => client.exec(recipeId, { text: MESSAGE })))));
  }
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

/** Requests a minute of the loop of one run. */
async function ofPlainClient(server: Server): Promise<number> {
  const client = new PlainClient(server.origin, server.token);
  const before = client.requests;
  const end = performance.now() + WINDOW_MS.without;
  while (performance.now() < end) {
    await client.jobs();
    await pause(5_000);
  }
  return perMinute(client.requests - before, WINDOW_MS.without);
}
