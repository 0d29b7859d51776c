import { mkdir, symlink, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** One byte more than the server takes (wire 5). */
const TOO_LARGE = 33_554_433;

/** Things that can be dropped and cannot be sent, each with the words that must stand beside it. */
export async function makeBadFiles(folder: string): Promise<readonly (readonly [path: string, words: string])[]> {
  const place = (name: string): string => join(folder, name);
  await writeFile(place('empty.txt'), '');
  await mkdir(place('holiday'));
  await writeFile(place('film.mov'), '');
  await truncate(place('film.mov'), TOO_LARGE);
  return [
    [place('empty.txt'), 'This is empty.'],
    [place('holiday'), 'A folder without files'],
    [place('film.mov'), 'This is larger than 32 MB, the most the server takes.'],
  ];
}

/** A link that leads to itself: it is there and nobody can read it, not even root. */
export async function makeUnreadable(folder: string): Promise<string> {
  const path = join(folder, 'letter.pdf');
  await symlink(path, path);
  return path;
}
