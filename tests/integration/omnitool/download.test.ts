import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { readdir, readFile, writeFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  cutBody,
  html,
  json,
  raw,
  redirect,
  reply,
  reset,
  silence,
  stuckBody,
  trickle,
} from '../../support/scripted-server.ts';
import { clientOf, cookie, failureOf, hurried, JOBS, scripted, temporaryFolder } from './client.ts';

const FID = '98,82et7yirh4';
const FILE = 'GET /fid/98%2C82et7yirh4';
const poison = JSON.stringify({
  statusCode: 500,
  code: 'ERR_INVALID_CHAR',
  error: 'Internal Server Error',
  message: 'Invalid character in header content ["content-disposition"]',
});

/** As measured on a bare socket (wire 12): more bytes than announced, on a connection that stays open. */
const poisoned = (length: number): string =>
  `HTTP/1.1 500 Internal Server Error\r\ncontent-length: ${String(length)}\r\ncontent-type: image/png\r\nConnection: keep-alive\r\n\r\n${poison}`;

describe('a download', () => {
  it('is stored whole, with its size and hash, in a new folder', async () => {
    const content = randomBytes(3_000_000);
    const server = (await scripted()).on(FILE, reply(200, content, { 'content-length': String(content.byteLength) }));
    const target = join(await temporaryFolder(), 'run', 'picture.png');
    const got = await clientOf(server.origin).download(FID, target, { expectedSize: content.byteLength });
    expect(got).toEqual({ size: content.byteLength, sha256: createHash('sha256').update(content).digest('hex') });
    expect((await readFile(target)).equals(content)).toBe(true);
    expect(await readdir(join(target, '..'))).toEqual(['picture.png']);
  });

  it('of an empty file is an empty file', async () => {
    const server = (await scripted()).on(FILE, reply(200, '', { 'content-length': '0' }));
    const target = join(await temporaryFolder(), 'empty');
    expect((await clientOf(server.origin).download(FID, target, { expectedSize: 0 })).size).toBe(0);
    expect(await readFile(target, 'utf8')).toBe('');
  });

  it('sends neither token nor cookie on its own connection, and stores no cookie', async () => {
    const server = (await scripted()).on(FILE, reply(200, 'abc', cookie('anonymous')));
    const client = clientOf(server.origin);
    await client.listJobs();
    await client.download(FID, join(await temporaryFolder(), 'a'));
    await client.listJobs();
    const [file] = server.askedFor(FILE);
    expect(file?.headers).not.toHaveProperty('authorization');
    expect(file?.headers).not.toHaveProperty('cookie');
    expect(file?.headers.connection).toBe('close');
    expect(file?.connection).not.toBe(server.askedFor(JOBS)[0]?.connection);
    expect(server.askedFor(JOBS).at(-1)?.headers.cookie).toBe('sessionId=shared');
  });

  it('overwrites the leftover of an earlier attempt', async () => {
    const server = (await scripted()).on(FILE, reply(200, 'new'));
    const target = join(await temporaryFolder(), 'a');
    await writeFile(`${target}.part`, 'half of something long');
    await clientOf(server.origin).download(FID, target);
    expect(await readFile(target, 'utf8')).toBe('new');
  });

  it.each([
    ['gone', json(410, { exists: false, reason: 'missCache' }), { code: 'gone', status: 410 }],
    ['poisoned, and stuck', stuckBody(70_000, poison, 500), { code: 'artifact-broken', status: 500, detail: 'name' }],
    ['poisoned, and short', stuckBody(121, poison, 500), { code: 'artifact-broken', status: 500 }],
    ['poisoned, short, on a kept connection', raw(poisoned(121)), { code: 'artifact-broken', status: 500 }],
    ['refused otherwise', json(500, { ok: false }), { code: 'server-error', status: 500 }],
    ['refused without an end', stuckBody(500, 'oops', 500), { code: 'server-error', status: 500 }],
    ['a page of a proxy', html(404), { code: 'not-omnitool', status: 404 }],
    ['elsewhere', redirect('http://127.0.0.1:1/'), { code: 'not-omnitool', status: 302 }],
    ['cut off', cutBody(10, 'abc'), { code: 'unreachable', status: 200 }],
    ['stuck', stuckBody(10, 'abc'), { code: 'timed-out', status: 200 }],
    ['silent', silence, { code: 'timed-out', status: null }],
    ['reset', reset, { code: 'unreachable', status: null }],
    ['announced with another size', reply(200, 'abcd'), { code: 'artifact-broken', detail: 'size' }],
  ])('of a file that is %s leaves nothing behind', async (_what, answer, expected) => {
    const server = (await scripted()).on(FILE, answer);
    const folder = await temporaryFolder();
    const client = clientOf(server.origin, hurried(expected, { idle: 1_000, response: 1_000 }));
    const failure = await failureOf(client.download(FID, join(folder, 'a'), { expectedSize: 10 }));
    expect(failure).toMatchObject({ ...expected, method: 'GET', path: '/fid/:fid' });
    expect(failure.message).not.toContain('82et7yirh4');
    expect(await readdir(folder)).toEqual([]);
  });

  it('without a content length is counted', async () => {
    const server = (await scripted()).on(FILE, (response) => {
      response.writeHead(200).write('abc');
      response.end('def');
    });
    const folder = await temporaryFolder();
    const client = clientOf(server.origin);
    expect((await client.download(FID, join(folder, 'a'), { expectedSize: 6 })).size).toBe(6);
    expect(await failureOf(client.download(FID, join(folder, 'b'), { expectedSize: 7 }))).toMatchObject({
      code: 'artifact-broken',
    });
    expect(await failureOf(client.download(FID, join(folder, 'c'), { maxBytes: 5 }))).toMatchObject({
      code: 'too-large',
    });
    expect(await readdir(folder)).toEqual(['a']);
  });

  it('without an end is cancelled at the size limit', async () => {
    let sent = 0;
    const server = (await scripted()).on(FILE, async (response) => {
      response.writeHead(200);
      const part = Buffer.alloc(65_536);
      const closed = once(response, 'close');
      while (!response.destroyed) {
        sent += part.byteLength;
        if (!response.write(part)) await Promise.race([once(response, 'drain'), closed]);
      }
    });
    const folder = await temporaryFolder();
    const client = clientOf(server.origin);
    for (const options of [{ expectedSize: 1_000_000 }, { maxBytes: 1_000_000 }]) {
      const failure = await failureOf(client.download(FID, join(folder, 'a'), options));
      expect(failure.code).toBe('maxBytes' in options ? 'too-large' : 'artifact-broken');
      expect(await readdir(folder)).toEqual([]);
    }
    expect(sent).toBeLessThan(100_000_000);
  });

  it('larger than the limit is not started', async () => {
    const server = (await scripted()).on(FILE, reply(200, 'abcdef', { 'content-length': '6' }));
    const folder = await temporaryFolder();
    const call = clientOf(server.origin).download(FID, join(folder, 'a'), { maxBytes: 5 });
    expect(await failureOf(call)).toMatchObject({ code: 'too-large' });
    expect(await readdir(folder)).toEqual([]);
  });

  it('that is too slow is cancelled although bytes arrive', async () => {
    const server = (await scripted()).on(FILE, trickle(20));
    const folder = await temporaryFolder();
    const client = clientOf(server.origin, { timeouts: { idle: 10_000, download: 1_500 } });
    expect(await failureOf(client.download(FID, join(folder, 'a')))).toMatchObject({ code: 'timed-out', status: 200 });
    expect(await readdir(folder)).toEqual([]);
  });

  it('can be cancelled half-way', async () => {
    const server = (await scripted()).on(FILE, trickle(20));
    const folder = await temporaryFolder();
    const giveUp = new AbortController();
    const call = failureOf(clientOf(server.origin).download(FID, join(folder, 'a'), { signal: giveUp.signal }));
    await server.arrival(FILE);
    await expect.poll(() => readdir(folder)).toEqual(['a.part']);
    giveUp.abort();
    expect(await call).toMatchObject({ code: 'cancelled' });
    expect(await readdir(folder)).toEqual([]);
  });

  it('reports a target that cannot be written', async () => {
    const server = (await scripted()).on(FILE, reply(200, 'abc'));
    const folder = await temporaryFolder();
    await writeFile(join(folder, 'file'), '');
    await mkdir(join(folder, 'taken', 'by a folder'), { recursive: true });
    const client = clientOf(server.origin);
    for (const target of [join(folder, 'file', 'a'), join(folder, 'taken')])
      await expect(client.download(FID, target)).rejects.toMatchObject({ name: 'DiskError', code: 'disk-in-the-way' });
    expect(await readdir(folder)).toEqual(['file', 'taken']);
  });

  it('of an id with a path stays below /fid', async () => {
    const server = await scripted();
    await failureOf(
      clientOf(server.origin).download('../api/v1/workflow/jobs?x=1', join(await temporaryFolder(), 'a')),
    );
    expect(server.asked.map(({ url }) => url)).toEqual(['/fid/..%2Fapi%2Fv1%2Fworkflow%2Fjobs%3Fx%3D1']);
  });
});
