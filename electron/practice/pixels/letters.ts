import { type Colour, fill, type Picture } from './picture.ts';

/** Three dots across and five down per character, row by row. Small letters are drawn as capitals. */
const GLYPHS: Readonly<Record<string, string>> = {
  ' ': '000000000000000',
  A: '010101111101101',
  B: '110101110101110',
  C: '011100100100011',
  D: '110101101101110',
  E: '111100110100111',
  F: '111100110100100',
  G: '011100101101011',
  H: '101101111101101',
  I: '111010010010111',
  J: '001001001101010',
  K: '101101110101101',
  L: '100100100100111',
  M: '101111111101101',
  N: '111101101101101',
  O: '010101101101010',
  P: '110101110100100',
  Q: '010101101110011',
  R: '110101110101101',
  S: '011100010001110',
  T: '111010010010010',
  U: '101101101101111',
  V: '101101101101010',
  W: '101101111111101',
  X: '101101010101101',
  Y: '101101010010010',
  Z: '111001010100111',
  '0': '111101101101111',
  '1': '010110010010111',
  '2': '110001010100111',
  '3': '110001010001110',
  '4': '101101111001001',
  '5': '111100110001110',
  '6': '011100111101111',
  '7': '111001010010010',
  '8': '111101111101111',
  '9': '111101111001110',
  '.': '000000000000010',
  ',': '000000000010100',
  ':': '000010000010000',
  ';': '000010000010100',
  '!': '010010010000010',
  '?': '110001010000010',
  '-': '000000111000000',
  '+': '000010111010000',
  '=': '000111000111000',
  '/': '001001010100100',
  '(': '001010010010001',
  ')': '100010010010100',
  '"': '101101000000000',
  "'": '010010000000000',
  _: '000000000000111',
  '#': '101111101111101',
  '%': '101001010100101',
  '*': '101010111010101',
};

const UNKNOWN = '111101101101111';

/** Width of one character with its gap, and height of a line with its gap, in dots. */
export const ADVANCE = 4;
export const LINE = 7;

/** Draws one line of text; `dot` is the size of a dot in pixels. Cuts what does not fit. */
export function drawLine(on: Picture, line: string, left: number, top: number, dot: number, colour: Colour): void {
  for (const [position, character] of Array.from(line.toUpperCase()).entries()) {
    const glyph = GLYPHS[character] ?? UNKNOWN;
    for (const [place, bit] of Array.from(glyph).entries()) {
      if (bit === '0') continue;
      const x = left + (position * ADVANCE + (place % 3)) * dot;
      fill(on, x, top + Math.floor(place / 3) * dot, dot, dot, colour);
    }
  }
}

/** Breaks a text into lines of at most `most` characters, between words if possible. */
export function wrap(text: string, most: number): readonly string[] {
  const lines: string[] = [];
  for (const paragraph of text.split(/\r?\n/)) {
    let line = '';
    for (const word of paragraph.split(/\s+/)) {
      const longer = line === '' ? word : `${line} ${word}`;
      if (longer.length > most && line !== '') {
        lines.push(line);
        line = word;
      } else line = longer;
      for (; line.length > most; line = line.slice(most)) lines.push(line.slice(0, most));
    }
    lines.push(line);
  }
  return lines;
}
