/** Servers and tokens, and whether they can be used. */
import type { ErrorView } from '../errors.ts';
import type { ProfileId } from './ids.ts';

/** The claims of a token, decoded for display only: this machine has no key to verify it (RFC 8725). */
export interface TokenView {
  readonly issuedAt: number | null;
  /** Null: the token does not expire. */
  readonly expiresAt: number | null;
  readonly expired: boolean;
  /** `named-recipes` is shown but not relied on: the server does not enforce it (wire 1). */
  readonly mayRun: 'every-recipe' | 'named-recipes' | 'nothing';
}

/** Where a token is stored: in the keychain, or in memory until the program ends. */
export type TokenPlace = 'keychain' | 'session';

/** One server. */
export interface ProfileView {
  readonly id: ProfileId;
  readonly name: string;
  readonly address: string;
  readonly practice: boolean;
  readonly tokenPlace: TokenPlace;
}

/**
 * Whether the server can be used. Runs wait while it is `offline`, `refused`, `expired` or `locked`. `locked`: the token
 * could not be read, because the keychain is locked or did not answer (see `problem`).
 */
export type ConnectionStatus = 'none' | 'checking' | 'online' | 'offline' | 'expired' | 'refused' | 'locked';

/** The current server, its state, and all servers. */
export interface ConnectionView {
  readonly status: ConnectionStatus;
  readonly profile: ProfileView | null;
  readonly serverVersion: string | null;
  readonly token: TokenView | null;
  /** The reason for the status; null when it is `online`. */
  readonly problem: ErrorView | null;
  readonly profiles: readonly ProfileView[];
}

/** The answer of a server to `GET /version`, which is asked before any token is sent. */
export interface ServerProbe {
  /** The address as it is stored: scheme, host and port. */
  readonly address: string;
  readonly version: string;
}
