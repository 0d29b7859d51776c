import { createHash, randomBytes } from 'node:crypto';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
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

const EXEC = 'POST /api/v1/workflow/exec';
const LISTEN = 'GET /api/v1/mercenaries/listen';
const PICTURES = ['hills.png', 'harbour.png'].map((name) =>
  join(import.meta.dirname, '../../../resources/samples', name),
);

let server: PracticeServer;
let proxy: FaultProxy;
let home: TestHome;
let core: Core;
/** Of the server and of OmniTray. */
let clock: SetClock;
const logger = new LoudLogger();

const open = (owner = 'app'): Core => openCore(home, { owner, logger, clock });
const execs = (): number => proxy.seen.filter((route) => route === EXEC).length;

beforeEach(async () => {
  clock = openSetClock();
  server = await startPracticeServer({ clock: () => clock.now() });
  proxy = await startFaultProxy(server.origin);
  home = await makeHome();
  logger.errors.length = 0;
  core = open();
  await connectTo(core, proxy.origin, server.token);
});

afterEach(async () => {
  core.close();
  await proxy.close();
  await server.close();
  await home.remove();
  expect(logger.errors).toEqual([]);
});

describe('a run', () => {
  it('fetches text and pictures of real files, and keeps them over a restart', async () => {
    const { id } = await startRecipe(core, 'Thumbnail sheet', PICTURES);
    await runReaches(core, id, 'succeeded');
    core.close();
    core = open();
    const result = core.runs.result(id);
    expect(result.texts.join()).toContain('2 pictures');
    expect(result.artifacts).toMatchObject([{ kind: 'image', mime: 'image/png', problem: null }]);
    expect(result.receipt.files.map(({ name }) => name)).toEqual(['hills.png', 'harbour.png']);
    expect(result.receipt.files[0]?.sha256).toMatch(/^[0-9a-f]{64}$/);
    const [stored] = core.results.find(id).artifacts;
    const bytes = await readFile(join(core.folderOf(id), stored?.file ?? ''));
    expect(bytes.subarray(1, 4).toString()).toBe('PNG');
  });

  it('fetches a file that never expires on the server', async () => {
    const { id } = await startRecipe(core, 'Echo', [await home.file('notes.txt', 'some notes')]);
    await runReaches(core, id, 'succeeded');
    const [stored] = core.results.find(id).artifacts;
    expect(stored).toMatchObject({ name: 'notes.txt', expires: Number.MAX_SAFE_INTEGER });
    expect(await readFile(join(core.folderOf(id), stored?.file ?? ''), 'utf8')).toBe('some notes');
  });

  it('sends a large file byte for byte, with a receipt of the bytes', async () => {
    const large = await home.file('large.bin', randomBytes(20_000_000));
    const { id } = await startRecipe(core, 'Hash files', [large]);
    await runReaches(core, id, 'succeeded');
    const { receipt, objects } = core.runs.result(id);
    expect(receipt.files[0]?.sha256).toBe(
      createHash('sha256')
        .update(await readFile(large))
        .digest('hex'),
    );
    expect(objects.join()).toContain(receipt.files[0]?.sha256);
  });

  it.each([
    ['Fails half-way', 'failed', 'recipe-failed', 0],
    ['Fails after output', 'failed', 'recipe-failed', 1],
    ['Missing block', 'failed', 'recipe-failed', 0],
    ['No output', 'empty', 'no-output', 0],
    ['Chat-only answer', 'succeeded', null, 0],
  ] as const)('of "%s" ends %s and keeps what came', async (recipe, state, reason, texts) => {
    const { id } = await startRecipe(core, recipe, [], 'hello');
    const ended = await runReaches(core, id, 'succeeded', 'failed', 'empty', 'lost', 'stopped');
    expect(ended).toMatchObject({ state, reason, gave: { texts } });
  });

  it('stops on request at the end of its block', async () => {
    const { id } = await startRecipe(core, 'Slow steps', [], UNTIL_FINISHED);
    await runReaches(core, id, 'running');
    expect(await core.runs.stop(core.engine, id)).toMatchObject({ stopRequested: true });
    server.finishWaits();
    expect(await runReaches(core, id, 'stopped')).toMatchObject({ reason: null });
  });

  it('sends nothing that the recipe would ignore', async () => {
    const { id } = await startRecipe(core, 'Image to grey', [
      ...PICTURES,
      await home.file('notes.txt', 'not a picture'),
    ]);
    await runReaches(core, id, 'succeeded');
    expect(proxy.seen.filter((route) => route === 'POST /fid')).toHaveLength(2);
    expect(core.runs.result(id).receipt.files).toHaveLength(2);
  });
});

