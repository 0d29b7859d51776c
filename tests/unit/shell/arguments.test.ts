import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { pathOfFileAddress } from '../../../electron/shell/file-address.ts';
import { existing, filesOfArguments } from '../../../electron/shell/os-intake.ts';

const folder = mkdtempSync(join(tmpdir(), 'omnitray-arguments-'));
const file = (name: string): string => {
  const path = join(folder, name);
  writeFileSync(path, 'x');
  return path;
};
const notes = file('notes ä #1.txt');
const picture = file('picture.png');

afterAll(() => rmSync(folder, { recursive: true }));

test('paths are files, whole or from the folder of the start', () => {
  expect(filesOfArguments(['/opt/omnitray', notes, 'picture.png'], folder, 1)).toEqual([notes, picture]);
});

test('a desktop that passes addresses passes files too', () => {
  const addresses = [pathToFileURL(notes).href, pathToFileURL(picture).href.replace('file://', 'file://localhost')];
  expect(filesOfArguments(['/opt/omnitray', ...addresses], folder, 1)).toEqual([notes, picture]);
});

test('switches are no files, wherever they stand, and count for nothing', () => {
  expect(filesOfArguments(['/opt/omnitray', '--no-sandbox', picture, '-x'], folder, 1)).toEqual([picture]);
  expect(filesOfArguments(['electron', '--inspect=0', folder, '--practice', picture], folder, 2)).toEqual([picture]);
});

test('an address of anything but a file of this machine is no file', () => {
  const strange = ['file://elsewhere/share/notes.txt', 'file:///a%2Fb', 'https://x.test/', 'omnitray://open'];
  expect(filesOfArguments(['/opt/omnitray', ...strange], folder, 1)).toEqual([]);
});

test('what is not there is left out, by a look that does not hold the start up', async () => {
  const paths = filesOfArguments(['/opt/omnitray', 'gone.txt', 'picture.png'], folder, 1);
  expect(paths).toEqual([join(folder, 'gone.txt'), picture]);
  expect(await existing(paths)).toEqual([picture]);
});

test('only an address of a file of this machine has a path', () => {
  expect(pathOfFileAddress(pathToFileURL(notes).href)).toBe(notes);
  for (const other of ['', '# comment', notes, 'file://elsewhere/x', 'file:///a%2Fb', 'http://localhost/x']) {
    expect(pathOfFileAddress(other), other).toBeNull();
  }
});
