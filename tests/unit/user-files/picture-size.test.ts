import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isDrawable, pictureSize } from '../../../electron/core/user-files/picture-size.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'omnitray-size-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function file(...parts: readonly (string | readonly number[])[]): Promise<string> {
  const path = join(folder, 'a');
  await writeFile(
    path,
    Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : Buffer.from(part)))),
  );
  return path;
}

const be = (bytes: number, ...values: readonly number[]): readonly number[] =>
  values.flatMap((value) => Array.from({ length: bytes }, (_, at) => (value / 256 ** (bytes - 1 - at)) & 0xff));
const le = (bytes: number, ...values: readonly number[]): readonly number[] =>
  values.flatMap((value) => [...be(bytes, value)].reverse());
const PNG = '\x89PNG\r\n\x1a\n';

describe('the size of a picture', () => {
  it.each([
    ['PNG', [PNG, be(4, 13), 'IHDR', be(4, 20_000, 10_000), [8, 6, 0, 0, 0]]],
    ['GIF', ['GIF89a', le(2, 20_000, 10_000)]],
    ['BMP, top first', ['BM', le(4, 0, 0, 0, 40, 20_000), le(4, 2 ** 32 - 10_000)]],
    ['WebP, extended', ['RIFF', le(4, 0), 'WEBPVP8X', le(4, 10, 0), le(3, 19_999, 9_999)]],
    ['WebP, lossless', ['RIFF', le(4, 0), 'WEBPVP8L', le(4, 10), [0x2f], le(4, (14_999 | (9_999 << 14)) >>> 0)]],
    ['WebP, lossy', ['RIFF', le(4, 0), 'WEBPVP8 ', le(4, 10), [0, 0, 0, 0x9d, 1, 0x2a], le(2, 15_000, 10_000)]],
    [
      'JPEG, after a large profile',
      [
        '\xff\xd8',
        '\xff\xe1',
        be(2, 60_000),
        'x'.repeat(59_998),
        '\xff\xff\xc2',
        be(2, 17),
        [8],
        be(2, 10_000, 20_000),
      ],
    ],
    ['AVIF', [be(4, 24), 'ftypavif', 'x'.repeat(40), 'ispe', be(4, 0, 100, 100), 'ispe', be(4, 0, 20_000, 10_000)]],
  ] as const)('%s is read from its head', async (name, parts) => {
    const width = name.includes('loss') ? 15_000 : 20_000;
    const path = await file(...parts);
    expect(await pictureSize(path)).toEqual({ width, height: 10_000 });
    expect(await isDrawable(path)).toBe(false);
  });

  it('is unknown for a cut, empty or other file', async () => {
    for (const parts of [
      [],
      [''],
      [PNG],
      ['\xff\xd8\xff'],
      ['\xff\xd8', 'no segment'],
      ['RIFFxxxxWEBPVP8?'],
      ['<svg/>'],
      ['GIF8'],
    ]) {
      const path = await file(...parts);
      expect(await pictureSize(path)).toBeNull();
      expect(await isDrawable(path)).toBe(true);
    }
  });

  it('of a photo is within the limit for drawing', async () => {
    expect(await isDrawable(await file(PNG, be(4, 13), 'IHDR', be(4, 8_064, 6_048)))).toBe(true);
  });
});
