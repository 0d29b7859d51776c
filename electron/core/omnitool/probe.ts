import { OmnitoolError } from './errors.ts';
import { statusFailure } from './failures.ts';
import { Http, type HttpOptions, type Reply } from './http.ts';

/** What `probe` needs to reach an address. */
export interface ProbeOptions extends Omit<HttpOptions, 'origin'> {
  readonly signal?: AbortSignal | undefined;
}

const VERSION = '/version';
const MAX_REPLY = 16_384;

/**
 * Checks whether an Omnitool server answers at an address, before any token is sent: `GET /version` answers with plain
 * text like `1.0.4` (wire 10).
 *
 * @throws OmnitoolError `not-omnitool` for any other reply
 */
export async function probe(origin: string, options: ProbeOptions = {}): Promise<{ readonly version: string }> {
  const http = new Http({ origin, ...options });
  try {
    const call = { method: 'GET', path: VERSION, route: VERSION, signal: options.signal } as const;
    return { version: versionOf(await http.send(call, MAX_REPLY)) };
  } catch (failure) {
    throw failure instanceof OmnitoolError && failure.code === 'bad-reply'
      ? notOmnitool(failure.status, failure.detail)
      : failure;
  } finally {
    http.close();
  }
}

function versionOf(reply: Reply): string {
  const { status } = reply;
  // A proxy in front of a server that is down does not mean a wrong address.
  if (status === 429 || (status >= 502 && status <= 504)) throw statusFailure(reply);
  const text = reply.body.toString('utf8').trim();
  if (status !== 200 || !/^\d+\.\d+\.\d+[\w.+-]{0,40}$/.test(text)) throw notOmnitool(status, null);
  return text;
}

const notOmnitool = (status: number | null, detail: string | null): OmnitoolError =>
  new OmnitoolError({ code: 'not-omnitool', method: 'GET', path: VERSION, sent: 'answered', status, detail });
