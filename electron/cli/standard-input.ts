import type { Readable } from 'node:stream';
import { MAX_BYTES } from '../contract/limits.ts';
import { UsageError } from './arguments.ts';

/**
 * Reads all of standard input as text. It is decoded as a whole, because a character may lie across two chunks, and
 * strictly, because replaced bytes would send another text than the user gave.
 *
 * @throws UsageError for bytes that are not UTF-8, and for more than the server takes
 */
export async function textOf(input: Readable): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of input as AsyncIterable<Uint8Array>) {
    size += chunk.byteLength;
    if (size > MAX_BYTES) throw new UsageError('Standard input holds more than the 32 MiB that the server takes');
    chunks.push(chunk);
  }
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(Buffer.concat(chunks));
  } catch {
    throw new UsageError('Standard input is not text in UTF-8. Save it as a file, and name that instead');
  }
}
