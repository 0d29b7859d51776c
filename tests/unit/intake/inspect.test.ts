import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { inspectPath } from '../../../electron/core/intake/inspect.ts';
import { MAX_BYTES } from '../../../electron/contract/limits.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'omnitray-intake-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const path = (name: string): string => join(folder, name);
function file(name: string, content: string | Uint8Array): string {
  writeFileSync(path(name), content);
  return path(name);
}

const bytes = (...parts: readonly (string | readonly number[])[]): Uint8Array =>
  Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : Buffer.from(part))));

const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
const JPEG = bytes([0xff, 0xd8, 0xff, 0xe0, 0, 16], 'JFIF\0', [1, 1, 0, 0, 1, 0, 1, 0, 0, 0xff, 0xd9]);
const GIF = bytes('GIF89a', [1, 0, 1, 0, 0, 0, 0, 0x3b]);
const WEBP = bytes('RIFF', [26, 0, 0, 0], 'WEBPVP8L', [14, 0, 0, 0, 0x2f, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
const BMP = bytes('BM', [70, 0, 0, 0, 0, 0, 0, 0, 54, 0, 0, 0, 40, 0, 0, 0], new Array<number>(60).fill(0));
const WAV = bytes(
  'RIFF',
  [36, 0, 0, 0],
  'WAVEfmt ',
  [16, 0, 0, 0, 1, 0, 1, 0, 0x44, 0xac, 0, 0, 0x88, 0x58, 1, 0, 2, 0, 16, 0],
  'data',
  [0, 0, 0, 0],
);
const MP3 = bytes('ID3', [3, 0, 0, 0, 0, 0, 0, 0xff, 0xfb, 0x90, 0x64], new Array<number>(64).fill(0));
const MP4 = bytes([0, 0, 0, 24], 'ftypisom', [0, 0, 2, 0], 'isomiso2', [0, 0, 0, 8], 'free');
const HEIC = bytes([0, 0, 0, 24], 'ftypheic', [0, 0, 0, 0], 'heicmif1', [0, 0, 0, 8], 'free');
const WEBM = bytes([0x1a, 0x45, 0xdf, 0xa3, 0x87, 0x42, 0x82, 0x84], 'webm', [0, 0]);
const PDF = bytes('%PDF-1.7\n%', [0xe2, 0xe3, 0xcf, 0xd3], '\n');
const ZIP = bytes('PK', [3, 4, 20, 0, 0, 0, 0, 0], new Array<number>(16).fill(0), [5, 0, 0, 0], 'a.txt');

describe('what a file is', () => {
  it.each([
    ['a.png', PNG, 'image', 'image/png'],
    ['a.jpg', JPEG, 'image', 'image/jpeg'],
    ['a.gif', GIF, 'image', 'image/gif'],
    ['a.webp', WEBP, 'image', 'image/webp'],
    ['a.wav', WAV, 'audio', 'audio/wav'],
    ['a.mp3', MP3, 'audio', 'audio/mpeg'],
    ['a.mp4', MP4, 'video', 'video/mp4'],
    ['a.webm', WEBM, 'video', 'video/webm'],
    ['a.weba', WEBM, 'audio', 'audio/webm'],
    ['a.pdf', PDF, 'document', 'application/pdf'],
    ['a.zip', ZIP, 'document', 'application/zip'],
    ['a.docx', ZIP, 'document', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'],
    ['a.txt', 'plain words', 'document', 'text/plain'],
    ['a.md', '# Title', 'document', 'text/markdown'],
    ['a.csv', 'a,b\n1,2\n', 'document', 'text/csv'],
    ['a.html', '<!doctype html><p>x', 'document', 'text/html'],
    ['Makefile', 'all:\n\ttrue\n', 'document', 'text/plain'],
    ['a.bin', bytes([1, 2, 3, 0, 0xff]), 'document', 'application/octet-stream'],
    ['nothing known', bytes([1, 2, 3, 0, 0xff]), 'document', null],
    ['a.txt', bytes('caf', [0xe9]), 'document', 'text/plain'],
    ['a.txt', bytes([0xff, 0xfe, 0x41, 0]), 'document', 'text/plain'],
  ])('%s', async (name, content, kind, mime) => {
    expect(await inspectPath(file(name, content))).toMatchObject({ kind, mime, name, problem: null, json: null });
  });

  it.each([
    ['a picture called a text', 'a.txt', PNG, 'image', 'image/png'],
    ['a picture without an ending', 'picture', PNG, 'image', 'image/png'],
    ['a text called a picture', 'a.png', 'not a picture', 'document', 'text/plain'],
    ['a text called a song', 'a.mp3', 'la la la', 'document', 'text/plain'],
    ['TypeScript, not a video stream', 'a.ts', 'export {};\n', 'document', 'text/plain'],
    ['a song that only its name tells', 'a.mp3', bytes([0, 1, 2, 3, 0xff, 0, 7]), 'audio', 'audio/mpeg'],
  ])('believes the bytes first: %s', async (_, name, content, kind, mime) => {
    expect(await inspectPath(file(name, content))).toMatchObject({ kind, mime, problem: null });
  });

  it('recognises a text whose read part ends within a character', async () => {
    const path = file('a.txt', `${'x'.repeat(4_099)}ééé`);
    expect(await inspectPath(path)).toMatchObject({ kind: 'document', mime: 'text/plain' });
  });

  it.each([
    ['BMP', 'a.bmp', BMP],
    ['HEIC', 'a.heic', HEIC],
    ['SVG', 'a.svg', '<svg xmlns="http://www.w3.org/2000/svg"/>'],
    ['SVG with a prolog', 'a.svg', '<?xml version="1.0"?>\n<!-- x -->\n<svg xmlns="http://www.w3.org/2000/svg"/>'],
    ['ICO', 'a.ico', bytes([0, 0, 1, 0, 1, 0, 16, 16, 0, 0, 1, 0, 32, 0, 4, 0, 0, 0, 22, 0, 0, 0, 1, 2, 3, 4])],
    ['TIFF', 'a.tiff', bytes('II', [42, 0, 8, 0, 0, 0, 0, 0, 0, 0, 0, 0])],
  ])('is a picture, and no problem: %s', async (_, name, content) => {
    expect(await inspectPath(file(name, content))).toMatchObject({ kind: 'image', problem: null });
  });
});

describe('JSON', () => {
  it.each([
    ['an object', 'a.json', '{"a":1}'],
    ['a list', 'a.json', '[1,2]'],
    ['with a byte order mark', 'a.json', '\uFEFF{"a":1}'],
    ['of another ending', 'a.geojson', '{"type":"Point"}'],
    ['in capitals', 'A.JSON', '{}'],
    ['of exactly 1 MiB', 'a.json', JSON.stringify(['x'.repeat(1_048_576 - 4)])],
  ])('is a value: %s', async (_, name, content) => {
    expect(await inspectPath(file(name, content))).toMatchObject({
      kind: 'json',
      json: expect.any(String) as string,
      problem: null,
    });
  });

  it.each([
    ['when it does not parse', 'a.json', '{"a":'],
    ['when it is a word', 'a.json', '"word"'],
    ['when it is null', 'a.json', 'null'],
    ['when it is a line each', 'a.jsonl', '{"a":1}\n{"a":2}\n'],
    ['when it is not called so', 'a.txt', '{"a":1}'],
    ['when it is larger than 1 MiB', 'a.json', JSON.stringify(['x'.repeat(1_048_576 - 3)])],
  ])('is a document %s', async (_, name, content) => {
    expect(await inspectPath(file(name, content))).toMatchObject({ kind: 'document', json: null, problem: null });
  });

  it.each([
    ['UTF-16 with a mark', Buffer.from('\uFEFF{"a":1}', 'utf16le'), 'utf-16'],
    ['UTF-16 without one', Buffer.from('{"a":1}', 'utf16le'), 'utf-16'],
    ['UTF-16 of the other order', Buffer.from('{"a":1}', 'utf16le').swap16(), 'utf-16'],
    ['Latin-1', bytes('{"a":"caf', [0xe9], '"}'), 'not-utf-8'],
    ['Latin-1 far behind its beginning', bytes(`{"a":"${'x'.repeat(9_000)}`, [0xe9], '"}'), 'not-utf-8'],
    ['half of an object', '{"a":', 'not-json'],
    ['a word', '"word"', 'single-value'],
    ['nothing', 'null', 'single-value'],
    ['many nested lists', `${'['.repeat(5_000)}${']'.repeat(5_000)}`, 'too-deep'],
    ['more than 1 MiB', JSON.stringify(['x'.repeat(1_048_576)]), 'too-long'],
  ])('says why it is a document: %s', async (_, content, notData) => {
    expect(await inspectPath(file('a.json', content))).toMatchObject({ kind: 'document', json: null, notData });
  });

  it('does not report that for other names', async () => {
    expect(await inspectPath(file('a.txt', '{"a":'))).toMatchObject({ notData: null });
    expect(await inspectPath(file('a.json', PNG))).toMatchObject({ kind: 'image', notData: null });
  });
});

describe('what cannot be sent', () => {
  it('accepts no empty file', async () => {
    expect(await inspectPath(file('a.pdf', ''))).toMatchObject({ kind: 'document', size: 0, problem: 'empty' });
  });

  it('accepts no file over 32 MiB, but one of exactly 32 MiB', async () => {
    truncateSync(file('fits.png', PNG), MAX_BYTES);
    truncateSync(file('over.png', PNG), MAX_BYTES + 1);
    expect(MAX_BYTES).toBe(32 * 1_024 * 1_024);
    expect(await inspectPath(path('fits.png'))).toMatchObject({ size: MAX_BYTES, problem: null });
    expect(await inspectPath(path('over.png'))).toMatchObject({
      kind: 'image',
      size: MAX_BYTES + 1,
      problem: 'too-large',
    });
  });

  it('a folder', async () => {
    expect(await inspectPath(folder)).toMatchObject({ problem: 'folder', mime: null });
  });

  it.each([
    ['that is not there', 'gone.png'],
    ['below a file', 'file/below'],
    ['at the end of a broken link', 'broken'],
  ])('a path %s', async (_, name) => {
    file('file', 'x');
    symlinkSync(path('nowhere'), path('broken'));
    expect(await inspectPath(path(name))).toMatchObject({ problem: 'vanished', size: 0 });
  });

  it.each([
    ['a link to itself', 'loop'],
    ['a name longer than any can be', 'x'.repeat(300)],
    ['a path with a NUL in it', 'a\0b'],
  ])('%s', async (_, name) => {
    symlinkSync(path('loop'), path('loop'));
    expect(await inspectPath(path(name))).toMatchObject({ problem: 'path' });
  });

  it.runIf(process.geteuid !== undefined)('accepts no file without read permission', async () => {
    const secret = file('secret.txt', 'x');
    chmodSync(secret, 0o000);
    chmodSync(folder, 0o755);
    expect(await asOrdinaryUser(() => inspectPath(secret))).toMatchObject({ kind: 'document', problem: 'refused' });
  });

  it.runIf(process.platform !== 'win32')('accepts no FIFO, and does not wait for a writer', async () => {
    execFileSync('mkfifo', [path('fifo')]);
    expect(await inspectPath(path('fifo'))).toMatchObject({ problem: 'not-a-file' });
  });

  it.runIf(process.platform !== 'win32')('accepts no device or socket', async () => {
    const server = createServer().listen(path('socket'));
    expect(await inspectPath('/dev/null')).toMatchObject({ problem: 'not-a-file' });
    expect(await inspectPath(path('socket'))).toMatchObject({ problem: 'not-a-file' });
    server.close();
  });
});

/** Root can read every file, so as root this changes the user during the work. 65534 is an account without rights. */
async function asOrdinaryUser<T>(work: () => Promise<T>): Promise<T> {
  if (process.geteuid?.() !== 0) return work();
  process.seteuid?.(65_534);
  try {
    return await work();
  } finally {
    process.seteuid?.(0);
  }
}

it('follows links and returns their target', async () => {
  mkdirSync(path('sub'));
  const real = file('sub/real.png', PNG);
  symlinkSync(real, path('link.txt'));
  expect(await inspectPath(path('link.txt'))).toMatchObject({
    name: 'link.txt',
    kind: 'image',
    path: path('link.txt'),
    realPath: real,
    size: PNG.length,
  });
});
