import { describe, expect, it } from 'vitest';
import { KeychainError } from '../../../electron/core/connection/keychain.ts';
import { keychainErrorOf, type Keytar } from '../../../electron/core/connection/keytar.ts';
import { SystemKeychain } from '../../../electron/core/connection/system-keychain.ts';

describe('the messages of keytar', () => {
  it.each([
    ['Cannot autolaunch D-Bus without X11 $DISPLAY', 'keychain-absent'],
    ['Could not connect: No such file or directory', 'keychain-absent'],
    ['Error spawning command line “dbus-launch --autolaunch”: Child process exited', 'keychain-absent'],
    ['The name org.freedesktop.secrets was not provided by any .service files', 'keychain-absent'],
    ['GDBus.Error:org.freedesktop.DBus.Error.ServiceUnknown: The name is not activatable', 'keychain-absent'],
    ['Object does not exist at path “/org/freedesktop/secrets/collection/login”', 'keychain-absent'],
    ['Cannot create an item in a locked collection', 'keychain-locked'],
    ['Timeout was reached', 'keychain-unanswered'],
    ['GDBus.Error:org.freedesktop.DBus.Error.NoReply: Message recipient disconnected', 'keychain-unanswered'],
    ['User interaction is not allowed.', 'keychain-locked'],
    ['', 'keychain-locked'],
  ])('%j is %s', (message, code) => {
    expect(keychainErrorOf(new Error(message))).toMatchObject({ name: 'KeychainError', code });
  });
});

/** A keytar whose calls wait for the test. tests/integration/connection uses the real one. */
function slowKeytar() {
  const secrets = new Map<string, string>();
  const waiting: (() => void)[] = [];
  const pass = async (): Promise<void> => new Promise((go) => waiting.push(() => go(undefined)));
  const keytar: Keytar = {
    getPassword: async (service, account) => {
      await pass();
      return secrets.get(`${service}/${account}`) ?? null;
    },
    setPassword: async (service, account, password) => {
      await pass();
      secrets.set(`${service}/${account}`, password);
    },
    deletePassword: async (service, account) => {
      await pass();
      return secrets.delete(`${service}/${account}`);
    },
  };
  return { keytar, secrets, waiting };
}

describe('SystemKeychain', () => {
  it('makes one call at a time', async () => {
    const { keytar, secrets, waiting } = slowKeytar();
    secrets.set('OmniTray/a', '1').set('OmniTray/b', '2');
    const keychain = new SystemKeychain({ load: () => Promise.resolve(keytar) });
    const both = Promise.all([keychain.read('a'), keychain.read('b')]);
    await expect.poll(() => waiting.length).toBe(1);
    waiting.shift()?.();
    await expect.poll(() => waiting.length).toBe(1);
    waiting.shift()?.();
    expect(await both).toEqual(['1', '2']);
  });

  it('fails queued calls at once while a call hangs', async () => {
    const { keytar, waiting } = slowKeytar();
    const keychain = new SystemKeychain({ load: () => Promise.resolve(keytar), timeoutMs: 20 });
    const outcomes = await Promise.allSettled([keychain.read('a'), keychain.read('b'), keychain.remove('c')]);
    expect(outcomes).toEqual(
      outcomes.map(() => ({
        status: 'rejected',
        reason: expect.objectContaining({ code: 'keychain-unanswered' }) as unknown,
      })),
    );
    expect(waiting).toHaveLength(1);
    expect(keychain.isHanging).toBe(true);
  });

  it('reports keychain-absent when keytar cannot be loaded', async () => {
    const load = () => Promise.reject(new KeychainError('keychain-absent'));
    const keychain = new SystemKeychain({ load });
    await expect(keychain.read('a')).rejects.toMatchObject({ code: 'keychain-absent' });
  });

  it('reads a missing secret only once on Windows and macOS', async () => {
    const { keytar, secrets, waiting } = slowKeytar();
    const keychain = new SystemKeychain({ load: () => Promise.resolve(keytar), platform: 'win32' });
    const read = keychain.read('a');
    await expect.poll(() => waiting.length).toBe(1);
    waiting.shift()?.();
    expect(await read).toBeNull();
    expect(secrets.size).toBe(0);
  });
});
