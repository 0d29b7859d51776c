import { CookieJar } from 'tough-cookie';

/**
 * One session of its own on the server, primed. Each run is started in one, because chat output and error texts carry
 * no job id and go to the session that started the job (wire 9.4).
 */
export interface RunSession {
  /** The value of the Cookie header: as powerful as a token for 7 days after its last use (wire 1). A secret. */
  readonly cookie: string;
}

/** The Cookie header a jar sends to the server. */
export const cookieOf = (jar: CookieJar, origin: string): string => jar.getCookieStringSync(origin);

/** Whether a Cookie header is one that `jarOf` can send. */
export const isSendable = (cookie: string): boolean =>
  cookie.split('; ').every((pair) => /^[\x21-\x3a\x3c\x3e-\x7e]+=[\x21-\x3a\x3c-\x7e]*$/.test(pair));

/**
 * A jar that sends exactly this Cookie header.
 *
 * @throws TypeError for what is no such header; does not repeat it
 */
export function jarOf({ cookie }: RunSession, origin: string): CookieJar {
  const jar = new CookieJar();
  if (!isSendable(cookie)) throw new TypeError('The session has no cookie that can be sent.');
  for (const pair of cookie.split('; ')) jar.setCookieSync(pair, origin);
  return jar;
}

/** The token in use. The generation counts how often it was replaced. */
export interface Credentials {
  readonly token: string;
  readonly generation: number;
}

export interface SessionPorts {
  credentials(): Credentials;
  /** Makes the one call that turns the token into a session, in this empty jar. */
  prime(jar: CookieJar): Promise<void>;
}

/**
 * One session on the server: a cookie jar of its own, filled by one call with the token before its first use.
 *
 * A live cookie beats the token, with the rights of the token that made it (wire 1). So a jar is never used on after
 * the token was replaced or the server refused it; a new one is primed. However many callers wait, one primes.
 */
export class Session {
  readonly #ports: SessionPorts;
  #primed: { readonly generation: number; readonly jar: Promise<CookieJar> } | null = null;

  constructor(ports: SessionPorts) {
    this.#ports = ports;
  }

  /** A jar made with the token of now. Rejects with what the priming call failed with. */
  async jar(): Promise<CookieJar> {
    for (;;) {
      const { generation } = this.#ports.credentials();
      const jar = await this.#primedFor(generation);
      if (this.#ports.credentials().generation === generation) return jar;
    }
  }

  /** The server refused this jar. A newer one, primed by somebody else meanwhile, is kept. */
  async drop(refused: CookieJar): Promise<void> {
    const primed = this.#primed;
    if ((await primed?.jar.catch(() => null)) === refused && this.#primed === primed) this.#primed = null;
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
