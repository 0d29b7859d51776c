import type { Reply } from './http.ts';
import { unlessAborted } from './unless-aborted.ts';
import { CookieJar } from 'tough-cookie';

/**
 * A session of its own on the server. Each run is started in one, because chat output and error texts carry no job id
 * and are sent to the session that started the job (wire 9.4).
 */
export interface RunSession {
  /** The value of the Cookie header: as powerful as a token for 7 days after its last use (wire 1). A secret. */
  readonly cookie: string;
}

/** The Cookie header a jar sends to the server. */
export const cookieOf = (jar: CookieJar, origin: string): string => jar.getCookieStringSync(origin);

/** Whether `jarOf` can send a Cookie header. */
export const isSendable = (cookie: string): boolean =>
  cookie.split('; ').every((pair) => /^[\x21-\x3a\x3c\x3e-\x7e]+=[\x21-\x3a\x3c-\x7e]*$/.test(pair));

/**
 * A jar that sends exactly this Cookie header.
 *
 * @throws TypeError for an invalid header; the message does not repeat it
 */
export function jarOf({ cookie }: RunSession, origin: string): CookieJar {
  const jar = new CookieJar();
  if (!isSendable(cookie)) throw new TypeError('The session has no cookie that can be sent.');
  for (const pair of cookie.split('; ')) jar.setCookieSync(pair, origin);
  return jar;
}

/** The current token. The generation counts how often it was replaced. */
export interface Credentials {
  readonly token: string;
  readonly generation: number;
}

/** Whether the server refused a session or its token. */
export const isRefused = (status: number | null): boolean => status === 401 || status === 403;

/** What a session is made with. */
export interface SessionPorts {
  credentials(): Credentials;
  /** Makes the one call that exchanges the token for a session, with this empty jar. */
  prime(jar: CookieJar): Promise<unknown>;
}

/**
 * One session on the server: a cookie jar, filled by one call with the token before its first use.
 *
 * A live cookie wins over the token, with the rights of the token that made it (wire 1). So a jar is not used after the
 * token was replaced or the server refused it; a new one is made. Concurrent callers share one such call.
 */
export class Session {
  readonly #ports: SessionPorts;
  #primed: { readonly generation: number; readonly jar: Promise<CookieJar> } | null = null;

  constructor(ports: SessionPorts) {
    this.#ports = ports;
  }

  /** A jar made with the current token. Rejects with the error of the call that fills it. */
  async jar(): Promise<CookieJar> {
    for (;;) {
      const { generation } = this.#ports.credentials();
      const jar = await this.#primedFor(generation);
      if (this.#ports.credentials().generation === generation) return jar;
    }
  }

  /** Drops the jar that the server refused. A newer one, which another call has made meanwhile, is kept. */
  async drop(refused: CookieJar): Promise<void> {
    const primed = this.#primed;
    if ((await primed?.jar.catch(() => null)) === refused && this.#primed === primed) this.#primed = null;
  }

  /**
   * Sends a call with the session's jar; when the server refuses it, once more with a new one.
   *
   * @throws OmnitoolError
   */
  async send(signal: AbortSignal | undefined, route: string, send: (jar: CookieJar) => Promise<Reply>): Promise<Reply> {
    const jar = await unlessAborted(this.jar(), signal, route);
    const reply = await send(jar);
    if (!isRefused(reply.status)) return reply;
    await this.drop(jar);
    return send(await unlessAborted(this.jar(), signal, route));
  }

  #primedFor(generation: number): Promise<CookieJar> {
    if (this.#primed?.generation === generation) return this.#primed.jar;
    const primed = { generation, jar: this.#prime() };
    this.#primed = primed;
    primed.jar.catch(() => {
      if (this.#primed === primed) this.#primed = null;
    });
    return primed.jar;
  }

  async #prime(): Promise<CookieJar> {
    const jar = new CookieJar();
    await this.#ports.prime(jar);
    return jar;
  }
}
