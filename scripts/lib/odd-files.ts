/** Files that are hard on a screen: long, foreign and strange names, a long text, a sound, a film nobody can play. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Names as people really have them. */
const NAMES = [
  'صورة من العطلة الصيفية الطويلة جدا في البحر.png',
  '🏖️ family at the beach 2026 final final (3).jpeg',
  `${'a'.repeat(120)}.pdf`,
  'תמונה.png',
  'терминал и настройки окружения сервера.docx',
  'no extension',
  'x.y.z.tar.gz',
];

/** That many small files, in a folder of their own in `folder`. */
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

/** It begins as a drawing of AutoCAD does. */
export const DWG = Buffer.from('AC1032'.padEnd(64, '\0'), 'latin1');

/** 5,000 lines. */
export const longText = (): string =>
  Array.from({ length: 5_000 }, (_, line) => `Line ${line + 1} of a long text.`).join('\n');

/** One second of a tone: a WAV of 8 bits and one channel. */
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

/** It begins as an MP4 does and goes on with nothing. */
export function makeBrokenFilm(folder: string): string {
  const path = join(folder, 'film.mp4');
  const head = Buffer.concat([Buffer.from([0, 0, 0, 24]), Buffer.from('ftypmp42\0\0\0\0mp42isom', 'latin1')]);
  writeFileSync(path, Buffer.concat([head, Buffer.alloc(999)]));
  return path;
}
