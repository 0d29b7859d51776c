import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { RECIPE } from '../../../electron/practice/recipes/ids.ts';
import { type PracticeServer, startPracticeServer } from '../../../electron/practice/server.ts';
import { data, send, Visitor } from '../../support/wire/visitor.ts';

const EXEC = '/api/v1/workflow/exec';
const STOP = '/api/v1/workflow/stop';
const JSON_TYPE = { 'content-type': 'application/json' };

describe('jobs', () => {
  let now = Date.now();
  let server: PracticeServer;
  let visitor: Visitor;
  let other: Visitor;
  beforeAll(async () => {
    server = await startPracticeServer({ clock: () => now });
    visitor = await Visitor.enter(server);
    other = await Visitor.enter(server, await server.mintToken({ user: 'other' }));
  });
  afterEach(() => {
    server.finishWaits();
    server.restoreWaits();
  });
  afterAll(() => server.close());

  const ended = (jobId: string, state: string) => expect.poll(() => visitor.stateOf(jobId)).toBe(state);

  it('are refused with 500 for any invalid request', async () => {
    const headers = { ...JSON_TYPE, cookie: visitor.cookie };
    const misfits = [
      '{"args":{}}',
      '{"workflow": ',
      '',
      '[]',
      '{"workflow":"x","args":"a"}',
      '{"workflow":"x","args":[]}',
      '{"workflow":"x","args":null}',
      '{"workflow":"x","startNode":"abc"}',
    ];
    for (const body of misfits) {
      expect(await send(server.origin, 'POST', EXEC, { headers, body })).toMatchObject({ status: 500, text: '{}' });
    }
    for (const workflow of ['11111111-1111-1111-1111-111111111111', '', null, 7]) {
      const answer = await visitor.post(EXEC, { workflow, args: {} });
      expect(answer).toMatchObject({ status: 500, text: '{"error":"An error occurred"}' });
    }
    const form = { cookie: visitor.cookie, 'content-type': 'application/x-www-form-urlencoded' };
    expect(await send(server.origin, 'POST', EXEC, { headers: form, body: 'workflow=x' })).toMatchObject({
      status: 500,
      text: '{}',
    });
  });

  it('may have a body of up to 32 MiB', async () => {
    const envelope = JSON.stringify({ workflow: RECIPE.noOutput, args: { text: '' } });
    const room = 33_554_432 - envelope.length;
    const exec = (size: number) => visitor.post(EXEC, { workflow: RECIPE.noOutput, args: { text: 'x'.repeat(size) } });
    expect((await exec(room)).status).toBe(200);
    expect(await exec(room + 1)).toMatchObject({ status: 500, text: '{}' });
  });

  it('accept extra fields and missing args', async () => {
    for (const body of [{}, { args: {} }, { startNode: 99, whatever: 1 }]) {
      expect(data(await visitor.post(EXEC, { workflow: RECIPE.echo, ...body }))).toMatchObject({
        result: { status: 'JOB_STARTED', sender: 'omni' },
      });
    }
  });

  it('stay ready when two blocks are missing, and fail when one is', async () => {
    const jobs = async () => (await visitor.get('/api/v1/workflow/jobs')).text.match(/"state":"ready"/g)?.length ?? 0;
    const before = await jobs();
    expect((await visitor.post(EXEC, { workflow: RECIPE.ghost })).text).toBe('{"error":"An error occurred"}');
    expect(await jobs()).toBe(before + 1);
    await ended(await visitor.start(RECIPE.missingBlock, { text: 'x' }), 'error');
  });

  it('fail with a result if the output ran first, otherwise without', async () => {
    server.holdWaits();
    const half = await visitor.start(RECIPE.failsHalfway, { text: 'x' });
    const after = await visitor.start(RECIPE.failsAfterOutput, { text: 'early' });
    await expect.poll(async () => (await visitor.result(after)).status).toBe(200);
    expect(await visitor.stateOf(after)).toBe('running');
    server.finishWaits();
    await ended(half, 'error');
    await ended(after, 'error');
    expect(await visitor.result(half)).toMatchObject({ status: 404, text: '{"error":"Job not found"}' });
    expect(data(await visitor.result(after))).toMatchObject({ text: ['early'], job: { errors: null, success: true } });
  });

  it('are listed for all users, and their results are sent to their owner only', async () => {
    const jobId = await visitor.start(RECIPE.echo, { text: 'mine' });
    await ended(jobId, 'success');
    expect(await other.stateOf(jobId)).toBe('success');
    expect(await other.result(jobId)).toMatchObject({ status: 403, text: '{"error":"Unauthorized access"}' });
    expect(await visitor.get('/api/v1/workflow/results')).toMatchObject({ status: 500, text: '{"ok":false}' });
    expect((await visitor.get('/api/v1/workflow/results?jobId=')).status).toBe(404);
  });

  it('are done without a result if there is no output, or only chat', async () => {
    for (const recipe of [RECIPE.noOutput, RECIPE.chatOnly]) {
      const jobId = await visitor.start(recipe, { text: 'x' });
      await ended(jobId, 'success');
      expect((await visitor.result(jobId)).status).toBe(404);
    }
  });

  it('can be stopped between two blocks, by any user', async () => {
    server.holdWaits();
    const jobId = await visitor.start(RECIPE.slowSteps, { text: 'steps=2' });
    expect(await other.post(STOP, { jobId })).toMatchObject({ status: 200, text: '{}' });
    expect(await visitor.stateOf(jobId)).toBe('forceStop');
    server.finishWaits();
    await ended(jobId, 'stopped');
    expect((await visitor.result(jobId)).status).toBe(404);
    await visitor.post(STOP, { jobId });
    expect(await visitor.stateOf(jobId)).toBe('stopped');
  });

  it('are not stopped by an unknown id, and are all stopped by an empty request', async () => {
    server.holdWaits();
    const mine = await visitor.start(RECIPE.slowSteps, { text: 'steps=1' });
    for (const body of [{ jobId: 'nope' }, { jobId: 5 }]) expect((await visitor.post(STOP, body)).text).toBe('{}');
    const empty = await send(server.origin, 'POST', STOP, {
      headers: { ...JSON_TYPE, cookie: visitor.cookie },
      body: '',
    });
    expect(empty).toMatchObject({ status: 500, text: '{"ok":false}' });
    expect(await visitor.stateOf(mine)).toBe('running');
    await other.post(STOP, {});
    expect(await visitor.stateOf(mine)).toBe('forceStop');
    expect((await visitor.get('/api/v1/workflow/jobs')).text).not.toContain('"ready"');
    server.finishWaits();
    await ended(mine, 'stopped');
  });

  it('are listed for 20 minutes after their end; their results stay', async () => {
    const jobId = await visitor.start(RECIPE.echo, { text: 'kept' });
    await ended(jobId, 'success');
    now += 19 * 60_000;
    expect(await visitor.stateOf(jobId)).toBe('success');
    now += 61_000;
    expect(await visitor.stateOf(jobId)).toBeUndefined();
    expect((await visitor.result(jobId)).status).toBe(200);
  });
});

