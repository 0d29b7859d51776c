import type { z } from 'zod';
import { OmnitoolError } from './errors.ts';
import { isHtml, statusFailure } from './failures.ts';
import type { Reply } from './http.ts';
import { errorReply } from './schemas.ts';

/**
 * The parsed body of a 200.
 *
 * @throws OmnitoolError for any other status, and `bad-reply` or `not-omnitool` for a body that is not what was asked
 * for (wire 0.8: errors come as text, `{}`, `{"ok":false}`, `{"error":...}`, some of them with 200).
 */
export function readReply<Schema extends z.ZodType>(reply: Reply, schema: Schema): z.output<Schema> {
  if (reply.status !== 200) throw statusFailure(reply);
  const parsed = schema.safeParse(parseJson(reply));
  if (parsed.success) return parsed.data;
  throw unreadable(reply, 'shape');
}

/**
 * Whether a 404 is the server's own word that the thing does not exist. An unknown route says 404 as well, with a
 * `statusCode` in its body, and so does every other program on the web.
 */
export function saysNotFound(reply: Reply): boolean {
  return reply.status === 404 && errorReply.safeParse(jsonOrNull(reply)).success;
}

/** The body as JSON; null when it is none. */
export function jsonOrNull(reply: Reply): unknown {
  try {
    return JSON.parse(reply.body.toString('utf8'));
  } catch {
    return null;
  }
}

function parseJson(reply: Reply): unknown {
  try {
    return JSON.parse(reply.body.toString('utf8'));
  } catch {
    throw unreadable(reply, isHtml(reply.headers) ? 'html' : 'json');
  }
}

/** A 2xx was sent because something was done, so a caller cannot take it for a refusal. */
function unreadable({ method, route: path, status }: Reply, detail: 'html' | 'json' | 'shape'): OmnitoolError {
  const code = detail === 'html' ? 'not-omnitool' : 'bad-reply';
  return new OmnitoolError({ code, method, path, sent: 'maybe', status, detail });
}
