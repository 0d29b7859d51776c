import type { Readable } from 'node:stream';
import { MAX_BYTES } from '../contract/limits.ts';
import { UsageError } from './arguments.ts';

/**
 * All of standard input as text, as it is: a character may lie across two chunks, and bytes that are none would be
 * sent as another text than was given.
 *
 * @throws UsageError for bytes that are no UTF-8, and for more than the server takes
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
