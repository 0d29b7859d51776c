import { expect } from 'vitest';
import { RECIPE } from '../../electron/practice/recipes/ids.ts';
import { Stream } from '../support/wire/stream.ts';
import { cookieOf, data, field, list, send, textAt, Visitor } from '../support/wire/visitor.ts';
import { COLLECTION, type Stage } from './stage.ts';
import { conformance } from './statement.ts';

const JOBS = '/api/v1/workflow/jobs';
const EXEC = '/api/v1/workflow/exec';
const TOKEN = '/api/v1/auth/token';
const SCOPES = [{ action: 'exec', subject: 'Workflow' }];
const WEAK = { scopes: [{ action: 'read', subject: 'Workflow' }] };

const { statement, onPractice } = conformance();

const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
const jobs = (stage: Stage, headers: Readonly<Record<string, string>>) => send(stage.origin, 'GET', JOBS, { headers });
const claimsOf = (token: string): unknown =>
  JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8'));
const minted = async ({ visitor }: Stage, expiresIn: number): Promise<string> =>
  textAt(data(await visitor.post(TOKEN, { scopes: SCOPES, expiresIn })), 'token');

statement('1', 'a failed sign-in is 401 and plain text, whatever its cause', [], async (stage) => {
  const [head = '', body = ''] = stage.token.split('.');
  for (const headers of [{}, bearer('abc'), bearer(`${head}.${body}.AAAA`), { authorization: stage.token }]) {
    const answer = await jobs(stage, headers);
    expect([answer.status, answer.text]).toEqual([401, 'Authentication failed']);
  }
});

statement('1', 'an expired token is refused like any other', [], async (stage) => {
  expect((await jobs(stage, bearer(await minted(stage, -60)))).status).toBe(401);
});

statement('1', 'a call with the token makes a session, whose cookie is enough afterwards', [], async (stage) => {
  const cookie = cookieOf(await jobs(stage, bearer(stage.token)));
  expect((await jobs(stage, { cookie })).status).toBe(200);
});

statement('1', 'a signed-in client keeps its session from call to call', [], async ({ visitor }) => {
  expect(cookieOf(await visitor.get(JOBS))).toBe(visitor.cookie);
});

statement('1', 'a live cookie wins: the token beside it is not looked at', [], async (stage) => {
  expect((await jobs(stage, { cookie: stage.visitor.cookie, ...bearer('garbage') })).status).toBe(200);
});

statement('1', 'an unknown cookie gives way to a good token, and another one comes', [], async (stage) => {
  const answer = await jobs(stage, { cookie: 'sessionId=un.known', ...bearer(stage.token) });
  expect(answer.status).toBe(200);
  expect(cookieOf(answer)).not.toBe('sessionId=un.known');
});

statement('1', 'jobs, results, stop and exec take the token alone', [], async (stage) => {
  const headers = { ...bearer(stage.token), 'content-type': 'application/json' };
  const ask = async (method: string, path: string, body?: string) =>
    (await send(stage.origin, method, path, { headers, ...(body !== undefined && { body }) })).status;
  expect(await ask('GET', JOBS)).toBe(200);
  expect(await ask('GET', '/api/v1/workflow/results?jobId=nope')).toBe(404);
  expect(await ask('POST', '/api/v1/workflow/stop', '{"jobId":"nope"}')).toBe(200);
  expect(await ask('POST', EXEC, '{"workflow":"nope"}')).toBe(500);
});

statement('1', 'listing refuses the token alone', [], async (stage) => {
  const headers = { ...bearer(stage.token), 'content-type': 'application/json' };
  const answer = await send(stage.origin, 'POST', COLLECTION, { headers, body: '{"type":"recipe"}' });
  expect(answer.status).toBe(401);
});

statement('1', 'loading takes the cookie and refuses the token alone', ['echo'], async (stage) => {
  const path = `/api/v1/workflow/${stage.recipe('echo')}`;
  expect((await stage.visitor.get(path)).status).toBe(200);
  expect((await send(stage.origin, 'GET', path, { headers: bearer(stage.token) })).status).toBe(401);
});

statement('1', 'uploading refuses the token alone', [], async (stage) => {
  const body = new FormData();
  body.append('file', new Blob(['x']), 'x.txt');
  expect((await send(stage.origin, 'POST', '/fid', { headers: bearer(stage.token), body })).status).toBe(401);
});

statement('1', 'the event stream refuses the token alone', [], async (stage) => {
  const path = '/api/v1/mercenaries/listen?reconnect=1';
  expect((await send(stage.origin, 'GET', path, { headers: bearer(stage.token) })).status).toBe(401);
});

statement('1', 'the token names its user as the job list does', ['echo'], async (stage) => {
  const { jobId } = await stage.run('echo', { text: 'whose?' });
  const listed = list(field(data(await stage.visitor.get(JOBS)), 'jobs'));
  const job = listed.find((each) => field(each, 'id') === jobId);
  expect(field(job, 'user')).toBe(textAt(claimsOf(stage.token), 'issuerId'));
});

statement('1', 'a token has its scopes, its id and times in seconds, and no subject', [], async (stage) => {
  const claims = claimsOf(stage.token);
  for (const [name, kind] of [
    ['tokenId', 'string'],
    ['iat', 'number'],
    ['exp', 'number'],
  ] as const) {
    expect(typeof field(claims, name)).toBe(kind);
  }
  expect(list(field(claims, 'scopes'))).not.toHaveLength(0);
  expect(field(claims, 'sub')).toBeUndefined();
  expect(Number(field(claims, 'iat'))).toBeLessThan(Date.now() / 100);
  await expect(jobs(stage, bearer(stage.token))).resolves.toMatchObject({ status: 200 });
});

statement('1', 'a session mints a new token, and its lifetime is in seconds', [], async (stage) => {
  const token = await minted(stage, 3_600);
  expect(Number(field(claimsOf(token), 'exp')) - Number(field(claimsOf(token), 'iat'))).toBe(3_600);
  expect((await jobs(stage, bearer(token))).status).toBe(200);
});

statement('1', 'a route that is not there is 404 with a JSON body', [], async ({ visitor }) => {
  const answer = await visitor.get('/api/v1/nope');
  expect([answer.status, field(data(answer), 'statusCode')]).toEqual([404, 404]);
});

const NEEDS_WEAK = 'needs a token without the right to run recipes';

onPractice('1', 'without the exec right a token lists jobs and may not start one', NEEDS_WEAK, async (practice) => {
  const weak = await Visitor.enter(practice, await practice.mintToken(WEAK));
  expect((await weak.get(JOBS)).status).toBe(200);
  const refused = await weak.post(EXEC, { workflow: RECIPE.echo });
  expect([refused.status, data(refused)]).toEqual([
    403,
    { error: 'You do not have permission to execute the workflow' },
  ]);
});

onPractice('1', 'a session keeps the rights of the token that made it', NEEDS_WEAK, async (practice) => {
  const { cookie } = await Visitor.enter(practice, await practice.mintToken(WEAK));
  const headers = { cookie, ...bearer(practice.token), 'content-type': 'application/json' };
  const body = JSON.stringify({ workflow: RECIPE.echo });
  expect((await send(practice.origin, 'POST', EXEC, { headers, body })).status).toBe(403);
});

statement('1', 'a session opens its event stream after its token has ended', [], async (stage) => {
  const guest = await Visitor.enter(stage, await minted(stage, 3_600));
  const headers = { cookie: guest.cookie, ...bearer(await minted(stage, -60)) };
  expect((await jobs(stage, headers)).status).toBe(200);
  const stream = await Stream.open(stage.origin, guest.cookie);
  await stream.close();
});
