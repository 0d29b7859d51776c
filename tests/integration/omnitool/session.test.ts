import { describe, expect, it } from 'vitest';
import { startBody } from '../../../electron/core/omnitool/start-body.ts';
import { json } from '../../support/scripted-server.ts';
import {
  clientOf,
  cookie,
  EXEC,
  failureOf,
  JOBS,
  jobs,
  RESULTS,
  scripted,
  started,
  TOKEN,
  unauthorized,
} from './client.ts';

const RECIPE = 'GET /api/v1/workflow/recipe-1';
const recipe = json(200, {
  flags: ['owner'],
  workflow: { id: 'recipe-1', meta: { name: 'One' }, rete: { nodes: {} } },
});

describe('the shared session', () => {
  it('is created with the token only, once, before anything else', async () => {
    const server = (await scripted()).on(RECIPE, recipe);
    const client = clientOf(server.origin);
    const loaded = await Promise.all([1, 2, 3, 4, 5].map(() => client.loadRecipe('recipe-1')));
    expect(loaded.map((found) => found?.name)).toEqual(['One', 'One', 'One', 'One', 'One']);
    expect(server.askedFor(JOBS)).toHaveLength(1);
    expect(server.asked[0]?.headers).toMatchObject({ authorization: `Bearer ${TOKEN}` });
    expect(server.asked[0]?.headers.cookie).toBeUndefined();
    for (const { headers } of server.askedFor(RECIPE)) {
      expect(headers).toMatchObject({ authorization: `Bearer ${TOKEN}`, cookie: 'sessionId=shared' });
    }
  });

  it('keeps its connection', async () => {
    const server = await scripted();
    const client = clientOf(server.origin);
    for (let call = 0; call < 5; call += 1) await client.listJobs();
    expect(server.connections()).toBe(1);
  });

  it('is dropped and created again when the server refuses it', async () => {
    const server = (await scripted()).on(JOBS, jobs('old'), jobs('new')).on(RECIPE, unauthorized, recipe);
    expect((await clientOf(server.origin).loadRecipe('recipe-1'))?.name).toBe('One');
    expect(server.askedFor(RECIPE).map(({ headers }) => headers.cookie)).toEqual(['sessionId=old', 'sessionId=new']);
    expect(server.askedFor(JOBS).map(({ headers }) => headers.cookie)).toEqual([undefined, undefined]);
  });

  it('fails when the new one is refused as well', async () => {
    const server = (await scripted()).on(RECIPE, unauthorized);
    const failure = await failureOf(clientOf(server.origin).loadRecipe('recipe-1'));
    expect(failure).toMatchObject({ code: 'unauthorized', status: 401, sent: 'answered' });
    expect(server.askedFor(RECIPE)).toHaveLength(2);
  });

  it('makes one request when the token itself is refused', async () => {
    const server = (await scripted()).on(JOBS, unauthorized);
    const failure = await failureOf(clientOf(server.origin).listJobs());
    expect(failure).toMatchObject({ code: 'unauthorized', status: 401 });
    expect(server.asked).toHaveLength(1);
  });

  it('is not used after the token was replaced, because the cookie would override it', async () => {
    const server = (await scripted()).on(JOBS, jobs('weak'), jobs('strong'), jobs('strong')).on(RECIPE, recipe);
    const client = clientOf(server.origin);
    await client.loadRecipe('recipe-1');
    client.replaceToken('another.token.here');
    await client.loadRecipe('recipe-1');
    expect(server.askedFor(RECIPE).map(({ headers }) => [headers.cookie, headers.authorization])).toEqual([
      ['sessionId=weak', `Bearer ${TOKEN}`],
      ['sessionId=strong', 'Bearer another.token.here'],
    ]);
    expect(server.askedFor(JOBS)[1]?.headers.cookie).toBeUndefined();
  });

  it('keeps other callers waiting when one cancels', async () => {
    const server = await scripted();
    const release = Promise.withResolvers<undefined>();
    server.on(JOBS, async (response) => {
      await release.promise;
      response.writeHead(200, { 'content-type': 'application/json', ...cookie('shared') }).end('{"jobs":[]}');
    });
    server.on(RECIPE, recipe);
    const client = clientOf(server.origin);
    const gone = new AbortController();
    const first = failureOf(client.loadRecipe('recipe-1', gone.signal));
    const second = client.loadRecipe('recipe-1');
    await server.arrival(JOBS);
    gone.abort();
    expect(await first).toMatchObject({ code: 'cancelled', sent: 'no' });
    release.resolve(undefined);
    expect((await second)?.name).toBe('One');
    expect(server.askedFor(JOBS)).toHaveLength(1);
  });
});

