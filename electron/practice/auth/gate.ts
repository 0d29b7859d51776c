import type { IncomingMessage } from 'node:http';
import type { Session, Sessions } from './sessions.ts';
import { verifyToken } from './token.ts';
import { findUser } from './users.ts';

/** The session of one request: by its cookie, and on demand by its token. */
export interface SignIn {
  readonly current: Session | null;
  /** A live cookie wins, with the scopes of its session: the token is then not read at all (wire 1). */
  orByToken(): Promise<Session | null>;
}

/** Finds the session of a request. */
export class Gate {
  readonly #sessions: Sessions;
  readonly #secret: string;
  readonly #clock: () => number;

  constructor(sessions: Sessions, secret: string, clock: () => number) {
    this.#sessions = sessions;
    this.#secret = secret;
    this.#clock = clock;
  }

  sessionOf(request: IncomingMessage): SignIn {
    let current = this.#sessions.find(request.headers.cookie);
    return {
      get current() {
        return current;
      },
      orByToken: async () => {
        current ??= await this.#byToken(request.headers.authorization);
        return current;
      },
    };
  }

  setCookie(session: Session | null): string {
    return this.#sessions.setCookie(session);
  }

  /** The header is any word, one space and the token (wire 1). */
  async #byToken(header: string | undefined): Promise<Session | null> {
    const token = (header ?? '').split(' ')[1] ?? '';
    const claims = await verifyToken(token, this.#secret, this.#clock() / 1_000);
    if (claims === null || findUser(claims.issuerId) === null) return null;
    return this.#sessions.create(claims.issuerId, claims.scopes);
  }
}
