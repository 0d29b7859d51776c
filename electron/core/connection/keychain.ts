import { ShownError } from '../base/coded-error.ts';

/** Stores secrets by account name. */
export interface Keychain {
  /** Returns null when the account has no secret. @throws KeychainError */
  read(account: string): Promise<string | null>;
  /** Stores a secret and replaces an existing one. @throws KeychainError */
  write(account: string, secret: string): Promise<void>;
  /** Removes a secret; does nothing when there is none. @throws KeychainError */
  remove(account: string): Promise<void>;
}

/**
 * `keychain-absent`: this machine has no keychain. `keychain-locked`: there is one, but it does not open.
 * `keychain-unanswered`: it took too long; it may wait for its password.
 */
export type KeychainErrorCode = 'keychain-absent' | 'keychain-locked' | 'keychain-unanswered';

/** The keychain could not be used. Never holds a secret. */
export class KeychainError extends ShownError<KeychainErrorCode> {
  override readonly name = 'KeychainError';
}

/** The account that is written and removed to test the keychain. Holds no secret. */
export const CHECK_ACCOUNT = 'keychain check';

const STATES = {
  'keychain-absent': 'absent',
  'keychain-locked': 'locked',
  'keychain-unanswered': 'unanswered',
} as const satisfies Record<KeychainErrorCode, string>;

/**
 * Tests whether secrets can be stored by storing one. A locked keychain may ask the user to unlock it, so call this
 * when the user connects or opens the settings, not at every start.
 */
export async function probeKeychain(keychain: Keychain): Promise<'ready' | 'absent' | 'locked' | 'unanswered'> {
  try {
    await keychain.write(CHECK_ACCOUNT, 'ok');
    const found = await keychain.read(CHECK_ACCOUNT);
    await keychain.remove(CHECK_ACCOUNT);
    return found === 'ok' ? 'ready' : 'locked';
  } catch (failure) {
    if (!(failure instanceof KeychainError)) throw failure;
    return STATES[failure.code];
  }
}
