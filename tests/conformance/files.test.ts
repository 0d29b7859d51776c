import { expect } from 'vitest';
import { data, field, send, textAt } from '../support/wire/visitor.ts';
import { BODY_LIMIT, PICTURE } from './samples.ts';
import type { Stage } from './stage.ts';
import { conformance } from './statement.ts';

const { statement } = conformance();
const WEEK = 7 * 24 * 3_600_000;

const post = ({ origin, visitor }: Stage, body: FormData) =>
  send(origin, 'POST', '/fid', { headers: { cookie: visitor.cookie }, body });
const formOf = (bytes: Uint8Array<ArrayBuffer>, name: string) => {
  const form = new FormData();
  form.append('file', new Blob([bytes]), name);
  return form;
};
const store = async (stage: Stage, bytes: Uint8Array<ArrayBuffer>, name: string) => {
  const [file] = await stage.visitor.upload({ name, bytes });
  if (file === undefined) throw new Error('The upload stored nothing.');
  return file;
};

statement('5', 'an upload is answered with one entry per file, in their order', [], async ({ visitor }) => {
  const names = ['one.png', 'two.png', 'three.png'];
  const stored = await visitor.upload(...names.map((name) => ({ name, bytes: PICTURE })));
  expect(stored.map(({ entry }) => textAt(entry, 'fileName'))).toEqual(names);
});

statement('5', 'an entry has fid, name, size, type and what is known of a picture', [], async (stage) => {
  const { fid, entry } = await store(stage, PICTURE, 'dot.png');
  expect(fid).toMatch(/^\d+,\w+$/);
  expect(entry).toMatchObject({
    fileName: 'dot.png',
    size: PICTURE.length,
    mimeType: 'image/png',
    url: `/fid/${fid}`,
    fileType: 'image',
    meta: { width: 1, height: 1 },
  });
});

statement('5', 'an upload is kept for seven days', [], async (stage) => {
  const { entry } = await store(stage, PICTURE, 'dot.png');
  const left = Number(field(entry, 'expires')) - Date.now();
  expect(Math.abs(left - WEEK)).toBeLessThan(3_600_000);
});

statement('5', 'a file may have 32 MiB and not a byte more', [], async (stage) => {
  const exact = await post(stage, formOf(new Uint8Array(BODY_LIMIT), 'large.bin'));
  expect(data(exact)).toMatchObject([{ size: BODY_LIMIT }]);
  const over = await post(stage, formOf(new Uint8Array(BODY_LIMIT + 1), 'large.bin'));
  expect([over.status, over.text]).toEqual([500, '{"ok":false}']);
});

statement('5', 'an empty file is a file', [], async (stage) => {
  expect((await store(stage, new Uint8Array(), 'empty.txt')).entry).toMatchObject({ size: 0 });
});

statement('5', 'a form without a file is answered 200 and an empty list', [], async (stage) => {
  const form = new FormData();
  form.append('note', 'no file');
  const answer = await post(stage, form);
  expect([answer.status, answer.text]).toEqual([200, '[]']);
});

statement('5', 'a body that is no form is 500', [], async ({ origin, visitor }) => {
  const headers = { cookie: visitor.cookie, 'content-type': 'application/json' };
  const answer = await send(origin, 'POST', '/fid', { headers, body: '{}' });
  expect([answer.status, answer.text]).toEqual([500, '{"ok":false}']);
});

statement('5', 'the type of a file comes from its name and bytes, and its name is lower-cased', [], async (stage) => {
  expect((await store(stage, PICTURE, 'BIG Pic.PNG')).entry).toMatchObject({ mimeType: 'image/png' });
  expect(textAt((await store(stage, PICTURE, 'BIG Pic.PNG')).entry, 'fileName')).toMatch(/^big pic\./);
});

statement('5', 'a file comes back byte for byte to whoever knows its fid', [], async (stage) => {
  const bytes = crypto.getRandomValues(new Uint8Array(60_000));
  const { fid } = await store(stage, bytes, 'noise.bin');
  const got = await send(stage.origin, 'GET', `/fid/${fid}`);
  expect([got.status, got.headers.get('content-length'), got.bytes.equals(bytes)]).toEqual([200, '60000', true]);
});

statement('5', 'the comma of a fid may be written %2C', [], async (stage) => {
  const { fid } = await store(stage, PICTURE, 'dot.png');
  expect((await send(stage.origin, 'GET', `/fid/${encodeURIComponent(fid)}`)).bytes.equals(PICTURE)).toBe(true);
});

statement('5', 'a range is ignored: the whole file comes', [], async (stage) => {
  const { fid } = await store(stage, PICTURE, 'dot.png');
  const got = await send(stage.origin, 'GET', `/fid/${fid}`, { headers: { range: 'bytes=0-3' } });
  expect([got.status, got.bytes.length]).toEqual([200, PICTURE.length]);
});

statement('5', 'an unknown file is 410', [], async ({ origin }) => {
  const got = await send(origin, 'GET', '/fid/00,zzzzzzzzzz');
  expect([got.status, field(data(got), 'exists')]).toEqual([410, false]);
});

statement(
  '5',
  'the record of a file is told under ?obj=true, also of one that cannot be fetched',
  [],
  async (stage) => {
    for (const name of ['dot.png', '\u753b\u50cf.png']) {
      const { fid } = await store(stage, PICTURE, name);
      const got = await send(stage.origin, 'GET', `/fid/${encodeURIComponent(fid)}?obj=true`);
      expect([got.status, field(data(got), 'fid')]).toEqual([200, fid]);
    }
    expect((await send(stage.origin, 'GET', '/fid/00,zzzzzzzzzz?obj=true')).status).toBe(404);
  },
);

statement('5', 'a file whose name is beyond Latin-1 is 500 with the length of the file', [], async (stage) => {
  const { fid } = await store(stage, new Uint8Array(5_000), '\u03a9mega.bin');
  const headers = { connection: 'close' };
  const response = await fetch(`${stage.origin}/fid/${fid}`, { headers, signal: AbortSignal.timeout(2_000) });
  expect([response.status, response.headers.get('content-length')]).toEqual([500, '5000']);
  const reader = response.body?.getReader();
  const start = Buffer.from((await reader?.read())?.value ?? []).toString('utf8');
  expect(start).toContain('ERR_INVALID_CHAR');
  await reader?.cancel();
});

statement('5', 'the same file works as the input of a recipe', ['echo'], async (stage) => {
  const { fid } = await store(stage, PICTURE, '\u753b\u50cf.png');
  const { result } = await stage.run('echo', { images: [{ fid }] });
  expect(data(result)).toMatchObject({ artifacts: { images: [{ fid }] } });
});
