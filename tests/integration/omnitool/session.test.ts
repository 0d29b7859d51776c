import { describe, expect, it } from 'vitest';
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
  it('is primed with the token alone, once, before anything else', async () => {
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

  it('is dropped and primed once more when the server refuses it', async () => {
    const server = (await scripted()).on(JOBS, jobs('old'), jobs('new')).on(RECIPE, unauthorized, recipe);
    expect((await clientOf(server.origin).loadRecipe('recipe-1'))?.name).toBe('One');
    expect(server.askedFor(RECIPE).map(({ headers }) => headers.cookie)).toEqual(['sessionId=old', 'sessionId=new']);
    expect(server.askedFor(JOBS).map(({ headers }) => headers.cookie)).toEqual([undefined, undefined]);
  });

  it('gives up when the new one is refused as well', async () => {
    const server = (await scripted()).on(RECIPE, unauthorized);
    const failure = await failureOf(clientOf(server.origin).loadRecipe('recipe-1'));
    expect(failure).toMatchObject({ code: 'unauthorized', status: 401, sent: 'answered' });
    expect(server.askedFor(RECIPE)).toHaveLength(2);
  });

  it('asks once where the token itself is refused', async () => {
    const server = (await scripted()).on(JOBS, unauthorized);
    const failure = await failureOf(clientOf(server.origin).listJobs());
    expect(failure).toMatchObject({ code: 'unauthorized', status: 401 });
    expect(server.asked).toHaveLength(1);
  });

  it('is not used on after the token was replaced: the cookie would win over it', async () => {
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

  it('leaves other callers waiting when one gives up', async () => {
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
  it('is another one, and the start carries its cookie', async () => {
    const server = (await scripted()).on(JOBS, jobs('a'), jobs('b')).on(EXEC, started('job-1'), started('job-2'));
    const client = clientOf(server.origin);
    await client.start(client.openSession(), 'recipe-1', {});
    await client.start(client.openSession(), 'recipe-1', {});
    expect(server.askedFor(EXEC).map(({ headers }) => headers.cookie)).toEqual(['sessionId=a', 'sessionId=b']);
  });

  it('ends with the token it was made with', async () => {
    const server = (await scripted()).on(JOBS, jobs('a'), jobs('b')).on(EXEC, started('job-1'));
    const client = clientOf(server.origin);
    const session = client.openSession();
    await client.start(session, 'recipe-1', {});
    client.replaceToken('another.token.here');
    await client.start(session, 'recipe-1', {});
    expect(server.askedFor(EXEC).map(({ headers }) => headers.cookie)).toEqual(['sessionId=a', 'sessionId=b']);
  });
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

  it.each(['', 'two words', 'line\nbreak', 'ünïcode'])('%j cannot be sent, and is not repeated', (token) => {
    expect(() => clientOf('http://127.0.0.1:1', { token })).toThrow(TypeError);
    expect(() => clientOf('http://127.0.0.1:1', { token })).not.toThrow(new RegExp(`line|words|ünïcode`));
  });
});
