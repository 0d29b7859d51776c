import { rm, writeFile } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RunView } from '../../../electron/contract/views.ts';
import type { Core } from '../../../electron/core/app/core.ts';
import type { Handlers } from '../../../electron/core/app/handlers.ts';
import { type PracticeServer, startPracticeServer } from '../../../electron/practice/server.ts';
import { type FaultProxy, startFaultProxy } from '../../support/fault-proxy.ts';
import { connectTo, LoudLogger, makeHome, openCore, runReaches, type TestHome } from '../../support/test-core.ts';
import { handlersOf } from '../../support/test-handlers.ts';

const EXEC = 'POST /api/v1/workflow/exec';
const UPLOAD = 'POST /fid';

let server: PracticeServer;
let proxy: FaultProxy;
let home: TestHome;
let core: Core;
let call: Handlers;
const logger = new LoudLogger();

beforeEach(async () => {
  server = await startPracticeServer();
  proxy = await startFaultProxy(server.origin);
  home = await makeHome();
  logger.errors.length = 0;
  core = openCore(home, { logger });
  call = handlersOf(core);
  await connectTo(core, proxy.origin, server.token);
});
afterEach(async () => {
  await core.copies.settled();
  core.close();
  await proxy.close();
  await server.close();
  await home.remove();
  expect(logger.errors).toEqual([]);
});

const count = (route: string): number => proxy.seen.filter((seen) => seen === route).length;
const files = (contents: readonly string[]): Promise<readonly string[]> =>
  Promise.all(contents.map((content, index) => home.file(`${index + 1}.txt`, content)));

async function startEach(recipe: string, paths: readonly string[], message = ''): Promise<readonly RunView[]> {
  const { id } = core.catalogue.view.recipes.find(({ name }) => name === recipe) ?? { id: null };
  await call['draft:edit']({ recipeId: id, message, mode: 'each' });
  await call['draft:add']({ paths: [...paths], unsaved: [], texts: [] });
  return (await call['runs:start'](undefined)).runs;
}
const allReach = (
  runs: readonly RunView[],
  ...states: Parameters<typeof runReaches>[2][]
): Promise<readonly RunView[]> => Promise.all(runs.map(({ id }) => runReaches(core, id, ...states)));

describe('one run per file', () => {
  it('makes a batch in the order of the files, and each has its own result', async () => {
    const runs = await startEach('Word count', await files(['one', 'one two', 'one two three']));
    expect(runs.map(({ inputs }) => inputs[0]?.name)).toEqual(['1.txt', '2.txt', '3.txt']);
    expect(new Set(runs.map(({ batchId }) => batchId)).size).toBe(1);
    await allReach(runs, 'succeeded');
    const words = runs.map(
      ({ id }) => (JSON.parse(core.runs.result(id).objects[0] ?? '{}') as { words?: number }).words,
    );
    expect(words).toEqual([1, 2, 3]);
    expect(count(EXEC)).toBe(3);
    expect(core.draft.view().attachments).toEqual([]);
  });

  it('is sent to the lists newest first, the last file on top', async () => {
    const runs = await startEach('Word count', await files(['a', 'b', 'c']));
    expect(core.runs.list().map(({ id }) => id)).toEqual(runs.map(({ id }) => id).toReversed());
    await allReach(runs, 'succeeded');
  });
});

