import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { blank, readPng, writePng } from '../../../electron/practice/pixels/picture.ts';
import { RECIPE } from '../../../electron/practice/recipes/ids.ts';
import { type PracticeServer, startPracticeServer } from '../../../electron/practice/server.ts';
import { data, textAt, Visitor } from '../../support/wire/visitor.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const RED = new Uint8Array(writePng(blank(40, 20, [255, 0, 0])));
const JPEG = new Uint8Array(
  Buffer.from('ffd8ffe000104a46494600010100000100010000ffc0000b080005000701011100ffd9', 'hex'),
);

describe('the recipes', () => {
  let server: PracticeServer;
  let visitor: Visitor;
  beforeAll(async () => {
    server = await startPracticeServer();
    visitor = await Visitor.enter(server);
  });
  afterAll(() => server.close());

  const run = async (recipe: string, args: Readonly<Record<string, unknown>>): Promise<unknown> => {
    const jobId = await visitor.start(recipe, args);
    await expect.poll(() => visitor.stateOf(jobId)).toBe('success');
    return data(await visitor.result(jobId));
  };
  const uploaded = async (...files: readonly { name: string; bytes: Uint8Array<ArrayBuffer> }[]) =>
    (await visitor.upload(...files)).map(({ fid }) => ({ fid }));
  const artifact = async (result: unknown, kind: string) =>
    (await visitor.get(textAt(result, 'artifacts', kind, 0, 'url'))).bytes;

  it('Word count', async () => {
    const documents = await uploaded(
      { name: 'a.txt', bytes: bytes('one two\nthree\n') },
      { name: 'b.png', bytes: RED },
    );
    expect(await run(RECIPE.wordCount, { text: 'two words', documents })).toMatchObject({
      text: [
        'message: 2 words, 1 line, 9 characters\na.txt: 3 words, 2 lines, 14 characters\nb.png: not a text file, left out',
      ],
      objects: [
        { name: 'message', words: 2 },
        { name: 'a.txt', words: 3, lines: 2, characters: 14 },
      ],
    });
    expect(await run(RECIPE.wordCount, {})).toMatchObject({ text: ['There was nothing to count.'], objects: null });
  });

  it('Thumbnail sheet', async () => {
    const images = await uploaded(
      { name: 'red.png', bytes: RED },
      { name: 'photo.jpg', bytes: JPEG },
      { name: 'c.png', bytes: RED },
    );
    const result = await run(RECIPE.thumbnailSheet, { images });
    expect(textAt(result, 'text', 0)).toContain('3 pictures on one sheet.\nphoto.jpg: not a PNG');
    const sheet = readPng(await artifact(result, 'images'));
    expect(sheet).toMatchObject({ width: 2 * 172 + 12, height: 2 * 196 + 12 });
    const middle = ((12 + 80) * (sheet?.width ?? 0) + 12 + 80) * 4;
    expect([...(sheet?.data.subarray(middle, middle + 3) ?? [])]).toEqual([255, 0, 0]);
  });

  it('Image to grey', async () => {
    const images = await uploaded({ name: 'red.png', bytes: RED }, { name: 'photo.jpg', bytes: JPEG });
    const result = await run(RECIPE.grey, { images });
    expect(result).toMatchObject({
      artifacts: { images: [{ fileName: 'red grey.png', meta: { width: 40, height: 20 } }] },
    });
    const grey = readPng(await artifact(result, 'images'));
    expect([...(grey?.data.subarray(0, 4) ?? [])]).toEqual([76, 76, 76, 255]);
    expect(textAt(result, 'text', 0)).toContain('photo.jpg');
  });

  it('Hash files', async () => {
    const [documents, images] = [
      await uploaded({ name: 'a.txt', bytes: bytes('abc') }),
      await uploaded({ name: 'r.png', bytes: RED }),
    ];
    const sha256 = createHash('sha256').update(RED).digest('hex');
    expect(await run(RECIPE.hashFiles, { images, documents })).toMatchObject({
      objects: [
        { name: 'r.png', sha256, size: RED.length, mime: 'image/png' },
        { name: 'a.txt', sha256: createHash('sha256').update('abc').digest('hex'), size: 3, mime: 'text/plain' },
      ],
    });
  });

  it('CSV to JSON', async () => {
    const documents = await uploaded({ name: 'people.csv', bytes: bytes('name,age\nAda,36\n') });
    const result = await run(RECIPE.csvToJson, { documents });
    expect(result).toMatchObject({
      text: ['people.csv: 1 row'],
      objects: [{ name: 'Ada', age: '36' }],
      artifacts: { documents: [{ fileName: 'people.json', mimeType: 'application/json', fileType: 'document' }] },
    });
    expect(JSON.parse((await artifact(result, 'documents')).toString())).toEqual([{ name: 'Ada', age: '36' }]);
  });

  it('Join text', async () => {
    const documents = await uploaded(
      { name: 'a.txt', bytes: bytes('first\n\n') },
      { name: 'b.txt', bytes: bytes('second') },
    );
    const result = await run(RECIPE.joinText, { text: 'hello', documents });
    expect((await artifact(result, 'documents')).toString()).toBe('hello\n\nfirst\n\nsecond\n');
  });

  it('Picture from text, the same for the same text', async () => {
    const [one, again, other] = [
      await artifact(await run(RECIPE.pictureFromText, { text: 'Hello tray' }), 'images'),
      await artifact(await run(RECIPE.pictureFromText, { text: 'Hello tray' }), 'images'),
      await artifact(await run(RECIPE.pictureFromText, { text: 'Hello you' }), 'images'),
    ];
    expect(one.equals(again)).toBe(true);
    expect(one.equals(other)).toBe(false);
    expect(readPng(one)?.width).toBeGreaterThan(300);
  });

  it('Slow steps', async () => {
    const began = performance.now();
    expect(await run(RECIPE.slowSteps, { text: 'steps=2 delay=60' })).toMatchObject({
      text: ['Finished 2 steps of 60 ms each.'],
    });
    expect(performance.now() - began).toBeGreaterThan(115);
  });
});
