import type { IncomingMessage } from 'node:http';
import { type ParsedJson, parseJson } from '../base/json.ts';

/** The largest JSON body or uploaded file, in bytes (wire 4, 5). */
export const SIZE_LIMIT = 33_554_432;

/**
 * Reads a JSON body of up to 32 MiB. Not ok: no body, another content type, malformed, too large. A larger body is read
 * to its end and dropped, so that the client gets the reply.
 */
export async function readJson(request: IncomingMessage): Promise<ParsedJson> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    if (!Buffer.isBuffer(chunk)) throw new TypeError('A request body was set to an encoding.');
    size += chunk.length;
    if (size > SIZE_LIMIT) chunks.length = 0;
    else chunks.push(chunk);
  }
  const isJson = /^application\/json\b/i.test(request.headers['content-type'] ?? '');
  if (!isJson || size === 0 || size > SIZE_LIMIT) return { ok: false };
  return parseJson(Buffer.concat(chunks).toString('utf8'));
}
