import { LARGEST_PICTURE } from '../../contract/limits.ts';
import type { PictureSizeView } from '../../contract/views.ts';
import { readStart } from './open-file.ts';
import { userFiles } from './user-files.ts';

/** A JPEG may have a thumbnail and a colour profile before its size. Bytes. */
const LOOKED_AT = 524_288;

/**
 * The size of a picture when it is drawn, in pixels, from the beginning of its file. Null when the file does not tell
 * it, or is not a bitmap format that a page draws.
 *
 * @throws the file system's own errors, Unanswered
 */
export const pictureSize = (path: string): Promise<PictureSizeView | null> =>
  userFiles.withFile(path, async (file) => {
    const { kind, size } = await file.stat();
    return kind === 'file' ? sizeIn(Buffer.from(await readStart(file, Math.min(size, LOOKED_AT)))) : null;
  });

/**
 * Whether a page may draw it unasked: a file of a few KB can need gigabytes as a picture.
 *
 * @throws the file system's own errors, Unanswered
 */
export async function isDrawable(path: string): Promise<boolean> {
  const size = await pictureSize(path);
  return size === null || size.width * size.height <= LARGEST_PICTURE;
}

/** By the signatures and headers of the formats that Chromium draws. */
function sizeIn(bytes: Buffer): PictureSizeView | null {
  const starts = (text: string, at = 0): boolean => bytes.toString('latin1', at, at + text.length) === text;
  try {
    if (starts('\x89PNG')) return { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) };
    if (starts('GIF8')) return { width: bytes.readUInt16LE(6), height: bytes.readUInt16LE(8) };
    if (starts('BM')) return { width: bytes.readInt32LE(18), height: Math.abs(bytes.readInt32LE(22)) };
    if (starts('RIFF') && starts('WEBP', 8)) return webpSize(bytes);
    if (starts('\xff\xd8')) return jpegSize(bytes);
    return starts('ftyp', 4) ? avifSize(bytes) : null;
  } catch (failure) {
    // The file ends within its header.
    if (failure instanceof RangeError) return null;
    throw failure;
  }
}

/** The three kinds of WebP store it in different ways (RFC 9649). */
function webpSize(bytes: Buffer): PictureSizeView | null {
  switch (bytes.toString('latin1', 12, 16)) {
    case 'VP8X':
      return { width: 1 + bytes.readUIntLE(24, 3), height: 1 + bytes.readUIntLE(27, 3) };
    case 'VP8L': {
      const bits = bytes.readUInt32LE(21);
      return { width: 1 + (bits & 0x3fff), height: 1 + ((bits >>> 14) & 0x3fff) };
    }
    case 'VP8 ':
      return { width: bytes.readUInt16LE(26) & 0x3fff, height: bytes.readUInt16LE(28) & 0x3fff };
    default:
      return null;
  }
}

/** Goes from segment to segment, up to one that begins a frame (ITU-T T.81, B.1.1.3: C0 to CF without C4, C8, CC). */
function jpegSize(bytes: Buffer): PictureSizeView | null {
  for (let at = 2; ;) {
    if (bytes.readUInt8(at) !== 0xff) return null;
    const marker = bytes.readUInt8(at + 1);
    if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker))
      return { width: bytes.readUInt16BE(at + 7), height: bytes.readUInt16BE(at + 5) };
    // A marker may have fill bytes, and some have no segment.
    const isAlone = marker === 0x01 || (marker >= 0xd0 && marker <= 0xd7);
    at += marker === 0xff ? 1 : isAlone ? 2 : 2 + bytes.readUInt16BE(at + 2);
  }
}

/** The largest of its pictures (ISO 23008-12, `ispe`). */
function avifSize(bytes: Buffer): PictureSizeView | null {
  let found: PictureSizeView | null = null;
  for (let at = bytes.indexOf('ispe'); at !== -1; at = bytes.indexOf('ispe', at + 4)) {
    const size = { width: bytes.readUInt32BE(at + 8), height: bytes.readUInt32BE(at + 12) };
    if (found === null || size.width * size.height > found.width * found.height) found = size;
  }
  return found;
}
