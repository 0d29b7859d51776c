import { describe, expect, it } from 'vitest';
import { html, json, redirect, reply, text } from '../../support/scripted-server.ts';
import { clientOf, failureOf, JOBS, jobs, RESULTS, scripted } from './client.ts';

const job = { userId: 'u', jobId: 'job-1', recipeId: 'r', errors: null, success: true };

describe('the job list', () => {
  it('holds the jobs of all users in known and unknown states', async () => {
    const list = [
      { id: 'a', state: 'running', user: 'me' },
      { id: 'b', state: 'forceStop', user: 'other' },
      { id: 'c', state: 'napping', user: 'me' },
    ];
    const server = (await scripted()).on(JOBS, jobs('shared', list));
    expect(await clientOf(server.origin).listJobs()).toEqual(list);
  });

  it.each([
    [text(401, 'Authentication failed'), { code: 'unauthorized', status: 401 }],
    [json(403, { error: 'no' }), { code: 'forbidden', status: 403 }],
    [text(404, 'nope'), { code: 'not-found', status: 404 }],
    [json(408, {}), { code: 'timed-out', status: 408, sent: 'maybe' }],
    [json(413, {}), { code: 'too-large', status: 413 }],
    [json(418, {}), { code: 'bad-reply', status: 418 }],
    [json(429, {}, { 'retry-after': '120' }), { code: 'rate-limited', retryAfterMs: 120_000 }],
    [json(429, {}, { 'retry-after': 'soon' }), { code: 'rate-limited', retryAfterMs: null }],
    [json(503, {}, { 'retry-after': 'Mon, 01 Jan 2001 00:00:00 GMT' }), { code: 'server-error', retryAfterMs: 0 }],
    [html(503), { code: 'server-error', status: 503 }],
    [json(500, { ok: false }), { code: 'server-error', status: 500 }],
    [json(500, {}), { code: 'server-error', status: 500 }],
    [html(200), { code: 'not-omnitool', status: 200, detail: 'html' }],
    [html(403), { code: 'not-omnitool', status: 403, detail: 'html' }],
    [html(401), { code: 'not-omnitool', status: 401, detail: 'html' }],
    [redirect('/login'), { code: 'not-omnitool', status: 302, detail: 'redirect' }],
    [redirect('http://elsewhere.invalid/', 308), { code: 'not-omnitool', status: 308, detail: 'redirect' }],
    [reply(204, ''), { code: 'bad-reply', status: 204 }],
    [json(200, {}), { code: 'bad-reply', detail: 'shape' }],
    [json(200, { ok: false }), { code: 'bad-reply', detail: 'shape' }],
    [json(200, { error: 'x' }), { code: 'bad-reply', detail: 'shape' }],
    [json(200, null), { code: 'bad-reply', detail: 'shape' }],
    [text(200, '{"jobs":['), { code: 'bad-reply', detail: 'json' }],
    [reply(200, ''), { code: 'bad-reply', detail: 'json' }],
    [reply(200, Buffer.from([0xff, 0xfe, 0x00])), { code: 'bad-reply', detail: 'json' }],
  ])('is not reply %#', async (answer, expected) => {
    const server = (await scripted()).on(JOBS, answer);
    expect(await failureOf(clientOf(server.origin).listJobs())).toMatchObject(expected);
  });
});

describe('results', () => {
  it('are requested by an escaped id', async () => {
    const server = (await scripted()).on(RESULTS, json(404, { error: 'Job not found' }));
    expect(await clientOf(server.origin).results('a&jobId=b/../c')).toBeNull();
    expect(server.askedFor(RESULTS)[0]?.url).toBe('/api/v1/workflow/results?jobId=a%26jobId%3Db%2F..%2Fc');
  });

  it('are read in any state of the job', async () => {
    const body = { job, text: ['all'], objects: [{ a: 1 }], artifacts: {}, created: 7 };
    const server = (await scripted()).on(RESULTS, json(200, body));
    expect(await clientOf(server.origin).results('job-1')).toEqual({
      texts: ['all'],
      objects: [{ a: 1 }],
      artifacts: [],
      unreadable: 0,
      unkeptValues: 0,
      createdAt: 7,
    });
  });

  it.each([
    ['an unknown route', json(404, { message: 'Route not found', error: 'Not Found', statusCode: 404 }), 'not-found'],
    ['somebody else’s 404', html(404), 'not-omnitool'],
    ['another user’s job', json(403, { error: 'Unauthorized access' }), 'forbidden'],
    ['a lost session', text(401, 'Authentication failed'), 'unauthorized'],
    ['a body of another kind', json(200, { items: [] }), 'bad-reply'],
  ])('are not taken for none when it was %s', async (_what, answer, code) => {
    const server = (await scripted()).on(RESULTS, answer);
    expect(await failureOf(clientOf(server.origin).results('job-1'))).toMatchObject({ code });
  });

  it('are not requested without a job', async () => {
    const server = await scripted();
    await expect(clientOf(server.origin).results('')).rejects.toThrow(TypeError);
    expect(server.asked).toEqual([]);
  });
});