describe('the session of a run', () => {
  it('is separate, and the start carries its cookie', async () => {
    const server = (await scripted()).on(JOBS, jobs('a'), jobs('b')).on(EXEC, started('job-1'), started('job-2'));
    const client = clientOf(server.origin);
    const sessions = [(await client.openRunSession()).session, (await client.openRunSession()).session] as const;
    expect(sessions.map((session) => session.cookie)).toEqual(['sessionId=a', 'sessionId=b']);
    expect((await client.start(sessions[0], startBody('recipe-1', {}))).session).toBe(sessions[0]);
    await client.start(sessions[1], startBody('recipe-1', {}));
    expect(server.askedFor(EXEC).map(({ headers }) => headers.cookie)).toEqual(['sessionId=a', 'sessionId=b']);
    expect(server.askedFor(JOBS)).toHaveLength(2);
  });

  it('comes with the jobs on the server, from the same request', async () => {
    const server = (await scripted()).on(JOBS, jobs('a', [{ id: 'job-1', state: 'running', user: 'ada' }]));
    const { session, jobs: listed } = await clientOf(server.origin).openRunSession();
    expect(session.cookie).toBe('sessionId=a');
    expect(listed.map(({ id }) => id)).toEqual(['job-1']);
    expect(server.askedFor(JOBS)).toHaveLength(1);
  });

  it('is sent unchanged, also after a restart of this program', async () => {
    const value = 'VgHRE-7.VOGD%2BlIU%2Ff=+/';
    const server = (await scripted()).on(JOBS, jobs(value)).on(EXEC, started('job-1'));
    const { session } = await clientOf(server.origin).openRunSession();
    await clientOf(server.origin).start({ cookie: session.cookie }, startBody('recipe-1', {}));
    expect(server.askedFor(EXEC)[0]?.headers.cookie).toBe(`sessionId=${value}`);
  });

  it('is current while its token is', async () => {
    const server = (await scripted()).on(JOBS, jobs('a'), jobs('b'));
    const client = clientOf(server.origin);
    const { session } = await client.openRunSession();
    expect(client.isCurrent(session)).toBe(true);
    expect(client.isCurrent({ ...session })).toBe(false);
    expect(clientOf(server.origin).isCurrent(session)).toBe(false);
    client.replaceToken('another.token.here');
    expect(client.isCurrent(session)).toBe(false);
    expect(client.isCurrent((await client.openRunSession()).session)).toBe(true);
  });

  it('is not current when the token was replaced during its creation', async () => {
    const server = await scripted();
    const client = clientOf(server.origin);
    server.on(JOBS, (response, asked, request) => {
      client.replaceToken('another.token.here');
      return jobs('late')(response, asked, request);
    });
    expect(client.isCurrent((await client.openRunSession()).session)).toBe(false);
  });

  it('is replaced by the one that the server made, because only that one gets the job’s events', async () => {
    const made = json(200, { result: { jobId: 'job-1' } }, cookie('made-instead'));
    const server = (await scripted()).on(EXEC, made);
    const client = clientOf(server.origin);
    const { jobId, session } = await client.start({ cookie: 'sessionId=forgotten' }, startBody('recipe-1', {}));
    expect({ jobId, session }).toEqual({ jobId: 'job-1', session: { cookie: 'sessionId=made-instead' } });
    expect(client.isCurrent(session)).toBe(true);
  });

  it('that the server ends with the start keeps the id of the job', async () => {
    const ended = { 'set-cookie': 'sessionId=; Path=/; Expires=Thu, 01 Jan 1970 00:00:00 GMT' };
    const server = (await scripted()).on(EXEC, json(200, { result: { jobId: 'job-1' } }, ended));
    const client = clientOf(server.origin);
    const { session } = await client.openRunSession();
    expect(await client.start(session, startBody('recipe-1', {}))).toEqual({ jobId: 'job-1', session });
  });

  it('is kept when the server replaces it by an invalid one', async () => {
    const odd = json(200, { result: { jobId: 'job-1' } }, { 'set-cookie': 'sessionId="x y; Path=/' });
    const server = (await scripted()).on(EXEC, odd);
    const client = clientOf(server.origin);
    const { session } = await client.openRunSession();
    expect(await client.start(session, startBody('recipe-1', {}))).toEqual({ jobId: 'job-1', session });
  });

  it.each(['', 'no pair', 'a=b\nx: y', 'a=b; ', 'a=ü', 'a=b; c'])(
    'is refused when it is invalid: %j',
    async (value) => {
      const server = (await scripted()).on(EXEC, started('job-1'));
      const start = clientOf(server.origin).start({ cookie: value }, startBody('recipe-1', {}));
      await expect(start).rejects.toThrow(new TypeError('The session has no cookie that can be sent.'));
      expect(server.asked).toEqual([]);
    },
  );
});

describe('the token', () => {
  it('follows no redirect', async () => {
    const thief = await scripted();
    const server = (await scripted()).on(RESULTS, (response) => {
      response.writeHead(302, { location: `${thief.origin}/api/v1/workflow/results` }).end();
    });
    expect(await failureOf(clientOf(server.origin).results('job-1'))).toMatchObject({
      code: 'not-omnitool',
      status: 302,
      detail: 'redirect',
    });
    expect(thief.asked).toEqual([]);
  });

  it.each(['', 'two words', 'line\nbreak', 'ünïcode'])('%j cannot be sent, and is not in the error', (token) => {
    expect(() => clientOf('http://127.0.0.1:1', { token })).toThrow(TypeError);
    expect(() => clientOf('http://127.0.0.1:1', { token })).not.toThrow(new RegExp(`line|words|ünïcode`));
  });
});
