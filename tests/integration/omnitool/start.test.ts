import { createServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import { startBody } from '../../../electron/core/omnitool/start-body.ts';
import { cutBody, html, json, raw, reply, reset, silence, text } from '../../support/scripted-server.ts';
import { clientOf, EXEC, failureOf, hurried, JOBS, jobs, scripted, started, STOP, unauthorized } from './client.ts';

/** A port on which nothing listens. */
async function deadOrigin(): Promise<string> {
  const server = createServer();
  const port = await new Promise<number>((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : 0);
    });
  });
  await new Promise((resolve) => server.close(resolve));
  return `http://127.0.0.1:${String(port)}`;
}

describe('a start', () => {
  it('sends recipe and arguments, and returns the job id', async () => {
    const server = (await scripted()).on(EXEC, started('job-1'));
    const client = clientOf(server.origin);
    const args = { text: 'Zweite Zeile\nüber 🐴', images: [{ fid: '98,82et7yirh4' }] };
    expect(await client.start((await client.openRunSession()).session, startBody('recipe-1', args))).toMatchObject({
      jobId: 'job-1',
    });
    const [asked] = server.askedFor(EXEC);
    expect(asked?.headers['content-type']).toBe('application/json');
    expect(JSON.parse(asked?.body.toString() ?? '')).toEqual({ workflow: 'recipe-1', args });
  });

  it('has its own connection, so that no closing one can lose it', async () => {
    const server = (await scripted()).on(EXEC, started('job-1'));
    const client = clientOf(server.origin);
    await client.start((await client.openRunSession()).session, startBody('recipe-1', {}));
    expect(server.askedFor(EXEC)[0]?.connection).not.toBe(server.askedFor(JOBS)[0]?.connection);
    expect(server.askedFor(EXEC)[0]?.headers.connection).toBe('close');
  });

  it.each([
    ['a refusal', json(500, { error: 'An error occurred' }), { code: 'server-error', status: 500, sent: 'answered' }],
    ['an empty refusal', json(500, {}), { code: 'server-error', status: 500, sent: 'answered' }],
    ['no right to start', json(403, { error: 'No permission' }), { code: 'forbidden', status: 403, sent: 'answered' }],
    ['a refused session', unauthorized, { code: 'unauthorized', status: 401, sent: 'answered' }],
    [
      'too many calls',
      json(429, {}, { 'retry-after': '7' }),
      { code: 'rate-limited', sent: 'answered', retryAfterMs: 7_000 },
    ],
    ['a gateway that gave up', html(504), { code: 'server-error', status: 504, sent: 'maybe' }],
    ['a gateway that failed', html(500), { code: 'server-error', status: 500, sent: 'maybe' }],
    ['a closed gateway', html(503), { code: 'server-error', status: 503, sent: 'answered' }],
    ['a gateway without a server', text(502, 'bad gateway'), { code: 'server-error', status: 502, sent: 'maybe' }],
    ['another word for done', json(202, { result: { jobId: 'j' } }), { code: 'bad-reply', status: 202, sent: 'maybe' }],
    ['done, without a word', reply(204, ''), { code: 'bad-reply', status: 204, sent: 'maybe' }],
    ['a page instead', html(200), { code: 'not-omnitool', status: 200, sent: 'maybe', detail: 'html' }],
    ['nonsense', text(200, 'started!'), { code: 'bad-reply', status: 200, sent: 'maybe', detail: 'json' }],
    ['no job id', json(200, { result: {} }), { code: 'bad-reply', status: 200, sent: 'maybe', detail: 'shape' }],
    ['an empty job id', started(''), { code: 'bad-reply', status: 200, sent: 'maybe', detail: 'shape' }],
    ['half a reply', cutBody(98, '{"result":{"sta'), { code: 'unreachable', status: 200, sent: 'maybe' }],
    ['a reset', reset, { code: 'unreachable', status: null, sent: 'maybe', detail: 'ECONNRESET' }],
    ['no HTTP', raw('SSH-2.0-OpenSSH_9.6\r\n'), { code: 'bad-reply', status: null, sent: 'maybe' }],
    ['silence', silence, { code: 'timed-out', status: null, sent: 'maybe', detail: 'response' }],
  ])('that meets %s is sent once', async (_what, answer, expected) => {
    const server = (await scripted()).on(EXEC, answer);
    const client = clientOf(server.origin, hurried(expected, { start: 1_000 }));
    const failure = await failureOf(client.start((await client.openRunSession()).session, startBody('recipe-1', {})));
    expect(failure).toMatchObject({ method: 'POST', path: '/api/v1/workflow/exec', ...expected });
    expect(server.askedFor(EXEC)).toHaveLength(1);
  });

  it.each([
    ['is away', null, { code: 'unreachable', detail: 'ECONNREFUSED' }],
    ['refuses the token', unauthorized, { code: 'unauthorized', status: 401 }],
    ['is in trouble', json(500, {}), { code: 'server-error', status: 500 }],
    ['says nothing', silence, { code: 'timed-out' }],
    ['is another program', html(200), { code: 'not-omnitool' }],
    ['hands out no session', json(200, { jobs: [] }), { code: 'bad-reply', detail: 'cookie' }],
    ['hands out one that cannot be sent back', jobs('a b'), { code: 'bad-reply', detail: 'cookie' }],
  ])('has no session to go to when the server %s', async (_what, priming, expected) => {
    const server = (await scripted()).on(JOBS, priming ?? silence);
    const client = clientOf(
      priming === null ? await deadOrigin() : server.origin,
      hurried(expected, { response: 1_000 }),
    );
    expect(await failureOf(client.openRunSession())).toMatchObject(expected);
    expect(server.askedFor(EXEC)).toEqual([]);
  });

  it('was certainly not sent when the server stopped after the session was created', async () => {
    const server = await scripted();
    const client = clientOf(server.origin);
    const { session } = await client.openRunSession();
    await server.close();
    expect(await failureOf(client.start(session, startBody('recipe-1', {})))).toMatchObject({
      code: 'unreachable',
      sent: 'no',
    });
  });

  it('is not sent when it exceeds 32 MiB by one byte', async () => {
    const server = (await scripted()).on(EXEC, started('job-1'));
    const client = clientOf(server.origin);
    const frame = JSON.stringify({ workflow: 'recipe-1', args: { text: '' } }).length;
    const largest = 'x'.repeat(33_554_432 - frame);
    const { session } = await client.openRunSession();
    expect(() => startBody('recipe-1', { text: `${largest}x` })).toThrow(
      expect.objectContaining({ code: 'too-large', sent: 'no' }) as Error,
    );
    expect(await client.start(session, startBody('recipe-1', { text: largest }))).toMatchObject({ jobId: 'job-1' });
    expect(server.askedFor(EXEC)[0]?.body.byteLength).toBe(33_554_432);
  });

  it('refuses arguments that fail any job', () => {
    expect(() => startBody('', {})).toThrow(TypeError);
    expect(() => startBody('recipe-1', { error: 'x' })).toThrow(TypeError);
  });

  it('that is cancelled during sending may have arrived', async () => {
    const server = (await scripted()).on(EXEC, silence);
    const client = clientOf(server.origin);
    const giveUp = new AbortController();
    const start = failureOf(
      client.start((await client.openRunSession()).session, startBody('recipe-1', {}), giveUp.signal),
    );
    await server.arrival(EXEC);
    giveUp.abort();
    expect(await start).toMatchObject({ code: 'cancelled', sent: 'maybe' });
  });
});

describe('a stop', () => {
  it('names its job', async () => {
    const server = (await scripted()).on(STOP, json(200, {}));
    await clientOf(server.origin).stop('job-1');
    expect(server.askedFor(STOP).map(({ body }) => body.toString())).toEqual(['{"jobId":"job-1"}']);
  });

  it.each(['', ' ', '\n'])('is never sent without one (%j): it would stop all jobs', async (jobId) => {
    const server = (await scripted()).on(STOP, json(200, {}));
    await expect(clientOf(server.origin).stop(jobId)).rejects.toThrow(TypeError);
    expect(server.asked).toEqual([]);
  });

  it('reports a refusal', async () => {
    const server = (await scripted()).on(STOP, json(500, { ok: false })).on(JOBS, jobs('a'));
    expect(await failureOf(clientOf(server.origin).stop('job-1'))).toMatchObject({ code: 'server-error', status: 500 });
    expect(server.askedFor(STOP)).toHaveLength(1);
  });
});
