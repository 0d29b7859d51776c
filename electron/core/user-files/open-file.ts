import type { UserFile } from './user-files.ts';

/** The first `length` bytes, fewer when the file is shorter. */
export async function readStart(file: UserFile, length: number): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = new Uint8Array(length);
  let filled = 0;
  while (filled < length) {
    const part = await file.read(filled, new ArrayBuffer(Math.min(CHUNK, length - filled)));
    if (part.byteLength === 0) break;
    bytes.set(part, filled);
    filled += part.byteLength;
  }
  return bytes.subarray(0, filled);
}

/** Bytes read at a time: even a slow drive delivers this many within its time limit. */
const CHUNK = 1_048_576;
