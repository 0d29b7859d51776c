import type { KeychainErrorCode } from './keychain.ts';
import { KeychainError } from './keychain.ts';

/** As much of keytar as is used. `findCredentials` is not: it crashes on items of a locked keychain (its source, posix). */
export interface Keytar {
  getPassword(service: string, account: string): Promise<string | null>;
  setPassword(service: string, account: string, password: string): Promise<void>;
  deletePassword(service: string, account: string): Promise<boolean>;
}

/**
 * Loads keytar when it is first needed. On Linux that fails where libsecret is not installed.
 *
 * @throws KeychainError `keychain-absent`
 */
export async function loadKeytar(): Promise<Keytar> {
  try {
    const { default: keytar } = (await import('keytar')) as { readonly default: Keytar };
    return keytar;
  } catch (failure) {
    throw new KeychainError('keychain-absent', { cause: failure });
  }
}

/**
 * keytar's rejections carry a message and nothing else, so for once a message has to decide. Seen with libsecret 0.20
 * on Debian 12, but for those marked. They are translated with the desktop, so what does not match is taken for
 * `locked`: there is a keychain, and it would not. Both ways the person may keep the token for the session instead.
 */
const ABSENT: readonly RegExp[] = [
  // No session bus: a server, a container, SSH.
  /Cannot autolaunch D-Bus/i,
  /Could not connect/i,
  // The same, from the source of GLib; not seen.
  /Error spawning command line/i,
  /Cannot spawn a message bus/i,
  // A session bus and nobody on it who keeps secrets.
  /org\.freedesktop\.secrets was not provided/i,
  // The same from other bus daemons; not seen.
  /ServiceUnknown/,
  // A Secret Service that was never given a keyring to keep them in.
  /Object does not exist at path/i,
];

/** What GLib says of a call to the keychain that had no answer in time: its own limit, and that of the bus. */
const UNANSWERED: readonly RegExp[] = [/Timeout was reached/i, /\.Error\.(NoReply|TimedOut|Timeout)\b/];

function codeOf(message: string): KeychainErrorCode {
  if (ABSENT.some((pattern) => pattern.test(message))) return 'keychain-absent';
  return UNANSWERED.some((pattern) => pattern.test(message)) ? 'keychain-unanswered' : 'keychain-locked';
}

/** What a failed call of keytar says about the keychain. */
export function keychainErrorOf(failure: unknown): KeychainError {
  if (failure instanceof KeychainError) return failure;
  const message = failure instanceof Error ? failure.message : '';
  return new KeychainError(codeOf(message), { cause: failure });
}
