import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Conf from 'conf';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Keychain, KeychainError } from '../../../electron/core/connection/keychain.ts';
import { Profiles } from '../../../electron/core/connection/profiles.ts';
import { redact } from '../../../electron/core/base/redact.ts';
import { openSettings, type SettingsStore } from '../../../electron/core/settings/settings.ts';
import { openMemoryKeychain } from '../../support/memory-keychain.ts';

let folder: string;
let settings: SettingsStore;
let keychain: Keychain & { locked: boolean; reads: number };

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'omnitray-profiles-'));
  settings = openSettings({ folder, open: ({ cwd, name }) => new Conf({ cwd, configName: name }) }).settings;
  keychain = lockable(openMemoryKeychain());
});
afterEach(() => rmSync(folder, { recursive: true }));

/** A keychain that can be locked, and counts how often it is read. */
function lockable(inner: Keychain): Keychain & { locked: boolean; reads: number } {
  const whenOpen = async <T>(work: () => Promise<T>): Promise<T> => {
    if (self.locked) throw new KeychainError('keychain-locked');
    return work();
  };
  const self = {
    locked: false,
    reads: 0,
    read: (account: string) => {
      self.reads += 1;
      return whenOpen(() => inner.read(account));
    },
    write: (account: string, secret: string) => whenOpen(() => inner.write(account, secret)),
    remove: (account: string) => whenOpen(() => inner.remove(account)),
  };
  return self;
}

const restart = (): Profiles => new Profiles(settings, keychain);
const TOKEN = 'the-token-of-these-tests-1';
const HOME = { address: 'http://127.0.0.1:1688', token: TOKEN, keep: 'keychain' } as const;
const onDisk = (): string =>
  readdirSync(folder)
    .map((file) => readFileSync(join(folder, file), 'utf8'))
    .join('\n');

describe('Profiles', () => {
  it('is empty at first', () => {
    expect(restart().list()).toEqual([]);
    expect(restart().active()).toBeNull();
  });

  it('adds a server, activates it, and restores it after a restart', async () => {
    const added = await restart().add(HOME);
    expect(added).toMatchObject({
      name: '127.0.0.1:1688',
      address: HOME.address,
      practice: false,
      tokenPlace: 'keychain',
    });
    const profiles = restart();
    expect(profiles.active()).toEqual(added);
    expect(await profiles.token(added.id)).toBe(TOKEN);
  });

  it('reads a token once per start, also for concurrent callers', async () => {
    const { id } = await restart().add(HOME);
    const profiles = restart();
    expect(await Promise.all([profiles.token(id), profiles.token(id)])).toEqual([TOKEN, TOKEN]);
    await profiles.token(id);
    expect(keychain.reads).toBe(1);
  });

  it('gives a known server its new token and keeps its id and name', async () => {
    const profiles = restart();
    const { id } = await profiles.add(HOME);
    profiles.rename(id, 'Home server');
    const first = profiles.find(id);
    const second = await profiles.add({ ...HOME, address: 'http://127.0.0.1:1688/', token: 'another-token-2' });
    expect(second).toEqual(first);
    expect(profiles.list()).toEqual([first]);
    expect(await profiles.token(id)).toBe('another-token-2');
    expect(await restart().token(id)).toBe('another-token-2');
  });

  it('keeps a token for the session in memory only', async () => {
    const profiles = restart();
    const { id } = await profiles.add({ ...HOME, keep: 'session' });
    expect(await profiles.token(id)).toBe(TOKEN);
    await expect(restart().token(id)).rejects.toMatchObject({ name: 'TokenError', code: 'token-missing' });
    expect(keychain.reads).toBe(0);
  });

  it('never stores the token of the practice server, and has one such server for every port', async () => {
    const profiles = restart();
    const { id } = await profiles.add({ ...HOME, practice: true });
    const again = await profiles.add({ ...HOME, address: 'http://127.0.0.1:40001', practice: true });
    expect(profiles.list()).toEqual([
      { id, name: 'Practice server', address: 'http://127.0.0.1:40001', practice: true, tokenPlace: 'session' },
    ]);
    expect(again.id).toBe(id);
  });

  it('changes nothing when the token cannot be kept', async () => {
    keychain.locked = true;
    const profiles = restart();
    await expect(profiles.add(HOME)).rejects.toMatchObject({ code: 'keychain-locked' });
    expect(profiles.list()).toEqual([]);
  });

  it('reports a locked keychain, and reads it once it is unlocked', async () => {
    const { id } = await restart().add(HOME);
    const profiles = restart();
    keychain.locked = true;
    await expect(profiles.token(id)).rejects.toMatchObject({ code: 'keychain-locked' });
    keychain.locked = false;
    expect(await profiles.token(id)).toBe(TOKEN);
  });

  it('reports a missing token when the keychain lost it, and for an unknown server', async () => {
    const { id } = await restart().add(HOME);
    keychain = lockable(openMemoryKeychain());
    await expect(restart().token(id)).rejects.toMatchObject({ code: 'token-missing' });
    await expect(restart().token('nobody')).rejects.toMatchObject({ code: 'token-missing' });
  });

  it('removes a server with its token, and activates another one', async () => {
    const profiles = restart();
    const home = await profiles.add(HOME);
    const work = await profiles.add({ ...HOME, address: 'https://omnitool.example.org', token: 'work-token-3' });
    await profiles.forget(work.id);
    expect(profiles.active()).toEqual(home);
    await expect(profiles.token(work.id)).rejects.toMatchObject({ code: 'token-missing' });
    expect(await keychain.read(`${work.address} #${work.id}`)).toBeNull();
    expect(settings.read().leftInKeychain).toEqual([]);
  });

  it('removes a server while the keychain is locked, and its token later', async () => {
    const profiles = restart();
    const { id, address } = await profiles.add(HOME);
    keychain.locked = true;
    await profiles.forget(id);
    expect(profiles.list()).toEqual([]);
    keychain.locked = false;
    expect(await keychain.read(`${address} #${id}`)).toBe(TOKEN);
    await restart().tidy();
    expect(await keychain.read(`${address} #${id}`)).toBeNull();
    expect(settings.read().leftInKeychain).toEqual([]);
  });

  it('removes a token from the keychain when it is now for the session only', async () => {
    const profiles = restart();
    const { id, address } = await profiles.add(HOME);
    await profiles.add({ ...HOME, keep: 'session' });
    expect(await keychain.read(`${address} #${id}`)).toBeNull();
    expect(await profiles.token(id)).toBe(TOKEN);
  });

  it('activates known servers only', async () => {
    const profiles = restart();
    const home = await profiles.add(HOME);
    await profiles.add({ ...HOME, address: 'https://omnitool.example.org' });
    expect(profiles.use(home.id)).toEqual(home);
    expect(profiles.use('nobody')).toBeNull();
    expect(restart().active()).toEqual(home);
  });

  it('writes no token to the disk or a log', async () => {
    const profiles = restart();
    await profiles.add({ ...HOME, token: 'never-on-the-disk-4' });
    await profiles.add({ ...HOME, token: 'never-on-the-disk-5', keep: 'session' });
    expect(onDisk()).not.toContain('never-on-the-disk');
    expect(onDisk()).toContain(HOME.address);
    expect(redact('sent never-on-the-disk-4')).toBe('sent ***');
  });
});
