import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/** A signed-in client. It keeps the scopes of its token, even after the token has expired (wire 1). */
export interface Session {
  readonly id: string;
  readonly userId: string;
  readonly scopes: unknown;
}

/** The cookie lives 7 days from its last use (wire 1). */
const LIFETIME = 7 * 24 * 3_600_000;

/** The sessions of the server. They survive tokens and restarts, and end by logout or after 7 idle days. */
export class Sessions {
  readonly #secret: string;
  readonly #clock: () => number;
  readonly #live = new Map<string, { readonly session: Session; lastUse: number }>();

  constructor(secret: string, clock: () => number) {
    this.#secret = secret;
    this.#clock = clock;
  }

  /** Each bearer call without a live cookie creates a session that stays, as on the real server (wire 10). */
  create(userId: string, scopes: unknown): Session {
    const session = { id: randomBytes(24).toString('base64url'), userId, scopes };
    this.#live.set(session.id, { session, lastUse: this.#clock() });
    return session;
  }

  /** The live session of a `Cookie` header; null for none, or for a forged, expired or unknown one. */
  find(cookieHeader: string | undefined): Session | null {
    const id = this.#readCookie(cookieHeader ?? '');
    const entry = id === null ? undefined : this.#live.get(id);
    if (entry === undefined || this.#clock() - entry.lastUse > LIFETIME) return null;
    entry.lastUse = this.#clock();
    return entry.session;
  }

  end(session: Session): void {
    this.#live.delete(session.id);
  }

  /** How many sessions there are. */
  get count(): number {
    return this.#live.size;
  }

  /** The `Set-Cookie` of a reply. A client that is not signed in gets one too, for an empty session (wire 1). */
  setCookie(session: Session | null): string {
    const id = session?.id ?? randomBytes(24).toString('base64url');
    const expires = new Date(this.#clock() + LIFETIME).toUTCString();
    return `sessionId=${id}.${encodeURIComponent(this.#sign(id))}; Path=/; Expires=${expires}; SameSite=Lax`;
  }

  /** Accepts the value as it was set, and percent-decoded (wire 1). */
  #readCookie(header: string): string | null {
    const raw = /(?:^|;\s*)sessionId=([^;]*)/.exec(header)?.[1]?.trim();
    if (raw === undefined || /%(?![0-9A-Fa-f]{2})/.test(raw)) return null;
    const value = decodeURIComponent(raw);
    const dot = value.indexOf('.');
    const given = Buffer.from(value.slice(dot + 1));
    const expected = Buffer.from(this.#sign(value.slice(0, dot)));
    return given.length === expected.length && timingSafeEqual(given, expected) ? value.slice(0, dot) : null;
  }

  #sign(id: string): string {
    return createHmac('sha256', this.#secret).update(id).digest('base64').replace(/=+$/, '');
  }
}
