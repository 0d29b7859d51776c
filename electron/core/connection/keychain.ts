import type { ErrorView } from '../../contract/errors.ts';
import { CodedError } from '../base/coded-error.ts';

/** Where secrets rest. Small enough that a map in memory is one too. */
export interface Keychain {
  /** null when there is nothing under that account. @throws KeychainError */
  read(account: string): Promise<string | null>;
  /** Replaces what was there. @throws KeychainError */
  write(account: string, secret: string): Promise<void>;
  /** Is fine when there was nothing. @throws KeychainError */
  remove(account: string): Promise<void>;
}

/**
 * `keychain-absent`: this machine has none to offer. `keychain-locked`: it has one, and it does not open.
 * `keychain-unanswered`: it took too long; it may be waiting for its password.
 */
export type KeychainErrorCode = 'keychain-absent' | 'keychain-locked' | 'keychain-unanswered';

/** The keychain could not be used. Never holds a secret. */
export class KeychainError extends CodedError {
  override readonly name = 'KeychainError';
  readonly code: KeychainErrorCode;

  constructor(code: KeychainErrorCode, options?: ErrorOptions) {
    super(code, options);
    this.code = code;
  }

  toView(): ErrorView {
    return { code: this.code, detail: null };
  }
}

/** Account of the item that is written and removed to find out whether the keychain works. Holds no secret. */
export const CHECK_ACCOUNT = 'keychain check';

const STATES = {
  'keychain-absent': 'absent',
  'keychain-locked': 'locked',
  'keychain-unanswered': 'unanswered',
} as const satisfies Record<KeychainErrorCode, string>;

/**
 * Whether secrets can be kept, found out by keeping one. A locked keychain may ask the person to unlock it, so this
 * is for when they are about to connect or look at the settings, not for every start.
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

/** A keychain that forgets everything when the process ends. */
export function openMemoryKeychain(): Keychain {
  const secrets = new Map<string, string>();
  return {
    read: (account) => Promise.resolve(secrets.get(account) ?? null),
    write: (account, secret) => {
      secrets.set(account, secret);
      return Promise.resolve();
    },
    remove: (account) => {
      secrets.delete(account);
      return Promise.resolve();
    },
  };
}
