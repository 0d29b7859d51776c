import { MEBIBYTE } from './ask.ts';
import { statusFailure } from './failures.ts';
import type { Http } from './http.ts';
import { jsonOrNull } from './replies.ts';
import { type FileRecord, storedFile } from './schemas.ts';

/**
 * What the server knows of a file: name, type and size, without its bytes. `gone`: it does not have it; `odd`: its reply
 * cannot be read. Needs no token (wire 5).
 *
 * @throws OmnitoolError when there is no reply of the server itself
 */
export async function fileRecord(http: Http, fid: string, signal?: AbortSignal): Promise<FileRecord | 'gone' | 'odd'> {
  const path = `/fid/${encodeURIComponent(fid)}?obj=true`;
  const reply = await http.send({ method: 'GET', path, route: '/fid/:fid', signal }, MEBIBYTE);
  if (reply.status === 404 || reply.status === 410) return 'gone';
  if ([429, 502, 503, 504].includes(reply.status)) throw statusFailure(reply);
  const record = reply.status === 200 ? storedFile(jsonOrNull(reply)) : null;
  return record?.fid === fid ? record : 'odd';
}
