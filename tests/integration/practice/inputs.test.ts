import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { blank, writePng } from '../../../electron/practice/pixels/picture.ts';
import { RECIPE } from '../../../electron/practice/recipes/ids.ts';
import { type PracticeServer, startPracticeServer } from '../../../electron/practice/server.ts';
import { data, ENDED, send, Visitor } from '../../support/wire/visitor.ts';

const PNG = new Uint8Array(writePng(blank(3, 2, [10, 20, 30])));
const BASE64 = Buffer.from(PNG).toString('base64');

describe('the inputs of a recipe', () => {
  let server: PracticeServer;
  let visitor: Visitor;
  let fid: string;
  let whole: unknown;
  beforeAll(async () => {
    server = await startPracticeServer();
    visitor = await Visitor.enter(server);
    const [file] = await visitor.upload({ name: 'dot.png', bytes: PNG });
    fid = file?.fid ?? '';
    whole = file?.entry;
  });
  afterAll(() => server.close());

  const echo = async (
    args: Readonly<Record<string, unknown>>,
  ): Promise<{ state: string | undefined; result: unknown }> => {
    const jobId = await visitor.start(RECIPE.echo, args);
    await expect.poll(() => visitor.stateOf(jobId)).toSatisfy((state: string | undefined) => ENDED.includes(state));
    const state = await visitor.stateOf(jobId);
    return { state, result: state === 'success' ? data(await visitor.result(jobId)) : null };
  };

  it.each([
    [{}, [''], null],
    [{ text: 42 }, ['42'], [42]],
    [{ text: ['a', 'b'] }, ['a\nb'], null],
    [{ text: { a: 1 } }, ['{\n  "a": 1\n}'], [{ a: 1 }]],
    [{ text: '<b>\u{1f434}</b>\nline' }, ['<b>\u{1f434}</b>\nline'], null],
    [{ text: '[1,2]' }, ['[1,2]'], [1, 2]],
    [{ json: { a: 1 } }, [''], [{ a: 1 }]],
    [{ json: [{ a: 1 }, { b: 2 }] }, [''], [{ a: 1 }, { b: 2 }]],
    [{ json: '{"a":1}' }, [''], [{ a: 1 }]],
    [{ json: '{oops' }, [''], null],
  ])('text and data: %j', async (args, text, objects) => {
    expect(await echo(args)).toMatchObject({ state: 'success', result: { text, objects, artifacts: { images: [] } } });
  });

  it('accepts a file as a record or as its fid, in order and more than once', async () => {
    const { result } = await echo({ images: [{ fid }, whole, { fid }], audio: [{ fid }], documents: { fid } });
    expect(result).toMatchObject({
      artifacts: {
        images: [{ fid, expires: Number.MAX_SAFE_INTEGER }, { fid }, { fid }],
        audio: [{ fid, mimeType: 'image/png' }],
        documents: [{ fid, fileName: 'dot.png' }],
      },
    });
  });

  it.each([
    { fid: '00,nosuchfile' },
    { ticket: {} },
    { url: 'x' },
    { data: BASE64 },
    null,
    { fid: '98,82et7yirh4.png' },
  ])('drops without a word: %j', async (form) => {
    expect(await echo({ images: [form] })).toMatchObject({ state: 'success', result: { artifacts: { images: [] } } });
  });

  it('stores bytes that come as base64 or as a data address', async () => {
    for (const form of [BASE64, `data:text/plain;base64,${BASE64}`, `data:image/png;name=a;base64,${BASE64}`]) {
      const { result } = await echo({ images: [form] });
      const image = { mimeType: 'image/png', size: PNG.length, meta: { width: 3, height: 2, type: 'png' } };
      expect(result).toMatchObject({ artifacts: { images: [image] } });
    }
    expect((await echo({ images: [`fid://${fid}`] })).result).toMatchObject({ artifacts: { images: [{ fid }] } });
  });

  it('stores a string that is not a file as text, and each string among the documents', async () => {
    const svg = Buffer.from('<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>').toString('base64');
    for (const form of ['plain words', fid, `data:image/svg+xml;base64,${svg}`]) {
      expect((await echo({ images: [form] })).result).toMatchObject({
        artifacts: { images: [{ mimeType: 'text/plain' }] },
      });
    }
    for (const form of [BASE64, `data:image/png;base64,${BASE64}`, 'http://127.0.0.1/x.png', `fid://${fid}`]) {
      const { result } = await echo({ documents: [form] });
      expect(result).toMatchObject({ artifacts: { documents: [{ mimeType: 'text/plain', size: form.length }] } });
    }
    const { result } = await echo({ documents: 'one\ntwo' });
    expect(result).toMatchObject({ artifacts: { documents: [{ size: 3 }, { size: 3 }] } });
  });

  it('fails the whole job for a bad address or an error field', async () => {
    for (const form of [`fid://${fid}.png`, `/fid/${fid}`, 'http://127.0.0.1:1/x.png']) {
      expect((await echo({ images: [form] })).state).toBe('error');
    }
    expect((await echo({ error: 'x' })).state).toBe('error');
  });

  it('keeps a file that became part of a result', async () => {
    const record = await send(server.origin, 'GET', `/fid/${fid}?obj=true`);
    expect(data(record)).toMatchObject({ fid, fileName: 'dot.png' });
    expect(data(record)).not.toHaveProperty('expires');
  });
});
