import type { Keychain } from '../core/connection/keychain.ts';
import { KeychainError } from '../core/connection/keychain.ts';
import { isRunAccount } from '../core/runs/run-sessions.ts';

/**
 * A keychain that holds one token, given by the environment, for machines without a keychain. It stores nothing, so the
 * token of the profile stays untouched, and sessions of runs last as long as the command.
 */
export const environmentKeychain = (token: string): Keychain => ({
  read: (account) => Promise.resolve(isRunAccount(account) ? null : token),
  write: (account) =>
    isRunAccount(account) ? Promise.reject(new KeychainError('keychain-absent')) : Promise.resolve(),
  remove: () => Promise.resolve(),
});
