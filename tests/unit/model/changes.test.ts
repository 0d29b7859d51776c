import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { changesAt, changeWords, isLoss } from '../../../electron/contract/text/changes.ts';
import { changesOf } from '../../../electron/core/model/changes.ts';
import { sentFacts } from '../../../electron/core/model/sent-facts.ts';
import { anInput } from '../../support/an-input.ts';

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const json = (text: string, file = text) =>
  anInput({
    ...{ kind: 'json', name: 'ids.json', mime: 'application/json', fid: null, text },
    ...{ size: Buffer.byteLength(file), sha256: sha256(file) },
  });

describe('the changes of an input', () => {
  it('are none for a plain file', () => {
    expect(changesOf(anInput())).toEqual([]);
    expect(changesOf(json('{"a":1}'))).toEqual([]);
  });

  it('are the sent name and the server’s name', () => {
    const named = anInput({ name: 'Größe.PNG' });
    expect(changesOf(named).map(changeWords)).toEqual(['Sent under the name “Grosse.PNG”']);
    expect(changesOf({ ...named, serverName: 'grosse.png' }).map(changeWords)).toEqual([
      'The server calls it “grosse.png”',
    ]);
    expect(changesAt(changesOf({ ...json('{}'), name: 'Größe.json' }), 'json')).toEqual([]);
  });

  it('are values that the server reads differently, for data only', () => {
    const changes = changesOf(json('{"n":1E400,"n":9007199254740993}'));
    expect(changes.map(changeWords)).toEqual([
      'The server cannot hold the number 1E400',
      '“n” is in one object twice, and the server keeps the last',
    ]);
    expect(changes.every(isLoss)).toBe(true);
    expect(changesAt(changes, 'json')).toEqual(changes);
    expect(changesAt(changes, 'documents')).toEqual([]);
  });

  it('are a removed byte order mark: the sent bytes have their own hash', () => {
    const input = json('{"a":1}', '\uFEFF{"a":1}');
    expect(sentFacts(input, { takes: ['json'], form: null })).toEqual({
      sentAs: 'json',
      sent: { size: 7, sha256: sha256('{"a":1}') },
      changes: [{ kind: 'mark' }],
    });
    expect(input.sha256).not.toBe(sha256('{"a":1}'));
    expect(sentFacts(input, { takes: ['documents'], form: null })).toMatchObject({
      sentAs: 'documents',
      sent: { size: 10, sha256: input.sha256 },
      changes: [],
    });
  });

  it.each([
    ['image/avif', null, 'Made of a.avif (AVIF picture): its first frame, colours as 8-bit sRGB, no camera details'],
    [
      'image/svg+xml',
      { width: 10, height: 5 },
      'Made of a.svg (SVG drawing): drawn as pixels, without movement and links, 1,024 × 512 pixels instead of 10 × 5',
    ],
    ['image/bmp', null, 'Made of a.bmp (BMP picture): colours as 8-bit sRGB'],
    ['image/x-icon', null, 'Made of a.ico (icon): the largest picture in it, colours as 8-bit sRGB'],
  ])('is what a PNG does not have of its picture: %s', (mime, scaledFrom, words) => {
    const name = /a\.\w+/.exec(words)?.[0] ?? '';
    const madeFrom = { path: `/x/${name}`, name, mime, size: 1, sha256: null, width: 1_024, height: 512, scaledFrom };
    const changes = changesOf(anInput({ madeFrom }));
    expect(changes.map(changeWords)).toEqual([words]);
    expect(JSON.stringify(changes)).not.toContain('/x/');
  });

  it.each([
    ['mask', 'Your drawing on a.jpg (JPEG picture): the mask alone'],
    ['picture', 'Your drawing on a.jpg (JPEG picture): colours as 8-bit sRGB'],
  ] as const)('says what was drawn: %s', (drawn, words) => {
    const facts = { name: 'a.jpg', mime: 'image/jpeg', size: 1, sha256: null, width: 8, height: 8, scaledFrom: null };
    const changes = changesOf(anInput({ madeFrom: { path: '/x/a.jpg', ...facts, drawn } }));
    expect(changes.map(changeWords)).toEqual([words]);
  });
});
