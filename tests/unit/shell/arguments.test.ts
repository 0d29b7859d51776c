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

test('absolute and relative paths are files', () => {
  expect(filesOfArguments(['/opt/omnitray', notes, 'picture.png'], folder, 1)).toEqual([notes, picture]);
});

test('file addresses are files', () => {
  const addresses = [pathToFileURL(notes).href, pathToFileURL(picture).href.replace('file://', 'file://localhost')];
  expect(filesOfArguments(['/opt/omnitray', ...addresses], folder, 1)).toEqual([notes, picture]);
});

test('switches are ignored at any position', () => {
  expect(filesOfArguments(['/opt/omnitray', '--no-sandbox', picture, '-x'], folder, 1)).toEqual([picture]);
  expect(filesOfArguments(['electron', '--inspect=0', folder, '--practice', picture], folder, 2)).toEqual([picture]);
});

test('other addresses are not files', () => {
  const strange = ['file://elsewhere/share/notes.txt', 'file:///a%2Fb', 'https://x.test/', 'omnitray://open'];
  expect(filesOfArguments(['/opt/omnitray', ...strange], folder, 1)).toEqual([]);
});

test('missing files are left out without delaying the start', async () => {
  const paths = filesOfArguments(['/opt/omnitray', 'gone.txt', 'picture.png'], folder, 1);
  expect(paths).toEqual([join(folder, 'gone.txt'), picture]);
  expect(await existing(paths)).toEqual([picture]);
});

test('only an address of a local file has a path', () => {
  expect(pathOfFileAddress(pathToFileURL(notes).href)).toBe(notes);
  for (const other of ['', '# comment', notes, 'file://elsewhere/x', 'file:///a%2Fb', 'http://localhost/x']) {
    expect(pathOfFileAddress(other), other).toBeNull();
  }
});
