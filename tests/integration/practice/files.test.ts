import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type PracticeServer, startPracticeServer } from '../../../electron/practice/server.ts';
import { data, send, textAt, Visitor } from '../../support/wire/visitor.ts';

const LIMIT = 33_554_432;
const DAYS = 24 * 3_600_000;

describe('files', () => {
  let now = Date.now();
  let server: PracticeServer;
  let visitor: Visitor;
  beforeAll(async () => {
    server = await startPracticeServer({ clock: () => now });
    visitor = await Visitor.enter(server);
  });
  afterAll(() => server.close());

  const post = (body: FormData | Uint8Array<ArrayBuffer> | string, type?: string) =>
    send(server.origin, 'POST', '/fid', {
      headers: { cookie: visitor.cookie, ...(type !== undefined && { 'content-type': type }) },
      body,
    });
  const form = (...parts: readonly [string, string | Blob, string?][]) => {
    const body = new FormData();
    for (const [name, value, fileName] of parts) {
      if (typeof value === 'string') body.append(name, value);
      else body.append(name, value, fileName);
    }
    return body;
  };
  const fidOf = (answer: Awaited<ReturnType<typeof post>>, index = 0) => textAt(data(answer), index, 'fid');

  it('are stored in their order, under any field name', async () => {
    const parts = Array.from({ length: 60 }, (_, n): [string, Blob, string] => [
      `f${n}`,
      new Blob([`${n}`]),
      `${n}.txt`,
    ]);
    const answer = await post(form(...parts));
    expect(data(answer)).toEqual(parts.map(([, , fileName]) => expect.objectContaining({ fileName }) as unknown));
  });

  it('are sent unchanged; range and conditions are ignored', async () => {
    const bytes = crypto.getRandomValues(new Uint8Array(60_000));
    const fid = fidOf(await post(form(['f', new Blob([bytes]), 'noise.bin'])));
    const got = await send(server.origin, 'GET', `/fid/${fid}.bin`, {
      headers: { range: 'bytes=0-9', 'if-modified-since': new Date().toUTCString() },
    });
    expect([got.status, got.bytes.equals(bytes)]).toEqual([200, true]);
    expect(got.headers.get('accept-ranges')).toBeNull();
    const head = await send(server.origin, 'HEAD', `/fid/${fid}`);
    expect([head.status, head.headers.get('content-length')]).toEqual([200, '60000']);
  });

  it('may have exactly 32 MiB', async () => {
    const exact = new Blob([new Uint8Array(LIMIT)]);
    const answer = await post(form(['a', exact, 'a.bin'], ['b', new Blob([new Uint8Array(20_971_520)]), 'b.bin']));
    expect(data(answer)).toMatchObject([{ size: LIMIT }, { size: 20_971_520 }]);
    const over = await post(form(['a', new Blob([exact, 'x']), 'a.bin']));
    expect(over).toMatchObject({ status: 500, text: '{"ok":false}' });
  });

  it('are refused with more than 1,000 parts, and if the body is not a form', async () => {
    const many = Array.from({ length: 1_100 }, (_, n): [string, string] => [`f${n}`, 'x']);
    expect(await post(form(...many))).toMatchObject({ status: 500, text: '{"ok":false}' });
    for (const type of ['application/json', 'application/octet-stream', 'multipart/form-data']) {
      expect(await post('{}', type)).toMatchObject({ status: 500, text: '{"ok":false}' });
    }
  });

  it('are not found in a form without files, without names or cut off', async () => {
    const head = '--b\r\ncontent-disposition: form-data; name="f"';
    const type = 'multipart/form-data; boundary=b';
    for (const body of [
      `${head}\r\ncontent-type: application/octet-stream\r\n\r\nabc\r\n--b--\r\n`,
      `${head}; filename="a.txt"\r\n\r\nabc`,
      '--other\r\n',
    ]) {
      expect(await post(body, type)).toMatchObject({ status: 200, text: '[]' });
    }
    expect(await post(form(['note', 'x']))).toMatchObject({ status: 200, text: '[]' });
  });

  it('are temporary unless storageType comes before them', async () => {
    const file: [string, Blob, string] = ['f', new Blob(['x']), 'x.txt'];
    const kept = await post(form(['storageType', 'permanent'], file));
    const late = await post(form(file, ['storageType', 'permanent']));
    expect(data(kept)).toMatchObject([{ expires: Number.MAX_SAFE_INTEGER }]);
    expect(data(late)).toMatchObject([{ expires: now + 7 * DAYS }]);
    now += 8 * DAYS;
    visitor = await Visitor.enter(server);
    expect((await visitor.get(`/fid/${fidOf(kept)}`)).status).toBe(200);
    expect((await visitor.get(`/fid/${fidOf(late)}`)).status).toBe(410);
  });

  it('get two kinds of replies if they are unknown', async () => {
    const answer = () => send(server.origin, 'GET', '/fid/00,zzzzzzzzzz');
    expect(data(await answer())).toEqual({ exists: false, reason: 'cdn.get(): no record found for 00,zzzzzzzzzz' });
    expect(data(await answer())).toEqual({ exists: false, reason: 'missCache' });
    expect(await send(server.origin, 'GET', '/fid/00,zzzzzzzzzz?obj=true')).toMatchObject({ status: 404 });
  });

  it('with a name beyond Latin-1 cannot be read whole', async () => {
    const fid = fidOf(await post(form(['f', new Blob([new Uint8Array(5_000)]), '\u03a9mega.bin'])));
    const hanging = fetch(`${server.origin}/fid/${fid}`, { signal: AbortSignal.timeout(300) });
    const response = await hanging;
    expect([response.status, response.headers.get('content-length')]).toEqual([500, '5000']);
    await expect(response.arrayBuffer()).rejects.toThrow();
    expect((await visitor.get(`/fid/${fid}?obj=true`)).status).toBe(200);
  });

  it('survive a client that disconnects in the middle', async () => {
    const body = new ReadableStream<Uint8Array>({
      start: (controller) =>
        controller.enqueue(
          new TextEncoder().encode('--b\r\ncontent-disposition: form-data; name="f"; filename="a"\r\n\r\nabc'),
        ),
    });
    const leave = new AbortController();
    const init = {
      method: 'POST',
      body,
      duplex: 'half',
      signal: leave.signal,
      headers: { cookie: visitor.cookie, 'content-type': 'multipart/form-data; boundary=b' },
    };
    const upload = fetch(`${server.origin}/fid`, init);
    await send(server.origin, 'GET', '/version');
    leave.abort();
    await expect(upload).rejects.toThrow();
    expect((await send(server.origin, 'GET', '/version')).status).toBe(200);
  });
});