describe('a restart', () => {
  it('keeps address, sessions, tokens, files and results, and forgets jobs', async () => {
    const server = await startPracticeServer();
    const visitor = await Visitor.enter(server);
    const [file] = await visitor.upload({ name: 'a.txt', bytes: new Uint8Array([65]) });
    const after = await visitor.start(RECIPE.failsAfterOutput, { text: 'early' });
    const slow = await visitor.start(RECIPE.slowSteps, {});
    await expect.poll(async () => (await visitor.result(after)).status).toBe(200);
    await server.restart();
    expect(await visitor.get('/api/v1/workflow/jobs')).toMatchObject({ status: 200, text: '{"jobs":[]}' });
    expect(data(await visitor.result(after))).toMatchObject({ text: ['early'], job: { success: true } });
    expect((await visitor.result(slow)).status).toBe(404);
    expect(await visitor.post(STOP, { jobId: slow })).toMatchObject({ status: 200, text: '{}' });
    expect((await visitor.get(`/fid/${file?.fid ?? ''}`)).text).toBe('A');
    await Visitor.enter(server);
    await server.close();
    await expect(visitor.get('/version')).rejects.toThrow();
  });

  it('of the whole program keeps files, results and tokens with the same folder and secret', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'practice-test-'));
    const first = await startPracticeServer({ folder, secret: 'same' });
    const visitor = await Visitor.enter(first);
    const [file] = await visitor.upload({ name: 'a.txt', bytes: new Uint8Array([65]) });
    const jobId = await visitor.start(RECIPE.echo, { documents: [{ fid: file?.fid }] });
    await expect.poll(() => visitor.stateOf(jobId)).toBe('success');
    await first.close();
    const second = await startPracticeServer({ folder, secret: 'same' });
    const again = await Visitor.enter(second, first.token);
    expect(data(await again.result(jobId))).toMatchObject({ artifacts: { documents: [{ fid: file?.fid }] } });
    expect((await again.get(`/fid/${file?.fid ?? ''}`)).text).toBe('A');
    await second.close();
    expect(existsSync(folder)).toBe(true);
    await rm(folder, { recursive: true });
  });

  it('uses another port when the requested one is in use', async () => {
    const first = await startPracticeServer();
    const second = await startPracticeServer({ port: Number(new URL(first.origin).port) });
    expect(second.origin).not.toBe(first.origin);
    expect((await send(second.origin, 'GET', '/version')).text).toBe('1.0.4');
    await Promise.all([first.close(), second.close()]);
  });
});
