import type { Keychain } from '../core/connection/keychain.ts';

/**
 * A keychain that holds one token, given by the environment: for machines without a keychain. Nothing is stored, so
 * the profile's real token, if there is one, stays untouched.
 */
export const environmentKeychain = (token: string): Keychain => ({
  read: () => Promise.resolve(token),
  write: () => Promise.resolve(),
  remove: () => Promise.resolve(),
});
