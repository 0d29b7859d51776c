import { encode } from 'fast-png';
import { describe, expect, it } from 'vitest';
import { imageSize } from '../../../electron/practice/files/image-size.ts';
import { thumbnailSize } from '../../../electron/practice/files/thumbnail.ts';
import { wrap } from '../../../electron/practice/pixels/letters.ts';
import { blank, readPng, toGrey, writePng } from '../../../electron/practice/pixels/picture.ts';
import { FITS, fitTo } from '../../../electron/practice/pixels/resize.ts';

const pixel = (png: Uint8Array): readonly number[] => [...(readPng(Buffer.from(png))?.data.subarray(0, 4) ?? [])];

describe('a PNG', () => {
  it('is read in every common layout', () => {
    const one = { width: 1, height: 1 };
    expect(pixel(writePng(blank(1, 1, [1, 2, 3])))).toEqual([1, 2, 3, 255]);
    expect(pixel(encode({ ...one, data: Uint8Array.of(9, 8, 7), channels: 3, depth: 8 }))).toEqual([9, 8, 7, 255]);
    expect(pixel(encode({ ...one, data: Uint8Array.of(9, 50), channels: 2, depth: 8 }))).toEqual([9, 9, 9, 50]);
    expect(pixel(encode({ ...one, data: Uint16Array.of(0x4000), channels: 1, depth: 16 }))).toEqual([64, 64, 64, 255]);
    expect(pixel(encode({ ...one, data: Uint8Array.of(0b1000_0000), channels: 1, depth: 1 }))).toEqual([
      255, 255, 255, 255,
    ]);
  });

  it('is refused when it is damaged, too large or something else', () => {
    const png = Buffer.from(writePng(blank(8, 8, [1, 2, 3])));
    const huge = Buffer.from(png);
    huge.writeUInt32BE(60_000, 16);
    huge.writeUInt32BE(60_000, 20);
    for (const bytes of [Buffer.alloc(0), Buffer.from('GIF89a'.padEnd(40)), png.subarray(0, 40), huge]) {
      expect(readPng(bytes)).toBeNull();
    }
  });

  it('turns grey by the weights of its colours', () => {
    expect([...toGrey(blank(1, 1, [255, 0, 0])).data]).toEqual([76, 76, 76, 255]);
  });
});

describe('a picture fitted into a box', () => {
  const wide = blank(64, 32, [10, 20, 30]);

  it.each([
    ['cover', 32, 32],
    ['contain', 32, 32],
    ['fill', 32, 32],
    ['inside', 32, 16],
    ['outside', 64, 32],
  ] as const)('%s', (fit, width, height) => {
    expect(fitTo(wide, 32, 32, fit)).toMatchObject({ width, height });
  });

  it('keeps its colour', () => {
    for (const fit of FITS) {
      const { data, width, height } = fitTo(wide, 32, 32, fit);
      const middle = (Math.floor(height / 2) * width + Math.floor(width / 2)) * 4;
      expect([...data.subarray(middle, middle + 4)]).toEqual([10, 20, 30, 255]);
    }
  });

  it('gets its size from a query, and refuses the sizes that the real server refuses', () => {
    const size = (query: string) => thumbnailSize(new URLSearchParams(query));
    expect(size('width=64')).toEqual({ width: 64, height: 64, fit: 'cover' });
    expect(size('height=512&width=32&fit=inside')).toEqual({ width: 32, height: 512, fit: 'inside' });
    for (const query of ['width=33', 'width=0', 'width=544', 'width=x', 'width=32&fit=nosuch', 'fit=cover']) {
      expect(size(query)).toBeNull();
    }
  });
});

describe('the size of a picture', () => {
  it('is read from PNG, GIF, JPEG and WebP', () => {
    expect(imageSize(Buffer.from(writePng(blank(7, 5, [0, 0, 0]))))).toEqual({ width: 7, height: 5, type: 'png' });
    expect(imageSize(Buffer.from('GIF89a\x07\x00\x05\x00', 'latin1'))).toEqual({ width: 7, height: 5, type: 'gif' });
    const jpeg = Buffer.from('ffd8ffe000040000ffc0000b080005000701011100', 'hex');
    expect(imageSize(jpeg)).toEqual({ width: 7, height: 5, type: 'jpg' });
    const webp = Buffer.from(`${'RIFF....WEBPVP8X'.padEnd(24, '\0')}\x06\0\0\x04\0\0`, 'latin1');
    expect(imageSize(webp)).toEqual({ width: 7, height: 5, type: 'webp' });
    expect(imageSize(Buffer.from('nothing of the kind'))).toBeNull();
  });
});

describe('text', () => {
  it('is wrapped between words, and within words that are too long', () => {
    expect(wrap('one two three\nfour', 8)).toEqual(['one two', 'three', 'four']);
    expect(wrap('abcdefghij kl', 4)).toEqual(['abcd', 'efgh', 'ij', 'kl']);
  });
});
