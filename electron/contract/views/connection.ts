/** Servers, tokens and whether they can be used. */
import type { ErrorView } from '../errors.ts';
import type { ProfileId } from './ids.ts';

/** What a token says about itself. Decoded for display only: this machine has no key to verify it (RFC 8725). */
export interface TokenView {
  readonly issuedAt: number | null;
  /** null: the token names no end. */
  readonly expiresAt: number | null;
  readonly expired: boolean;
  /** `named-recipes` is shown but not relied on: the server does not enforce it (wire 1). */
  readonly mayRun: 'every-recipe' | 'named-recipes' | 'nothing';
}

export type TokenPlace = 'keychain' | 'session';

export interface ProfileView {
  readonly id: ProfileId;
  readonly name: string;
  readonly address: string;
  readonly practice: boolean;
  readonly tokenPlace: TokenPlace;
}

/**
 * `offline`, `refused`, `expired` and `locked` each hold the queue; none of them fails a run.
 */
/** `locked`: the keychain does not give the token; the problem says whether it is locked or did not answer. */
export type ConnectionStatus = 'none' | 'checking' | 'online' | 'offline' | 'expired' | 'refused' | 'locked';

export interface ConnectionView {
  readonly status: ConnectionStatus;
  readonly profile: ProfileView | null;
  readonly serverVersion: string | null;
  readonly token: TokenView | null;
  /** Why the status is what it is, when it is not `online`. */
  readonly problem: ErrorView | null;
  readonly profiles: readonly ProfileView[];
}

/** The answer of a server that was asked who it is (`GET /version`), before any token is sent. */
export interface ServerProbe {
  /** The address as it will be stored: scheme, host and port only. */
  readonly address: string;
  readonly version: string;
}
