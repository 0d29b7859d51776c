import { expect, it } from 'vitest';
import { mayCopyPicture, mayOpen } from '../../../electron/contract/artifact-kinds.ts';

it.each([
  ['hills.png', 'image/png'],
  ['HILLS.JPG', 'image/jpeg'],
  ['song.mpga', 'audio/mpeg'],
  ['film.mp4', 'video/mp4'],
  ['terms.pdf', 'application/pdf'],
  ['rows.csv', 'text/csv'],
  ['a.json', 'application/json'],
])('%s of %s may be opened', (name, mime) => expect(mayOpen({ name, mime })).toBe(true));

it.each([
  ['setup.exe', 'application/x-msdownload'],
  ['hills.png.exe', 'image/png'],
  ['hills.exe', 'image/png'],
  ['hills.png', 'application/x-msdownload'],
  ['page.html', 'text/html'],
  ['drawing.svg', 'image/svg+xml'],
  ['run.sh', 'text/plain'],
  ['x.desktop', 'text/plain'],
  ['notes.txt', 'text/x-shellscript'],
  ['x.command', 'text/plain'],
  ['png', 'image/png'],
  ['x.constructor', 'image/png'],
])('%s of %s may not be opened', (name, mime) => expect(mayOpen({ name, mime })).toBe(false));

it('copies the picture types that nativeImage reads', () => {
  expect(['image/png', 'image/jpeg', 'image/webp', 'text/plain'].map((mime) => mayCopyPicture({ mime }))).toEqual([
    true,
    true,
    false,
    false,
  ]);
});
