import type { Keychain } from '../../electron/core/connection/keychain.ts';

/** Opens a keychain that keeps secrets in memory until the process ends. */
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
