import { KeychainError, type KeychainErrorCode } from './keychain.ts';

/**
 * The part of keytar that is used. `findCredentials` is not: it crashes on items of a locked keychain (keytar's source,
 * posix).
 */
export interface Keytar {
  getPassword(service: string, account: string): Promise<string | null>;
  setPassword(service: string, account: string, password: string): Promise<void>;
  deletePassword(service: string, account: string): Promise<boolean>;
}

/**
 * Loads keytar on first use. On Linux that fails when libsecret is not installed.
 *
 * @throws KeychainError `keychain-absent`
 */
export async function loadKeytar(): Promise<Keytar> {
  try {
    const { default: keytar } = (await import('keytar')) as { readonly default: Keytar };
    return keytar;
  } catch (failure) {
    throw new KeychainError('keychain-absent', null, { cause: failure });
  }
}

/**
 * keytar rejects with a message only, so the message has to be matched. Seen with libsecret 0.20 on Debian 12, except
 * where marked. Messages are translated with the desktop, so an unknown message counts as `locked`: there is a
 * keychain, but it refused. In both cases the user may keep the token for the session instead.
 */
const ABSENT: readonly RegExp[] = [
  // No session bus: a server, a container, SSH.
  /Cannot autolaunch D-Bus/i,
  /Could not connect/i,
  // The same, from the source of GLib; not seen.
  /Error spawning command line/i,
  /Cannot spawn a message bus/i,
  // A session bus without a secret service.
  /org\.freedesktop\.secrets was not provided/i,
  // The same with other bus daemons; not seen.
  /ServiceUnknown/,
  // A Secret Service without a keyring.
  /Object does not exist at path/i,
];

/** GLib's messages for a call to the keychain that timed out: GLib's own limit, and that of the bus. */
const UNANSWERED: readonly RegExp[] = [/Timeout was reached/i, /\.Error\.(NoReply|TimedOut|Timeout)\b/];

function codeOf(message: string): KeychainErrorCode {
  if (ABSENT.some((pattern) => pattern.test(message))) return 'keychain-absent';
  return UNANSWERED.some((pattern) => pattern.test(message)) ? 'keychain-unanswered' : 'keychain-locked';
}

/** Derives the keychain error from a failed call of keytar. */
export function keychainErrorOf(failure: unknown): KeychainError {
  if (failure instanceof KeychainError) return failure;
  const message = failure instanceof Error ? failure.message : '';
  return new KeychainError(codeOf(message), null, { cause: failure });
}