describe('a batch', () => {
  it('is stopped as a whole, and no more of it is sent', async () => {
    proxy.fail(UPLOAD, 'hang');
    const runs = await startEach('Word count', await files(['a', 'b', 'c', 'd', 'e', 'f']));
    await call['runs:stop-batch']({ batchId: runs[0]?.batchId ?? '' });
    await allReach(runs, 'stopped');
    expect(count(EXEC)).toBe(0);
  });

  it('is stopped without other runs; another call stops all runs', async () => {
    proxy.fail(UPLOAD, 'hang');
    const batch = await startEach('Word count', await files(['a', 'b']));
    const [other] = await startEach('Word count', [await home.file('other.txt', 'x')]);
    await call['runs:stop-batch']({ batchId: batch[0]?.batchId ?? '' });
    await allReach(batch, 'stopped');
    expect(core.runs.get(other?.id ?? '').state).not.toBe('stopped');
    await call['runs:stop-all'](undefined);
    await runReaches(core, other?.id ?? '', 'stopped');
  });

  it('reruns failed runs as a new batch, without the others', async () => {
    proxy.fail(UPLOAD, 500, 2);
    const runs = await startEach('Word count', await files(['a', 'b', 'c', 'd']));
    const ended = await allReach(runs, 'succeeded', 'failed');
    const failed = ended.filter(({ state }) => state === 'failed');
    expect(failed).toHaveLength(2);
    const batchId = runs[0]?.batchId ?? '';
    const [first, twice] = await Promise.all([
      call['runs:failed-again']({ batchId }),
      call['runs:failed-again']({ batchId }),
    ]);
    expect(twice).toEqual(first);
    expect(first.map(({ inputs }) => inputs[0]?.name)).toEqual(failed.map(({ inputs }) => inputs[0]?.name));
    expect(new Set(first.map((run) => run.batchId)).size).toBe(1);
    expect(first[0]?.batchId).not.toBe(batchId);
    await allReach(first, 'succeeded');
    expect(count(EXEC)).toBe(4);
    await expect(call['runs:failed-again']({ batchId: first[0]?.batchId ?? '' })).rejects.toMatchObject({
      code: 'nothing-to-run',
    });
  });

  it('reruns failed runs except those with a changed file', async () => {
    proxy.fail(UPLOAD, 500, 3);
    const paths = await files(['a', 'b', 'c']);
    const runs = await startEach('Word count', paths);
    await allReach(runs, 'failed');
    await writeFile(paths[0] ?? '', 'changed, and longer');
    await rm(paths[1] ?? '');
    const batchId = runs[0]?.batchId ?? '';
    const again = await call['runs:failed-again']({ batchId });
    expect(again.map(({ inputs, batchId: own }) => [inputs[0]?.name, own])).toEqual([['3.txt', null]]);
    await allReach(again, 'succeeded');
    await rm(paths[2] ?? '');
    await expect(call['runs:failed-again']({ batchId })).rejects.toMatchObject({
      code: 'inputs-changed',
      detail: '1.txt',
    });
    expect(count(EXEC)).toBe(1);
  });

  it('does not rerun a run that the user gave up, because it may have run', async () => {
    proxy.fail(EXEC, 'lose-answer');
    // Else their own sessions tell of the jobs, and the runs go on.
    proxy.fail('GET /api/v1/mercenaries/listen', 404);
    const runs = await startEach('Word count', await files(['a', 'b']));
    await allReach(runs, 'unconfirmed');
    for (const { id } of runs) await call['runs:give-up']({ runId: id });
    await expect(call['runs:failed-again']({ batchId: runs[0]?.batchId ?? '' })).rejects.toMatchObject({
      code: 'nothing-to-run',
    });
  });
});

