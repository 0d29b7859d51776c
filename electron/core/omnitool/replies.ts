import type { z } from 'zod';
import { OmnitoolError } from './errors.ts';
import { isHtml, statusFailure } from './failures.ts';
import type { Reply } from './http.ts';
import { limitJson } from './json-limit.ts';
import { errorReply } from './schemas.ts';

/** A page of 500 recipes has about 15,000 values, 20,000 jobs have 80,000. Parsing as many takes about 50 ms. */
const MOST_VALUES = 100_000;

/**
 * The parsed body of a 200.
 *
 * @throws OmnitoolError for any other status, and `bad-reply` or `not-omnitool` for a body that is not what was asked
 * for (wire 0.8: errors come as text, `{}`, `{"ok":false}`, `{"error":...}`, some of them with 200), or holds more than
 * `most` values (detail `count`).
 */
export function readReply<Schema extends z.ZodType>(
  reply: Reply,
  schema: Schema,
  most = MOST_VALUES,
): z.output<Schema> {
  const { value, isCut } = readPart(reply, schema, most);
  if (isCut) throw unreadable(reply, 'count');
  return value;
}

/**
 * Like `readReply`, for replies of which a part is better than nothing: values beyond `most` are left out, and `isCut`
 * is true.
 */
export function readPart<Schema extends z.ZodType>(
  reply: Reply,
  schema: Schema,
  most: number,
): { readonly value: z.output<Schema>; readonly isCut: boolean } {
  if (reply.status !== 200) throw statusFailure(reply);
  const limited = limitJson(reply.body, most);
  if (limited === null) throw unreadable(reply, 'count');
  const parsed = schema.safeParse(parseJson(reply, limited.body));
  if (parsed.success) return { value: parsed.data, isCut: limited.isCut };
  throw unreadable(reply, limited.isCut ? 'count' : 'shape');
}

/**
 * Whether a 404 says that the thing does not exist. An unknown route answers 404 as well, with a `statusCode` in its
 * body, and so does every other program on the web.
 */
export function saysNotFound(reply: Reply): boolean {
  return reply.status === 404 && errorReply.safeParse(jsonOrNull(reply)).success;
}

/** The body as JSON; null for invalid JSON, or for far more than any such reply holds. */
export function jsonOrNull(reply: Reply): unknown {
  try {
    const limited = limitJson(reply.body, MOST_VALUES);
    return limited === null || limited.isCut ? null : JSON.parse(limited.body.toString('utf8'));
  } catch {
    return null;
  }
}

function parseJson(reply: Reply, body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    throw unreadable(reply, isHtml(reply.headers) ? 'html' : 'json');
  }
}

/** A 2xx means that the server acted, so the caller must not take it for a refusal. */
function unreadable(
  { method, route: path, status }: Reply,
  detail: 'html' | 'json' | 'shape' | 'count',
): OmnitoolError {
  const code = detail === 'html' ? 'not-omnitool' : 'bad-reply';
  return new OmnitoolError({ code, method, path, sent: 'maybe', status, detail });
}
