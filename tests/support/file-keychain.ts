import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Keychain } from '../../electron/core/connection/keychain.ts';

/**
 * A keychain that survives the end of its process, as the system's does, and needs no session bus: every crash has one
 * of its own. For tests alone; it keeps practice tokens in plain sight.
 */
export function openFileKeychain(folder: string): Keychain {
  const path = join(folder, 'test-keychain.json');
  const read = (): Record<string, string> =>
    existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Record<string, string>) : {};
  const store = (secrets: Readonly<Record<string, string>>): void => {
    writeFileSync(`${path}.new`, JSON.stringify(secrets));
    renameSync(`${path}.new`, path);
  };
  return {
    read: (account) => Promise.resolve(read()[account] ?? null),
    write: (account, secret) => {
      store({ ...read(), [account]: secret });
      return Promise.resolve();
    },
    remove: (account) => {
      store(Object.fromEntries(Object.entries(read()).filter(([each]) => each !== account)));
      return Promise.resolve();
    },
  };
}
