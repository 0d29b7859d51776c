import { createHash, randomBytes } from 'node:crypto';
import { truncateSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { UploadSource } from '../../../electron/core/omnitool/upload.ts';
import { json, reset, text, type Act } from '../../support/scripted-server.ts';
import {
  clientOf,
  failureOf,
  JOBS,
  jobs,
  scripted,
  temporaryFolder,
  unauthorized,
  UPLOAD,
  partOf,
  stores,
  storesSlowly,
} from './client.ts';

async function fileOf(content: Buffer, name = 'a.png'): Promise<UploadSource> {
  const path = join(await temporaryFolder(), 'dropped');
  await writeFile(path, content);
  return { path, name, size: content.byteLength };
}

describe('an earlier upload', () => {
  const FILE = 'GET /fid/28%2Cwjvq5f2y1e';
  it.each([
    ['is there by its record', json(200, { fid: '28,wjvq5f2y1e', size: 542 }), true],
    ['is not there by the word of the server', json(404, { error: 'File not found' }), false],
    ['counts as gone where another file is told of', json(200, { fid: '1,a' }), false],
    ['counts as gone where a sign-in page answers', text(200, '<html>Sign in</html>'), false],
    ['counts as gone where the server is in trouble', json(503, {}), false],
  ] as const)('%s', async (_what, answer, expected) => {
    const server = (await scripted()).on(FILE, answer);
    expect(await clientOf(server.origin).hasFile('28,wjvq5f2y1e')).toBe(expected);
    // The id is the only credential.
    expect(server.askedFor(FILE)[0]?.headers).not.toHaveProperty('authorization');
  });

  it('is unknown when the server does not answer', async () => {
    const server = (await scripted()).on(FILE, reset);
    expect(await failureOf(clientOf(server.origin).hasFile('28,wjvq5f2y1e'))).toMatchObject({ code: 'unreachable' });
  });
});

describe('an upload', () => {
  it.each([0, 1, 262_143, 262_144, 262_145, 3_000_000])('of %i bytes arrives byte for byte', async (size) => {
    const content = randomBytes(size);
    const server = (await scripted()).on(UPLOAD, stores);
    const stored = await clientOf(server.origin).upload(await fileOf(content));
    const sha256 = createHash('sha256').update(content).digest('hex');
    expect(stored).toEqual({
      fid: '28,wjvq5f2y1e',
      fileName: sha256,
      size,
      mimeType: 'image/png',
      expires: 1_796_059_999_636,
      sha256,
    });
    const [asked] = server.askedFor(UPLOAD);
    expect(asked?.headers).toMatchObject({
      cookie: 'sessionId=shared',
      'content-length': String(asked?.body.byteLength),
    });
    expect(asked === undefined ? null : partOf(asked).content.equals(content)).toBe(true);
  });

  it('has an ASCII name that cannot break out of its header', async () => {
    const server = (await scripted()).on(UPLOAD, stores);
    await clientOf(server.origin).upload(await fileOf(Buffer.from('x'), 'Grüße "画像"\r\nX-Evil: 1.png'));
    const [asked] = server.askedFor(UPLOAD);
    expect(asked === undefined ? '' : partOf(asked).head).toContain('filename="Grusse _X-Evil_ 1.png"\r\n');
  });

  it('reports its progress up to the end', async () => {
    const server = (await scripted()).on(UPLOAD, stores);
    const seen: [number, number][] = [];
    await clientOf(server.origin).upload(await fileOf(randomBytes(600_000)), {
      onProgress: (sent, total) => seen.push([sent, total]),
    });
    expect(seen).toEqual([
      [262_144, 600_000],
      [524_288, 600_000],
      [600_000, 600_000],
    ]);
  });

  it('of 32 MiB arrives byte for byte at a slow server; one byte more is not sent', async () => {
    const content = randomBytes(33_554_432);
    const server = (await scripted()).on(UPLOAD, { early: storesSlowly });
    const client = clientOf(server.origin);
    const source = await fileOf(content);
    const stored = await client.upload(source);
    expect(stored).toMatchObject({ size: 33_554_432, fileName: createHash('sha256').update(content).digest('hex') });
    expect(stored.sha256).toBe(stored.fileName);
    expect(await failureOf(client.upload({ ...source, size: 33_554_433 }))).toMatchObject({
      code: 'too-large',
      sent: 'no',
    });
    expect(server.askedFor(UPLOAD)).toHaveLength(1);
  });

  it('is sent again in a new session when the old one is refused', async () => {
    const content = randomBytes(500_000);
    const server = (await scripted()).on(JOBS, jobs('old'), jobs('new')).on(UPLOAD, unauthorized, stores);
    await clientOf(server.origin).upload(await fileOf(content));
    const sent = server.askedFor(UPLOAD);
    expect(sent.map(({ headers }) => headers.cookie)).toEqual(['sessionId=old', 'sessionId=new']);
    expect(sent.map((asked) => partOf(asked).content.equals(content))).toEqual([true, true]);
  });

  it('reads a refusal that arrives before all was sent', async () => {
    // The connection stays open: a close while bytes arrive resets it, and a reset can discard the answer.
    const early: Act = (response) => {
      response.writeHead(413, { 'content-type': 'application/json' }).end('{"ok":false}');
    };
    const server = (await scripted()).on(UPLOAD, { early });
    const failure = await failureOf(clientOf(server.origin).upload(await fileOf(randomBytes(20_000_000))));
    expect(failure).toMatchObject({ code: 'too-large', status: 413 });
  });

  const stored = { fid: '1,a', fileName: 'a', size: 3, mimeType: 'x' };
  it.each([
    ['stored nothing', json(200, []), { code: 'upload-incomplete', detail: 'count' }],
    ['stored two', json(200, [stored, stored]), { code: 'upload-incomplete', detail: 'count' }],
    ['stored part of it', json(200, [{ ...stored, size: 2 }]), { code: 'upload-incomplete', detail: 'size' }],
    ['refused it', json(500, { ok: false }), { code: 'upload-refused', status: 500 }],
    ['is in trouble', text(500, 'Internal error'), { code: 'server-error', status: 500 }],
    ['says nonsense', json(200, { ok: true }), { code: 'bad-reply' }],
    ['hangs up', reset, { code: 'unreachable' }],
    ['may not', json(403, {}), { code: 'forbidden' }],
  ])('fails plainly when the server %s', async (_what, answer, expected) => {
    const server = (await scripted()).on(UPLOAD, answer);
    const failure = await failureOf(clientOf(server.origin).upload(await fileOf(Buffer.from('abc'))));
    expect(failure).toMatchObject({ ...expected, method: 'POST', path: '/fid' });
  });

  it('can be cancelled half-way', async () => {
    const server = (await scripted()).on(UPLOAD, stores);
    const giveUp = new AbortController();
    const source = await fileOf(randomBytes(20_000_000));
    const onProgress = (sent: number): void => {
      if (sent > 1_000_000) giveUp.abort();
    };
    const failure = await failureOf(clientOf(server.origin).upload(source, { signal: giveUp.signal, onProgress }));
    expect(failure.code).toBe('cancelled');
    expect(server.askedFor(UPLOAD)).toEqual([]);
  });
});

describe('a file that changed since its inspection', () => {
  it.each([
    ['shorter', -1, 'size'],
    ['longer', 1, 'size'],
  ])('and is %s now is not stored', async (_what, difference, detail) => {
    const server = (await scripted()).on(UPLOAD, stores);
    const source = await fileOf(randomBytes(500_000));
    const failure = await failureOf(clientOf(server.origin).upload({ ...source, size: source.size - difference }));
    expect(failure).toMatchObject({ code: 'file-changed', detail });
    expect(server.askedFor(UPLOAD)).toEqual([]);
  });

  it('and shrinks while it is sent is not stored', async () => {
    const server = (await scripted()).on(UPLOAD, stores);
    const source = await fileOf(randomBytes(8_000_000));
    const onProgress = (): void => {
      truncateSync(source.path, 300_000);
    };
    const failure = await failureOf(clientOf(server.origin).upload(source, { onProgress }));
    expect(failure).toMatchObject({ code: 'file-changed', detail: 'size' });
    expect(server.askedFor(UPLOAD)).toEqual([]);
  });

  it('and is gone, or a folder now, is not stored', async () => {
    const server = (await scripted()).on(UPLOAD, stores);
    const client = clientOf(server.origin);
    const folder = await temporaryFolder();
    const gone = { path: join(folder, 'gone'), name: 'gone', size: 3 };
    expect(await failureOf(client.upload(gone))).toMatchObject({ code: 'file-vanished', detail: 'ENOENT' });
    expect(await failureOf(client.upload({ ...gone, path: folder }))).toMatchObject({
      code: 'file-unreadable',
      detail: 'EISDIR',
    });
    expect(server.askedFor(UPLOAD)).toEqual([]);
  });
});
