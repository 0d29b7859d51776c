import { mkdir, symlink, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** One byte more than the server takes (wire 5). */
const TOO_LARGE = 33_554_433;

/** The beginning of a TIFF: a real kind of picture that neither the server nor a page can open (wire 5). */
const TIFF = Buffer.from('49492a0008000000', 'hex');

const SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"><rect width="8" height="8"/></svg>';

/** Things that can be dropped and cannot be sent, each with the words that must stand beside it. */
export async function makeBadFiles(folder: string): Promise<readonly (readonly [path: string, words: string])[]> {
  const place = (name: string): string => join(folder, name);
  await writeFile(place('empty.txt'), '');
  await mkdir(place('holiday'));
  await writeFile(place('film.mov'), '');
  await truncate(place('film.mov'), TOO_LARGE);
  await writeFile(place('scan.tif'), TIFF);
  await writeFile(place('logo.svg'), SVG);
  return [
    [place('empty.txt'), 'This is empty.'],
    [place('holiday'), 'A folder without files'],
    [place('film.mov'), 'This is larger than 32 MB, the most the server takes.'],
    [place('scan.tif'), 'This is a kind of picture the server cannot open. Save it as PNG or JPEG.'],
    [place('logo.svg'), 'The server takes GIF, PNG, JPG and WebP.'],
  ];
}

/** A link that leads to itself: it is there and nobody can read it, not even root. */
export async function makeUnreadable(folder: string): Promise<string> {
  const path = join(folder, 'letter.pdf');
  await symlink(path, path);
  return path;
}