describe('run again', () => {
  const once = async (path: string): Promise<RunView> => {
    const [run] = await startEach('Word count', [path]);
    return runReaches(core, run?.id ?? '', 'succeeded');
  };

  it('sends the same, and uploads no file that is still on the server', async () => {
    const first = await once(await home.file('a.txt', 'one two'));
    const again = await call['runs:again']({ runId: first.id });
    expect(again).toMatchObject({ state: 'queued', batchId: null, inputs: first.inputs });
    await runReaches(core, again.id, 'succeeded');
    expect(core.runs.result(again.id).objects).toEqual(core.runs.result(first.id).objects);
    expect(core.runs.result(again.id).receipt.files).toEqual(core.runs.result(first.id).receipt.files);
    expect([count(UPLOAD), count(EXEC)]).toEqual([1, 2]);
  });

  it.each([404, 410, 503] as const)(
    'uploads anew what the server no longer has, or does not say that it has (%s)',
    async (status) => {
      const first = await once(await home.file('a.txt', 'one two'));
      proxy.fail('GET /fid/', status, 1);
      const again = await call['runs:again']({ runId: first.id });
      await runReaches(core, again.id, 'succeeded');
      expect(core.runs.result(again.id).objects).toEqual(core.runs.result(first.id).objects);
      expect([count(UPLOAD), count(EXEC)]).toEqual([2, 2]);
    },
  );

  it('sends nothing when a file has changed, and names it', async () => {
    const path = await home.file('a.txt', 'one two');
    const first = await once(path);
    await writeFile(path, 'ten two');
    await expect(call['runs:again']({ runId: first.id })).rejects.toMatchObject({
      code: 'inputs-changed',
      detail: 'a.txt',
    });
    await rm(path);
    await expect(call['runs:again']({ runId: first.id })).rejects.toMatchObject({
      code: 'inputs-changed',
      detail: 'a.txt',
    });
    expect(core.runs.list()).toHaveLength(1);
    expect(count(EXEC)).toBe(1);
  });

  it('uses the kept copy, also after the first run was removed', async () => {
    core.settings.change({ keepInputs: true });
    const path = await home.file('a.txt', 'one two');
    const first = await once(path);
    await core.copies.settled();
    await rm(path);
    const again = await call['runs:again']({ runId: first.id });
    await runReaches(core, again.id, 'succeeded');
    await call['runs:remove']({ runIds: [first.id] });
    const third = await call['runs:again']({ runId: again.id });
    await runReaches(core, third.id, 'succeeded');
    expect(core.runs.result(third.id).objects).toEqual(core.runs.result(again.id).objects);
    const draft = await call['draft:from-run']({ runId: third.id });
    expect(draft.attachments).toMatchObject([{ name: 'a.txt', problem: null }]);
  });

  it('pressed twice is one run', async () => {
    const first = await once(await home.file('a.txt', 'one two'));
    const [one, two] = await Promise.all([
      call['runs:again']({ runId: first.id }),
      call['runs:again']({ runId: first.id }),
    ]);
    expect(two.id).toBe(one.id);
    await runReaches(core, one.id, 'succeeded');
    expect(count(EXEC)).toBe(2);
  });

  it('goes to the same server after it was removed and added again, and to no other', async () => {
    const first = await once(await home.file('a.txt', 'one two'));
    await call['connection:forget']({ profileId: first.profileId });
    await expect(call['runs:again']({ runId: first.id })).rejects.toMatchObject({ code: 'not-connected' });
    await connectTo(core, proxy.origin, server.token);
    const again = await call['runs:again']({ runId: first.id });
    expect(again.profileId).toBe(core.connection.view.profile?.id);
    await runReaches(core, again.id, 'succeeded');
    expect(count(UPLOAD)).toBe(2);
  });
});

describe('a favourite', () => {
  it('stays one until it is unmarked, also over a restart', async () => {
    const [run] = await startEach('Word count', [await home.file('a.txt', 'one')]);
    const runId = run?.id ?? '';
    await runReaches(core, runId, 'succeeded');
    expect(call['runs:favourite']({ runId, favourite: true })).toMatchObject({ favourite: true });
    core.close();
    core = openCore(home, { logger });
    expect(core.runs.list()).toMatchObject([{ favourite: true }]);
    expect(handlersOf(core)['runs:favourite']({ runId, favourite: false })).toMatchObject({ favourite: false });
  });
});

describe('a removed run', () => {
  it('is in no list and has no result until it is restored', async () => {
    const [run] = await startEach('Word count', [await home.file('a.txt', 'one')]);
    const runId = run?.id ?? '';
    await runReaches(core, runId, 'succeeded');
    const before = Date.now();
    const { until } = await call['runs:remove']({ runIds: [runId] });
    expect(until).toBeGreaterThan(before);
    expect([core.runs.list(), core.runs.forTray()]).toEqual([[], []]);
    await expect(call['results:view']({ runId })).rejects.toMatchObject({ code: 'run-unknown' });
    expect(await call['runs:restore']({ runIds: [runId] })).toMatchObject([{ id: runId, state: 'succeeded' }]);
    expect(core.runs.list()).toMatchObject([{ id: runId, gave: { objects: 1 } }]);
  });
});
