import type { IncomingMessage } from 'node:http';

/** The most a JSON body or one uploaded file may have, in bytes (wire 4, 5). */
export const SIZE_LIMIT = 33_554_432;

/** A JSON body, or the news that there is none: no body, another content type, malformed, too large. */
export type JsonBody = { readonly ok: true; readonly value: unknown } | { readonly ok: false };

/** Reads a JSON body of up to 32 MiB. What is beyond is read to its end but not kept, so that the sender hears the answer. */
export async function readJson(request: IncomingMessage): Promise<JsonBody> {
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

/** JSON.parse that answers instead of throwing: being malformed is an expected case here. */
export function parseJson(source: string): JsonBody {
  try {
    const value: unknown = JSON.parse(source);
    return { ok: true, value };
  } catch {
    return { ok: false };
  }
}

/** Narrows a parsed body to a JSON object (not an array, not null). */
export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