describe('a start whose answer is lost', () => {
  it('is unconfirmed, is never sent again, and only the user ends it', async () => {
    proxy.fail(EXEC, 'lose-answer', 1);
    // Otherwise the session of the run reports the job later, and the run continues.
    proxy.fail(LISTEN, 404);
    const { id } = await startRecipe(core, 'Word count', [], 'one two three');
    await runReaches(core, id, 'unconfirmed');
    core.close();
    core = open();
    core.engine.resume();
    await core.connection.startUp();
    expect(core.runs.get(id)).toMatchObject({ state: 'unconfirmed', reason: 'answer-lost' });
    expect(core.runs.giveUp(core.engine, id)).toMatchObject({ state: 'failed', reason: 'given-up' });
    expect(execs()).toBe(1);
  });

  it('is assumed when the connection breaks', async () => {
    proxy.fail(EXEC, 'cut');
    const { id } = await startRecipe(core, 'Word count', [], 'one two three');
    expect(await runReaches(core, id, 'unconfirmed', 'waiting')).toMatchObject({ state: 'unconfirmed' });
  });

  it('is assumed when OmniTray ended in the middle of a start', async () => {
    proxy.fail(EXEC, 'hang');
    const { id } = await startRecipe(core, 'Word count', [], 'one two three');
    await vi.waitFor(() => expect(proxy.hanging).toBe(1), { timeout: 15_000 });
    core.close();
    proxy.heal();
    core = open();
    expect(core.runs.get(id).state).toBe('starting');
    core.engine.resume();
    expect(core.runs.get(id)).toMatchObject({ state: 'unconfirmed', reason: 'answer-lost' });
    await core.connection.startUp();
    expect(execs()).toBe(0);
  });
});

describe('a server that is away', () => {
  it('holds a run before its upload, and the run continues by itself', async () => {
    proxy.fail('POST /fid', 'cut', 1);
    const { id } = await startRecipe(core, 'Thumbnail sheet', PICTURES);
    const seen: string[] = [];
    core.connection.onChange(() => seen.push(core.connection.view.status));
    expect(await runReaches(core, id, 'waiting')).toMatchObject({ reason: 'server-away' });
    await runReaches(core, id, 'succeeded');
    expect(seen).toContain('offline');
    expect(core.connection.view.status).toBe('online');
    expect(execs()).toBe(1);
  });

  it.each([
    [500, 'waiting', 'server-error'],
    [403, 'waiting', 'server-odd'],
  ] as const)('is told from one that answers %i before anything was sent', async (status, state, reason) => {
    proxy.fail('GET /api/v1/workflow/jobs', status, 1);
    const { id } = await startRecipe(core, 'Thumbnail sheet', PICTURES);
    expect(await runReaches(core, id, state)).toMatchObject({ reason });
    await runReaches(core, id, 'succeeded');
    expect(execs()).toBe(1);
  });

  it('has a proxy that refuses a small file because of its size', async () => {
    proxy.fail('POST /fid', 413, 1);
    const { id } = await startRecipe(core, 'Thumbnail sheet', PICTURES);
    expect(await runReaches(core, id, 'failed')).toMatchObject({ reason: 'file-over-limit' });
    expect(execs()).toBe(0);
  });

  it('is waited for while a result is fetched', async () => {
    proxy.fail('GET /fid', 'cut', 1);
    const { id } = await startRecipe(core, 'Thumbnail sheet', PICTURES);
    await runReaches(core, id, 'collecting');
    expect(await runReaches(core, id, 'succeeded')).toMatchObject({ gave: { files: 1 } });
    expect(core.runs.result(id).artifacts[0]?.problem).toBeNull();
  });

  it('does not end a running job', async () => {
    const { id } = await startRecipe(core, 'Slow steps', [], UNTIL_FINISHED);
    await runReaches(core, id, 'running');
    proxy.fail('GET /api/v1/workflow/jobs', 503, 2);
    server.finishWaits();
    expect(await runReaches(core, id, 'succeeded', 'failed', 'lost')).toMatchObject({ state: 'succeeded' });
  });
});

