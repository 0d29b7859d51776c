/** Files that are hard to show: long and foreign names, a long text, a sound, a film that cannot be played. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Names as they occur in practice. */
const NAMES = [
  'صورة من العطلة الصيفية الطويلة جدا في البحر.png',
  '🏖️ family at the beach 2026 final final (3).jpeg',
  `${'a'.repeat(120)}.pdf`,
  'תמונה.png',
  'терминал и настройки окружения сервера.docx',
  'no extension',
  'x.y.z.tar.gz',
];

/** Makes `count` small files in a new folder in `folder`. */
export function makeOddFiles(folder: string, count: number): readonly string[] {
  const place = join(folder, `${count} files`);
  mkdirSync(place, { recursive: true });
  return Array.from({ length: count }, (_, index) => {
    const name = NAMES[index % NAMES.length] ?? '';
    const path = join(place, index < NAMES.length ? name : `${index} ${name}`);
    writeFileSync(path, 'x'.repeat(index + 1));
    return path;
  });
}

/** The header of an AutoCAD drawing. */
export const DWG = Buffer.from('AC1032'.padEnd(64, '\0'), 'latin1');

/** A text of 5,000 lines. */
export const longText = (): string =>
  Array.from({ length: 5_000 }, (_, line) => `Line ${line + 1} of a long text.`).join('\n');

/** Writes one second of a tone: a WAV of 8 bits and one channel. */
export function makeSound(folder: string): string {
  const rate = 8_000;
  const samples = Buffer.from(Array.from({ length: rate }, (_, index) => 128 + 60 * Math.sin(index / 3)));
  const head = Buffer.alloc(44);
  head.write('RIFF', 0);
  head.writeUInt32LE(36 + samples.length, 4);
  head.write('WAVEfmt ', 8);
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(1, 22);
  head.writeUInt32LE(rate, 24);
  head.writeUInt32LE(rate, 28);
  head.writeUInt16LE(1, 32);
  head.writeUInt16LE(8, 34);
  head.write('data', 36);
  head.writeUInt32LE(samples.length, 40);
  const path = join(folder, 'tone.wav');
  writeFileSync(path, Buffer.concat([head, samples]));
  return path;
}

/** Writes the header of an MP4, followed by zeros. */
export function makeBrokenFilm(folder: string): string {
  const path = join(folder, 'film.mp4');
  const head = Buffer.concat([Buffer.from([0, 0, 0, 24]), Buffer.from('ftypmp42\0\0\0\0mp42isom', 'latin1')]);
  writeFileSync(path, Buffer.concat([head, Buffer.alloc(999)]));
  return path;
}
