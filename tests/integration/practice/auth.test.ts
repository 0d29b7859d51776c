import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type PracticeServer, startPracticeServer } from '../../../electron/practice/server.ts';
import { RECIPE } from '../../../electron/practice/recipes/ids.ts';
import { cookieOf, data, field, send, textAt, Visitor } from '../../support/wire/visitor.ts';

const JOBS = '/api/v1/workflow/jobs';
const WEAK = { scopes: [{ action: 'read', subject: 'Workflow' }] };

describe('signing in', () => {
  let server: PracticeServer;
  beforeAll(async () => {
    server = await startPracticeServer();
  });
  afterAll(() => server.close());

  const jobsWith = async (headers: Readonly<Record<string, string>>) =>
    (await send(server.origin, 'GET', JOBS, { headers })).status;

  it('takes any single word, one space and a good token', async () => {
    for (const word of ['Bearer', 'bearer', 'Token']) {
      expect(await jobsWith({ authorization: `${word} ${server.token}` })).toBe(200);
    }
    const alg = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const none = `${alg({ alg: 'none' })}.${server.token.split('.')[1] ?? ''}.`;
    const bad = [server.token, `Bearer  ${server.token}`, 'Bearer abc', `Bearer ${server.token}x`, `Bearer ${none}`];
    for (const authorization of [...bad, `Bearer ${await server.mintToken({ lifetimeSeconds: 0 })}`]) {
      expect(await jobsWith({ authorization })).toBe(401);
    }
    expect((await send(server.origin, 'GET', `${JOBS}?token=${server.token}`)).status).toBe(401);
  });

  it('answers every 401 alike', async () => {
    const answer = await send(server.origin, 'GET', JOBS);
    expect(answer.text).toBe('Authentication failed');
    expect(answer.headers.get('content-type')).toBe('text/plain; charset=utf-8');
    expect(answer.headers.get('x-frame-options')).toBe('SAMEORIGIN');
    expect(cookieOf(answer)).toMatch(/^sessionId=/);
  });

  it('lets a live cookie win over the token, with the scopes it was made with', async () => {
    const expired = await server.mintToken({ lifetimeSeconds: -1 });
    const { cookie } = await Visitor.enter(server);
    expect(await jobsWith({ cookie, authorization: `Bearer ${expired}` })).toBe(200);
    expect(await jobsWith({ cookie: 'sessionId=x.y', authorization: `Bearer ${server.token}` })).toBe(200);
    expect(await jobsWith({ cookie: 'sessionId=x.y', authorization: `Bearer ${expired}` })).toBe(401);

    const weak = await Visitor.enter(server, await server.mintToken(WEAK));
    const headers = {
      cookie: weak.cookie,
      authorization: `Bearer ${server.token}`,
      'content-type': 'application/json',
    };
    const body = JSON.stringify({ workflow: RECIPE.echo });
    const refused = await send(server.origin, 'POST', '/api/v1/workflow/exec', { headers, body });
    expect([refused.status, data(refused)]).toEqual([
      403,
      { error: 'You do not have permission to execute the workflow' },
    ]);
    const { authorization, 'content-type': type } = headers;
    const taken = await send(server.origin, 'POST', '/api/v1/workflow/exec', {
      headers: { authorization, 'content-type': type },
      body,
    });
    expect(taken.status).toBe(200);
  });

  it('keeps the cookie of who sent one, and gives parallel first calls a session each', async () => {
    const visitor = await Visitor.enter(server);
    expect(cookieOf(await visitor.get(JOBS))).toBe(visitor.cookie);
    const first = await Promise.all([1, 2, 3].map(() => Visitor.enter(server)));
    expect(new Set(first.map(({ cookie }) => cookie)).size).toBe(3);
  });

  it('needs the cookie where a token is not enough', async () => {
    const visitor = await Visitor.enter(server);
    const authorization = `Bearer ${server.token}`;
    const routes = [`/api/v1/workflow/${RECIPE.echo}`, `/api/v1/workflow/download/${RECIPE.echo}`, '/api/v1/auth/user'];
    for (const path of routes) {
      expect((await send(server.origin, 'GET', path, { headers: { authorization } })).status).toBe(401);
      expect((await visitor.get(path)).status).toBe(200);
    }
    const upload = await send(server.origin, 'POST', '/fid', { headers: { authorization }, body: new FormData() });
    expect(upload.status).toBe(401);
    expect(
      (await send(server.origin, 'GET', '/api/v1/mercenaries/listen', { headers: { authorization } })).status,
    ).toBe(401);
  });

  it('renews tokens within the rights of the session', async () => {
    const visitor = await Visitor.enter(server);
    const scopes = [{ action: 'exec', subject: 'Workflow' }];
    const token = textAt(data(await visitor.post('/api/v1/auth/token', { scopes, expiresIn: 60 })), 'token');
    const claims: unknown = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
    expect(claims).toMatchObject({ scopes, issuerId: 'practiceUser0001' });
    expect(Number(field(claims, 'exp')) - Number(field(claims, 'iat'))).toBe(60);
    expect(await jobsWith({ authorization: `Bearer ${token}` })).toBe(200);
    for (const [body, text] of [
      [{ scopes }, '{}'],
      [{ expiresIn: 1 }, '{}'],
      [{ scopes: [{ action: 'manage', subject: 'all' }], expiresIn: 1 }, 'Internal error'],
      [{ scopes, expiresIn: 1.5 }, 'Internal error'],
    ]) {
      expect(await visitor.post('/api/v1/auth/token', body)).toMatchObject({ status: 500, text });
    }
  });

  it('signs every client in on loopback, and out', async () => {
    const entered = await send(server.origin, 'GET', '/api/v1/auth/autologin');
    expect(data(entered)).toEqual({ username: 'admin@local.host', isAdmin: true, tosAccepted: '0' });
    const cookie = cookieOf(entered);
    expect(await jobsWith({ cookie })).toBe(200);
    const left = await send(server.origin, 'POST', '/api/v1/auth/logout', { headers: { cookie } });
    expect([left.status, left.text, left.headers.getSetCookie()]).toEqual([200, '', []]);
    expect(await jobsWith({ cookie })).toBe(401);
  });

  it('lets a token expire by the clock of the server', async () => {
    let now = Date.UTC(2026, 0, 1);
    const early = await startPracticeServer({ clock: () => now });
    const headers = { authorization: `Bearer ${await early.mintToken({ lifetimeSeconds: 10 })}` };
    expect((await send(early.origin, 'GET', JOBS, { headers })).status).toBe(200);
    now += 10_000;
    expect((await send(early.origin, 'GET', JOBS, { headers })).status).toBe(401);
    await early.close();
  });
});

