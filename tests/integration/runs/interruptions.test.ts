import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Core } from '../../../electron/core/app/core.ts';
import { type PracticeServer, startPracticeServer } from '../../../electron/practice/server.ts';
import { type FaultProxy, startFaultProxy } from '../../support/fault-proxy.ts';
import { openSetClock, type SetClock } from '../../support/set-clock.ts';
import {
  connectTo,
  LoudLogger,
  makeHome,
  openCore,
  runReaches,
  startRecipe,
  type TestHome,
  UNTIL_FINISHED,
} from '../../support/test-core.ts';
import { handlersOf } from '../../support/test-handlers.ts';

const EXEC = 'POST /api/v1/workflow/exec';
const JOBS = 'GET /api/v1/workflow/jobs';
const STOP = 'POST /api/v1/workflow/stop';

let server: PracticeServer;
let proxy: FaultProxy;
let home: TestHome;
let core: Core;
/** Of the server and of OmniTray. */
let clock: SetClock;
const logger = new LoudLogger();

const count = (route: string): number => proxy.seen.filter((seen) => seen === route).length;
const until = (holds: () => boolean): Promise<void> =>
  vi.waitFor(() => expect(holds()).toBe(true), { timeout: 30_000, interval: 10 });
const activeId = (): string => core.connection.view.profile?.id ?? '';
const slow = (): Promise<{ id: string }> => startRecipe(core, 'Slow steps', [], UNTIL_FINISHED);

beforeEach(async () => {
  clock = openSetClock();
  server = await startPracticeServer({ clock: () => clock.now() });
  proxy = await startFaultProxy(server.origin);
  home = await makeHome();
  logger.errors.length = 0;
  core = openCore(home, { logger, clock });
  await connectTo(core, proxy.origin, server.token);
});

afterEach(async () => {
  core.close();
  await proxy.close();
  await server.close();
  await home.remove();
});

describe('a replacement during', () => {
  it('an upload does not stop the run', async () => {
    proxy.fail('POST /fid', 'hang', 1);
    const { id } = await startRecipe(core, 'Hash files', [await home.file('a.bin', randomBytes(1_000))]);
    await until(() => proxy.hanging === 1);
    expect(core.runs.get(id).state).toBe('uploading');
    proxy.heal();
    await connectTo(core, proxy.origin, await server.mintToken());
    // Its client closed under it, as when the practice server comes up on another port.
    core.connection.close();
    await runReaches(core, id, 'waiting');
    expect(logger.errors).toEqual([]);
  });

  it('a start (a new token) still lets the answer come', async () => {
    proxy.fail(EXEC, 'hold', 1);
    const { id } = await startRecipe(core, 'Word count', [], 'one two');
    await until(() => count(EXEC) === 1);
    await connectTo(core, proxy.origin, await server.mintToken());
    proxy.release();
    await runReaches(core, id, 'succeeded', 'unconfirmed');
    expect(core.runs.get(id).state).toBe('succeeded');
    expect(count(EXEC)).toBe(1);
  });
});

describe('a server that is removed', () => {
  it('ends its runs with a reason, in every state', async () => {
    const running = await slow();
    await runReaches(core, running.id, 'running');
    proxy.fail('POST /fid', 'hang');
    const sending = await startRecipe(core, 'Hash files', [await home.file('a.bin', randomBytes(1_000))]);
    await runReaches(core, sending.id, 'uploading');
    await core.connection.forget(activeId());
    for (const { id } of [running, sending])
      expect(await runReaches(core, id, 'failed')).toMatchObject({ reason: 'profile-forgotten' });
  });
});

describe('a stop', () => {
  it('that did not reach the server is sent again', async () => {
    const { id } = await slow();
    await runReaches(core, id, 'running');
    proxy.fail(STOP, 'cut', 1);
    expect(await core.runs.stop(core.engine, id)).toMatchObject({ stopRequested: true });
    await until(() => count(STOP) === 1);
    server.finishWaits();
    await runReaches(core, id, 'stopped');
  });

  it('between two steps of an upload ends the run', async () => {
    proxy.fail(JOBS, 'hang', 1);
    core.close();
    core = openCore(home, { logger });
    core.catalogue.use(activeId());
    const { id } = await startRecipe(core, 'Hash files', [await home.file('a.bin', randomBytes(1_000))]);
    await core.runs.stop(core.engine, id);
    await runReaches(core, id, 'stopped');
    expect(logger.errors).toEqual([]);
  });
});

describe('a failing listener of runs', () => {
  it('does not stop a run', async () => {
    core.runs.onChange(() => {
      throw new Error('a window that is gone');
    });
    const { id } = await startRecipe(core, 'Word count', [], 'one two');
    await until(() => core.runs.get(id).state === 'succeeded');
    expect(logger.errors.join()).toContain('a window that is gone');
  });
});

