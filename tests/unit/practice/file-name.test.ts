import { describe, expect, it } from 'vitest';
import { headerName, nameBytes, nameText, nameUpload } from '../../../electron/practice/files/file-name.ts';
import { blank, writePng } from '../../../electron/practice/pixels/picture.ts';

const PNG = writePng(blank(2, 2, [1, 2, 3]));
const TEXT = Buffer.from('some words');
const GZIP = Buffer.from('H4sIAAAAAAAAAwMAAAAAAAAAAAA=', 'base64');
const WAVE = Buffer.from('RIFF$\0\0\0WAVEfmt ', 'latin1');

describe('the name of an upload', () => {
  it.each([
    ['a.png', PNG, 'a.png', 'image/png'],
    ['Dir/Big "Pic".PNG', PNG, 'big pic.PNG', 'image/png'],
    ['C:\\Users\\me\\Pic.png', PNG, 'pic.png', 'image/png'],
    ['noext', PNG, 'noext.png', 'image/png'],
    ['a.b.c.tar.gz', GZIP, 'a.b.c.gz', 'application/gzip'],
    ['tone.wav', WAVE, 'tone.wav', 'audio/wave'],
    ['x.mp3', TEXT, 'x.mpga', 'audio/mpeg'],
    ['x.md', TEXT, 'x.markdown', 'text/markdown'],
    ['notes.txt', TEXT, 'notes.txt', 'text/plain'],
    ['README', TEXT, 'readme.txt', 'text/plain'],
    ['data.JSON', TEXT, 'data.json', 'application/json'],
    ['what?.txt', TEXT, 'what_.txt', 'text/plain'],
    ['drawing.svg', Buffer.from('<?xml version="1.0"?><svg/>'), 'drawing.svg', 'image/svg+xml'],
    ['\u03a9mega.png', PNG, '\u03c9mega.png', 'image/png'],
  ])('%s', async (given, bytes, fileName, mimeType) => {
    expect(await nameUpload(given, bytes)).toMatchObject({ fileName, mimeType });
  });

  it('is cut if it is long', async () => {
    const { fileName } = await nameUpload(`${'x'.repeat(500)}.png`, PNG);
    expect(fileName).toHaveLength(204);
  });
});

describe('the name of a file without one', () => {
  it('is the time and the fid', async () => {
    expect(await nameBytes('56,w77of0lz5f', PNG, 17)).toMatchObject({ fileName: '17_56-w77of0lz5f.png' });
    const svg = Buffer.from('<?xml version="1.0"?><svg/>');
    expect(await nameBytes('1,a', svg, 17)).toMatchObject({ fileName: '17_1-a.txt', mimeType: 'text/plain' });
  });

  it('is the first letters of a text', () => {
    expect(nameText('Hello World, how are you today?').fileName).toBe('hello_world__how_are.txt');
  });
});

describe('a name in a header', () => {
  it('stays in ASCII, is changed in Latin-1, and fails beyond', () => {
    expect(headerName('a b.png')).toBe('a b.png');
    expect(headerName('caf\u00e9.png')).toBe('caf\u00fd.png');
    expect(headerName('\u03c9.png')).toBeNull();
    expect(headerName('\ud83d\udc34.png')).toBeNull();
  });
});
