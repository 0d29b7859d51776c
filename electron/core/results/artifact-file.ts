import { open } from 'node:fs/promises';
import { fileTypeFromBuffer } from 'file-type';
import mime from 'mime';

/** file-type's documentation: what it needs to see of a file. */
const SNIFF_BYTES = 4_100;
const LONGEST_NAME = 120;

/** Names that Windows gives to devices, with or without an ending. */
const RESERVED = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;

/**
 * A server's file name made safe for every file system: no path, no control or direction-changing characters, no
 * device names, of bounded length, never empty. The ending is kept.
 */
export function safeFileName(name: string): string {
  const last = name.split(/[/\\]/).at(-1) ?? '';
  const plain = last
    .replace(/[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/gu, '')
    .replace(/[<>:"|?*]/g, '_')
    .replace(/^[\s.]+|[\s.]+$/g, '');
  const bounded = shorten(plain === '' ? 'file' : plain);
  return RESERVED.test(bounded) ? `_${bounded}` : bounded;
}

function shorten(name: string): string {
  if (name.length <= LONGEST_NAME) return name;
  const ending = /\.[^.]{1,12}$/.exec(name)?.[0] ?? '';
  // By code points, so that no character is cut in two.
  return (
    Array.from(name)
      .slice(0, LONGEST_NAME - ending.length)
      .join('')
      .trimEnd() + ending
  );
}

/**
 * What a file is, from its bytes; by its claimed type only where the bytes do not say (text, say). The server types
 * by name and forgets the type of a picture it has cached (wire 5).
 */
export async function artifactMime(path: string, claimed: string): Promise<string> {
  const handle = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(SNIFF_BYTES), 0, SNIFF_BYTES, 0);
    const found = await fileTypeFromBuffer(buffer.subarray(0, bytesRead));
    if (found !== undefined) return found.mime;
  } finally {
    await handle.close();
  }
  const plain = claimed.split(';')[0]?.trim().toLowerCase() ?? '';
  if (plain !== '' && plain !== 'application/octet-stream') return plain;
  return mime.getType(path) ?? 'application/octet-stream';
}

/** Which viewer a type of file is shown in. */
export function artifactKind(type: string): 'image' | 'audio' | 'video' | 'document' | 'file' {
  const [family] = type.split('/');
  if (family === 'image' || family === 'audio' || family === 'video') return family;
  if (family === 'text' || type === 'application/pdf' || type === 'application/json') return 'document';
  return 'file';
}
