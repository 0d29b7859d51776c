/** The data that the server stores about a picture (wire 5). Sizes are pixels. */
export interface ImageSize {
  readonly width: number;
  readonly height: number;
  readonly type: string;
}

/** Reads the size of a PNG, GIF, WebP or JPEG from its first bytes; null for other formats and damaged files. */
export function imageSize(start: Buffer): ImageSize | null {
  if (start.length >= 24 && start.toString('latin1', 1, 4) === 'PNG') {
    return { width: start.readUInt32BE(16), height: start.readUInt32BE(20), type: 'png' };
  }
  if (start.length >= 10 && start.toString('latin1', 0, 4) === 'GIF8') {
    return { width: start.readUInt16LE(6), height: start.readUInt16LE(8), type: 'gif' };
  }
  if (start.length >= 30 && start.toString('latin1', 8, 12) === 'WEBP') return webpSize(start);
  if (start.length >= 4 && start.readUInt16BE(0) === 0xffd8) return jpegSize(start);
  return null;
}

function webpSize(start: Buffer): ImageSize | null {
  switch (start.toString('latin1', 12, 16)) {
    case 'VP8 ':
      return { width: start.readUInt16LE(26) & 0x3fff, height: start.readUInt16LE(28) & 0x3fff, type: 'webp' };
    case 'VP8L': {
      const bits = start.readUInt32LE(21);
      return { width: (bits & 0x3fff) + 1, height: ((bits >> 14) & 0x3fff) + 1, type: 'webp' };
    }
    case 'VP8X':
      return { width: start.readUIntLE(24, 3) + 1, height: start.readUIntLE(27, 3) + 1, type: 'webp' };
    default:
      return null;
  }
}

/** Walks the segments up to the frame header (SOF0 to SOF15, without DHT, JPG and DAC). */
function jpegSize(start: Buffer): ImageSize | null {
  let at = 2;
  while (at + 9 <= start.length && start[at] === 0xff) {
    const marker = start.readUInt8(at + 1);
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame) return { width: start.readUInt16BE(at + 7), height: start.readUInt16BE(at + 5), type: 'jpg' };
    at += 2 + start.readUInt16BE(at + 2);
  }
  return null;
}
