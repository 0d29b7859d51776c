import { open } from 'node:fs/promises';
import { fileTypeFromBuffer } from 'file-type';
import mime from 'mime';
import { safeFileName, STORED_NAME_LIMIT } from './file-name.ts';

/** The bytes that file-type needs to see (its documentation). */
const SNIFF_BYTES = 4_100;

/**
 * The type of a file, from its bytes; its claimed type only when the bytes do not tell (text, for instance). The server
 * types files by name and forgets the type of a cached picture (wire 5).
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

/** The name of a result's file in the folder of its run. The position tells files of one name apart. */
export const storedName = (position: number, name: string): string =>
  `${position + 1}-${safeFileName(name, STORED_NAME_LIMIT)}`;

/** The viewer that a type of file is shown in. */
export function artifactKind(type: string): 'image' | 'audio' | 'video' | 'document' | 'file' {
  const [family] = type.split('/');
  if (family === 'image' || family === 'audio' || family === 'video') return family;
  if (family === 'text' || type === 'application/pdf' || type === 'application/json') return 'document';
  return 'file';
}