describe('a restart of OmniTray', () => {
  it('continues to watch a running job', async () => {
    const { id } = await startRecipe(core, 'Slow steps', [], UNTIL_FINISHED);
    await runReaches(core, id, 'running');
    core.close();
    core = open();
    core.engine.resume();
    server.finishWaits();
    expect(await runReaches(core, id, 'succeeded')).toMatchObject({ gave: { texts: 1 } });
    expect(execs()).toBe(1);
  });

  it('sends queued runs once', async () => {
    proxy.fail('POST /fid', 'cut');
    const { id } = await startRecipe(core, 'Thumbnail sheet', PICTURES);
    await runReaches(core, id, 'waiting');
    core.close();
    proxy.heal();
    core = open();
    core.engine.resume();
    await runReaches(core, id, 'succeeded');
    expect(execs()).toBe(1);
  });

  it('does not touch the runs of a live terminal process', async () => {
    proxy.fail('POST /fid', 'cut');
    const terminal = open(`terminal:${process.ppid}`);
    const recipe = core.catalogue.view.recipes.find(({ name }) => name === 'Thumbnail sheet');
    await terminal.draft.add({ paths: PICTURES });
    terminal.draft.edit({ recipeId: recipe?.id ?? '' });
    const { startDraft } = await import('../../../electron/core/app/start-runs.ts');
    const [run] = (await startDraft(terminal, `terminal:${process.ppid}`)).runs;
    const id = run?.id ?? '';
    await runReaches(terminal, id, 'waiting');
    terminal.close();
    const left = core.runs.get(id);
    expect(left.owner).toBe(`terminal:${process.ppid}`);
    core.engine.resume();
    expect(core.runs.get(id)).toEqual(left);
    expect(core.engine.mine()).toEqual([]);
  });
});

describe('a restart of the server', () => {
  it('makes a run lost, after a request for its result', async () => {
    const { id } = await startRecipe(core, 'Slow steps', [], UNTIL_FINISHED);
    await runReaches(core, id, 'running');
    await server.restart();
    expect(await runReaches(core, id, 'lost')).toMatchObject({ reason: 'server-forgot' });
    expect(proxy.seen.some((route) => route.startsWith('GET /api/v1/workflow/results'))).toBe(true);
  });
});

describe('files', () => {
  it('that changed or vanished after the drop are not sent', async () => {
    const [gone, changed] = [await home.file('gone.txt', 'here'), await home.file('changed.txt', 'before')];
    proxy.fail('POST /fid', 'cut');
    const first = await startRecipe(core, 'Word count', [gone]);
    await runReaches(core, first.id, 'waiting');
    const second = await startRecipe(core, 'Word count', [changed]);
    await runReaches(core, second.id, 'waiting');
    await rm(gone);
    await writeFile(changed, 'after, and longer');
    proxy.heal();
    expect(await runReaches(core, first.id, 'failed')).toMatchObject({
      reason: 'file-vanished',
      reasonDetail: 'gone.txt',
    });
    expect(await runReaches(core, second.id, 'failed')).toMatchObject({
      reason: 'file-changed',
      reasonDetail: 'changed.txt',
    });
    expect(execs()).toBe(0);
  });
});

describe('a token that is no longer accepted', () => {
  it('holds the queue until there is a new token', async () => {
    await connectTo(core, proxy.origin, await server.mintToken({ lifetimeSeconds: 3_600 }));
    clock.forward(3_601_000);
    const { id } = await startRecipe(core, 'Word count', [], 'one two');
    expect(await runReaches(core, id, 'waiting')).toMatchObject({ reason: 'token-expired' });
    expect(core.connection.view.status).toBe('expired');
    await connectTo(core, proxy.origin, await server.mintToken());
    await runReaches(core, id, 'succeeded');
    expect(execs()).toBe(1);
  });
});
