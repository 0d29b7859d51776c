import { CookieJar } from 'tough-cookie';

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