describe('a database that cannot be written for a while', () => {
  it('leaves no run without a reason, and starts none twice', async () => {
    proxy.fail(EXEC, 'hold', 1);
    const { id } = await startRecipe(core, 'Word count', [], 'one two');
    await until(() => count(EXEC) === 1);
    const other = new DatabaseSync(`${home.folder}/omnitray.db`);
    other.exec("CREATE TRIGGER full BEFORE UPDATE ON runs BEGIN SELECT RAISE(ABORT, 'database or disk is full'); END");
    proxy.release();
    await until(() => logger.errors.length > 0);
    expect(core.runs.get(id).state).toBe('starting');
    other.exec('DROP TRIGGER full');
    other.close();
    await runReaches(core, id, 'unconfirmed');
    expect(count(EXEC)).toBe(1);
  });
});

describe('a token that expires while a job runs', () => {
  it('is shown on the run, and a new one continues it', async () => {
    await connectTo(core, proxy.origin, await server.mintToken({ lifetimeSeconds: 3_600 }));
    const { id } = await slow();
    await runReaches(core, id, 'running');
    clock.forward(3_601_000);
    server.finishWaits();
    await until(() => core.runs.get(id).reason === 'token-expired');
    await connectTo(core, proxy.origin, await server.mintToken());
    expect(await runReaches(core, id, 'succeeded')).toMatchObject({ reason: null });
  });
});

describe('a file of a result that the server cannot give now', () => {
  it('does not stop the other files', async () => {
    const { fids, id } = await collecting();
    expect(fids.length).toBeGreaterThan(1);
    expect(core.runs.result(id).artifacts).toHaveLength(fids.length - 1);
    proxy.heal();
    expect(await runReaches(core, id, 'succeeded')).toMatchObject({ gave: { files: fids.length } });
  });

  async function collecting(): Promise<{ readonly fids: readonly string[]; readonly id: string }> {
    const pictures = await Promise.all(
      ['hills.png', 'harbour.png'].map((name) =>
        readFile(join(import.meta.dirname, '../../../resources/samples', name)),
      ),
    );
    const paths = await Promise.all(pictures.map((bytes, index) => home.file(`${index}.png`, bytes)));
    // The first file that is asked for, each time.
    let broken: string | null = null;
    const isBroken = (route: string): boolean => route.startsWith('GET /fid') && route === (broken ??= route);
    proxy.fail(isBroken, 500);
    const { id } = await startRecipe(core, 'Image to grey', paths);
    await until(() => core.runs.get(id).state === 'collecting' && core.runs.get(id).reason !== null);
    return { id, fids: core.results.find(id).artifacts.map(({ fid }) => fid) };
  }
});

describe('an invalid token in the keychain', () => {
  it('holds a run with a reason until there is a valid one', async () => {
    core.close();
    const keychain = { ...home.keychain, read: () => Promise.resolve('not a token') };
    core = openCore({ ...home, keychain }, { logger });
    const { id } = await startRecipe(core, 'Word count', [], 'one two');
    expect(await runReaches(core, id, 'waiting')).toMatchObject({ reason: 'token-absent' });
    expect(core.connection.view.problem).toMatchObject({ code: 'token-malformed' });
    await connectTo(core, proxy.origin, await server.mintToken());
    await runReaches(core, id, 'succeeded');
    expect(logger.errors).toEqual([]);
  });
});

describe('closing', () => {
  it('during a poll leaves nothing behind that fails', async () => {
    proxy.fail('GET /api/v1/mercenaries/listen', 404);
    const { id } = await slow();
    await runReaches(core, id, 'running');
    proxy.fail(JOBS, 'hang');
    const rejections: unknown[] = [];
    const note = (reason: unknown): void => void rejections.push(reason);
    process.on('unhandledRejection', note);
    // A look is under way for sure: the proxy answers none.
    await until(() => proxy.hanging > 0);
    core.close();
    await delay(50);
    process.off('unhandledRejection', note);
    core = openCore(home, { logger });
    expect(rejections).toEqual([]);
  });
});

describe('Run pressed twice', () => {
  it('makes one run', async () => {
    const recipe = core.catalogue.view.recipes.find(({ name }) => name === 'Word count');
    core.draft.edit({ recipeId: recipe?.id ?? '', message: 'one two' });
    const handlers = handlersOf(core);
    const [first, second] = await Promise.all([handlers['runs:start'](undefined), handlers['runs:start'](undefined)]);
    expect(first.runs).toHaveLength(1);
    expect(second.runs.map(({ id }) => id)).toEqual(first.runs.map(({ id }) => id));
    await runReaches(core, first.runs[0]?.id ?? '', 'succeeded');
    expect(count(EXEC)).toBe(1);
  });
});
