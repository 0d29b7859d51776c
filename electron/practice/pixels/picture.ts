import { convertIndexedToRgb, decode, encode } from 'fast-png';

/** A picture in memory: 8-bit RGBA, row by row. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

/** Red, green and blue, each from 0 to 255. */
export type Colour = readonly [red: number, green: number, blue: number];

/** Larger pictures are not decoded, because that would block the process. */
const MOST_PIXELS = 16_000_000;

/** Decodes a PNG of up to 16 megapixels. null: another format, too large, or damaged. */
export function readPng(bytes: Buffer): Picture | null {
  if (bytes.length < 24 || bytes.toString('latin1', 1, 4) !== 'PNG') return null;
  if (bytes.readUInt32BE(16) * bytes.readUInt32BE(20) > MOST_PIXELS) return null;
  try {
    return toRgba(decode(bytes));
  } catch {
    // The library throws plain errors for all kinds of damage.
    return null;
  }
}

/** Encodes a picture as PNG with four channels of 8 bits. */
export const writePng = (picture: Picture): Uint8Array => encode({ ...picture, channels: 4, depth: 8 });

function toRgba(png: ReturnType<typeof decode>): Picture {
  const { width, height } = png;
  const indexed = png.palette !== undefined;
  const source = indexed ? convertIndexedToRgb(png) : png.depth < 8 ? widened(png) : png.data;
  const channels = source.length / (width * height);
  const shift = png.depth === 16 ? 8 : 0;
  const data = new Uint8Array(width * height * 4);
  for (let pixel = 0; pixel < width * height; pixel++) {
    const at = pixel * channels;
    const grey = channels < 3;
    for (let channel = 0; channel < 3; channel++) {
      data[pixel * 4 + channel] = (source[at + (grey ? 0 : channel)] ?? 0) >> shift;
    }
    const hasAlpha = channels % 2 === 0;
    data[pixel * 4 + 3] = hasAlpha ? (source[at + channels - 1] ?? 0) >> shift : 255;
  }
  return { width, height, data };
}

/** Grey of 1, 2 or 4 bits: several pixels to a byte, each row from a new byte. */
function widened({ width, height, data, depth }: ReturnType<typeof decode>): Uint8Array {
  const perByte = 8 / depth;
  const rowBytes = Math.ceil(width / perByte);
  const most = 2 ** depth - 1;
  const grey = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const byte = data[y * rowBytes + Math.floor(x / perByte)] ?? 0;
      const bits = (byte >> (8 - depth * ((x % perByte) + 1))) & most;
      grey[y * width + x] = Math.round((bits * 255) / most);
    }
  }
  return grey;
}

/** A picture of one colour. */
export function blank(width: number, height: number, colour: Colour): Picture {
  const picture = { width, height, data: new Uint8Array(width * height * 4) };
  fill(picture, 0, 0, width, height, colour);
  return picture;
}

/** Paints the part of a rectangle that lies inside the picture. */
export function fill(on: Picture, left: number, top: number, width: number, height: number, colour: Colour): void {
  const from = Math.max(0, left);
  const to = Math.min(on.width, left + width);
  if (to <= from) return;
  const row = new Uint8Array((to - from) * 4);
  for (let at = 0; at < row.length; at += 4) row.set([...colour, 255], at);
  for (let y = Math.max(0, top); y < Math.min(on.height, top + height); y++)
    on.data.set(row, (y * on.width + from) * 4);
}

/** Draws a picture over another with its alpha. It must fit at this position. */
export function lay(on: Picture, picture: Picture, left: number, top: number): void {
  for (let y = 0; y < picture.height; y++) {
    for (let x = 0; x < picture.width; x++) {
      const from = (y * picture.width + x) * 4;
      const to = ((y + top) * on.width + x + left) * 4;
      const alpha = (picture.data[from + 3] ?? 0) / 255;
      for (let channel = 0; channel < 3; channel++) {
        const under = on.data[to + channel] ?? 0;
        on.data[to + channel] = Math.round((picture.data[from + channel] ?? 0) * alpha + under * (1 - alpha));
      }
      on.data[to + 3] = Math.max(on.data[to + 3] ?? 0, picture.data[from + 3] ?? 0);
    }
  }
}

/** The picture in shades of grey, by the weights of ITU-R BT.601. */
export function toGrey(picture: Picture): Picture {
  const data = Uint8Array.from(picture.data);
  for (let at = 0; at < data.length; at += 4) {
    const grey = Math.round(0.299 * (data[at] ?? 0) + 0.587 * (data[at + 1] ?? 0) + 0.114 * (data[at + 2] ?? 0));
    data.fill(grey, at, at + 3);
  }
  return { ...picture, data };
}
