import { MEBIBYTE } from './ask.ts';
import { statusFailure } from './failures.ts';
import type { Http } from './http.ts';

const MAX_PICTURE = 2 * MEBIBYTE;
/** The address may hold a file id, which is a secret (wire 5). */
const ROUTE = '/:picture';

/**
 * Downloads a recipe's picture, up to 2 MiB, from the server itself. Null for any other host, which would learn who
 * looks at which recipe, and for a bare name, which has no file (wire 2b). Sends neither token nor cookie. The caller
 * checks the bytes, because the announced type is unreliable (wire 5).
 *
 * @throws OmnitoolError
 */
export async function fetchPicture(
  http: Http,
  origin: string,
  pictureUrl: string,
  signal?: AbortSignal,
): Promise<Buffer | null> {
  const url = /^(\/|https?:\/\/)/i.test(pictureUrl) ? URL.parse(pictureUrl, origin) : null;
  if (url?.origin !== origin) return null;
  const { picture: read } = http.timeouts;
  const path = `${url.pathname}${url.search}`;
  const reply = await http.send(
    { method: 'GET', path, route: ROUTE, response: read, read, connection: 'own', signal },
    MAX_PICTURE,
  );
  if (reply.status !== 200) throw statusFailure(reply);
  return reply.body;
}
