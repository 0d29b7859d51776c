import type { Readable } from 'node:stream';
import { MAX_BYTES } from '../contract/limits.ts';
import { UsageError } from './arguments.ts';

/** Bytes as text, without a byte order mark; null when they are not UTF-8: replaced bytes would be another text. */
export function utf8Of(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

/**
 * Reads all of standard input as text. It is decoded as a whole, because a character may lie across two chunks.
 *
 * @throws UsageError for bytes that are not UTF-8, for more than the server takes, and when it was read before
 */
export async function textOf(input: Readable): Promise<string> {
  if (input.readableEnded) throw new UsageError('Standard input can be read once: for the message or for one value');
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of input as AsyncIterable<Uint8Array>) {
    size += chunk.byteLength;
    if (size > MAX_BYTES) throw new UsageError('Standard input holds more than the 32 MiB that the server takes');
    chunks.push(chunk);
  }
  const text = utf8Of(Buffer.concat(chunks));
  if (text === null)
    throw new UsageError('Standard input is not text in UTF-8. Save it as a file, and name that instead');
  return text;
}
