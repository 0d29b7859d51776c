import { createHash } from 'node:crypto';
import { type Colour, fill, type Picture } from './picture.ts';

interface Square {
  readonly left: number;
  readonly top: number;
  /** In pixels; a multiple of five gives fields of the same size. */
  readonly side: number;
}

/** Five by five mirrored fields, coloured by the hash of the text: the same mark for the same text. */
export function drawMark(picture: Picture, text: string, { left, top, side }: Square): void {
  const hash = createHash('sha256').update(text).digest();
  const colour: Colour = [60 + hash.readUInt8(0) / 2, 60 + hash.readUInt8(1) / 2, 60 + hash.readUInt8(2) / 2];
  const field = side / 5;
  for (let y = 0; y < 5; y++) {
    for (let x = 0; x < 5; x++) {
      const on = hash.readUInt8(3 + y * 3 + Math.min(x, 4 - x)) % 2 === 0;
      if (on) fill(picture, left + x * field, top + y * field, field, field, colour);
    }
  }
}