describe('unusual addresses', () => {
  let server: PracticeServer;
  beforeAll(async () => {
    server = await startPracticeServer();
  });
  afterAll(() => server.close());

  it('get other replies than known ones', async () => {
    expect(await send(server.origin, 'GET', '/api/v1/nope?a=1')).toMatchObject({
      status: 404,
      text: '{"message":"Route GET:/api/v1/nope?a=1 not found","error":"Not Found","statusCode":404}',
    });
    expect((await send(server.origin, 'OPTIONS', JOBS)).status).toBe(404);
    expect((await send(server.origin, 'POST', '/api/v1/workflow/results')).status).toBe(404);
    expect((await send(server.origin, 'GET', '/')).status).toBe(503);
  });

  it('are read as a recipe after workflow/', async () => {
    const headers = { authorization: `Bearer ${server.token}` };
    expect((await send(server.origin, 'GET', `${JOBS}/`, { headers })).status).toBe(401);
    expect((await send(server.origin, 'GET', '/api/v1/workflow/stop', { headers })).status).toBe(401);
    const visitor = await Visitor.enter(server);
    expect(data(await visitor.get('/api/v1/workflow/stop'))).toEqual({ error: 'Workflow not found' });
    expect((await visitor.get(`/api/v1/workflow/${RECIPE.echo}/anything`)).status).toBe(200);
  });

  it('refuse headers that are too long', async () => {
    expect((await send(server.origin, 'GET', JOBS, { headers: { authorization: 'x'.repeat(20_000) } })).status).toBe(
      431,
    );
  });
});
