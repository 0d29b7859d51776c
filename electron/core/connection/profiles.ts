import { randomUUID } from 'node:crypto';
import type { ProfileId, ProfileView, TokenPlace } from '../../contract/views.ts';
import { registerSecret } from '../base/redact.ts';
import type { SettingsPatch } from '../settings/schema.ts';
import type { SettingsStore } from '../settings/settings.ts';
import { type Keychain, KeychainError } from './keychain.ts';
import { TokenError } from './token.ts';

/** A server to add, with its token. */
export interface NewProfile {
  /** The server's origin (`normaliseAddress`). A profile of the same server is replaced and keeps its id. */
  readonly address: string;
  readonly token: string;
  readonly keep: TokenPlace;
  /** The token of the practice server is valid as long as that server runs, so it is never stored. */
  readonly practice?: boolean;
}

/** The known servers, the active one, and their tokens. A token is never part of a profile. */
export class Profiles {
  readonly #settings: SettingsStore;
  readonly #keychain: Keychain;
  /** Each token is read once per start. Tokens of the session exist only here. */
  readonly #tokens = new Map<ProfileId, string>();
  readonly #reading = new Map<ProfileId, Promise<string>>();

  constructor(settings: SettingsStore, keychain: Keychain) {
    this.#settings = settings;
    this.#keychain = keychain;
  }

  list(): readonly ProfileView[] {
    return this.#settings.read().profiles;
  }

  find(profileId: ProfileId): ProfileView | null {
    return this.list().find(({ id }) => id === profileId) ?? null;
  }

  active(): ProfileView | null {
    const { activeProfileId } = this.#settings.read();
    return activeProfileId === null ? null : this.find(activeProfileId);
  }

  /**
   * Adds a server, or gives a known one a new token, and makes it active. Stores the token before anything else
   * changes: when this throws, nothing has changed.
   *
   * @throws KeychainError when the keychain cannot store the token; SettingsError
   */
  async add({ address, token, keep, practice = false }: NewProfile): Promise<ProfileView> {
    registerSecret(token);
    const url = new URL(address);
    const known = this.#sameServer(url.origin, practice);
    const profile: ProfileView = {
      id: known?.id ?? randomUUID(),
      name: known?.name ?? (practice ? 'Practice server' : url.host),
      address: url.origin,
      practice,
      tokenPlace: practice ? 'session' : keep,
    };
    if (profile.tokenPlace === 'keychain') await this.#keychain.write(accountOf(profile), token);
    this.#tokens.set(profile.id, token);
    const isLeft = known?.tokenPlace === 'keychain' && profile.tokenPlace === 'session';
    this.#settings.change({
      profiles:
        known === undefined
          ? [...this.list(), profile]
          : this.list().map((one) => (one.id === known.id ? profile : one)),
      activeProfileId: profile.id,
      ...this.#inKeychain(profile, isLeft),
    });
    if (isLeft) await this.tidy();
    return profile;
  }

  /** Makes a known server active; returns null when it is unknown. */
  use(profileId: ProfileId): ProfileView | null {
    const profile = this.find(profileId);
    if (profile !== null) this.#settings.change({ activeProfileId: profile.id });
    return profile;
  }

  /** Changes the display name of a server; does nothing when it is unknown. */
  rename(profileId: ProfileId, name: string): void {
    this.#settings.change({
      profiles: this.list().map((profile) => (profile.id === profileId ? { ...profile, name } : profile)),
    });
  }

  /** Removes a server and its token. A later `tidy` removes a token that a locked keychain kept. */
  async forget(profileId: ProfileId): Promise<void> {
    const profile = this.find(profileId);
    if (profile === null) return;
    this.#tokens.delete(profileId);
    const profiles = this.list().filter(({ id }) => id !== profileId);
    const { activeProfileId } = this.#settings.read();
    this.#settings.change({
      profiles,
      activeProfileId: activeProfileId === profileId ? (profiles[0]?.id ?? null) : activeProfileId,
      ...this.#inKeychain(profile, profile.tokenPlace === 'keychain'),
    });
    await this.tidy();
  }

  /**
   * Returns the token of a server, for calls to that server only.
   *
   * @throws TokenError `token-missing`; KeychainError when the keychain that holds it cannot be read
   */
  async token(profileId: ProfileId): Promise<string> {
    const token = this.#tokens.get(profileId);
    if (token !== undefined) return token;
    // Concurrent callers share one read, and so one request to unlock the keychain.
    const reading = this.#reading.get(profileId) ?? this.#readToken(profileId);
    this.#reading.set(profileId, reading);
    try {
      return await reading;
    } finally {
      this.#reading.delete(profileId);
    }
  }

  /** Removes tokens of removed servers that a locked keychain kept. Those that still cannot be removed stay noted. */
  async tidy(): Promise<void> {
    for (const account of this.#settings.read().leftInKeychain) {
      try {
        await this.#keychain.remove(account);
      } catch (failure) {
        if (failure instanceof KeychainError) return;
        throw failure;
      }
      const { leftInKeychain } = this.#settings.read();
      this.#settings.change({ leftInKeychain: leftInKeychain.filter((left) => left !== account) });
    }
  }

  async #readToken(profileId: ProfileId): Promise<string> {
    const profile = this.find(profileId);
    const found = profile?.tokenPlace === 'keychain' ? await this.#keychain.read(accountOf(profile)) : null;
    // The token may have been replaced, or the profile removed, while the keychain was read.
    const token = this.#tokens.get(profileId) ?? (this.find(profileId) === null ? null : found);
    if (token === null) throw new TokenError('token-missing');
    registerSecret(token);
    this.#tokens.set(profileId, token);
    return token;
  }

  /** There is one practice server. Its port, and so its address, changes at each start. */
  #sameServer(origin: string, practice: boolean): ProfileView | undefined {
    const list = this.list();
    return list.find((profile) => practice && profile.practice) ?? list.find(({ address }) => address === origin);
  }

  #inKeychain(profile: ProfileView, isLeft: boolean): SettingsPatch {
    const account = accountOf(profile);
    const others = this.#settings.read().leftInKeychain.filter((left) => left !== account);
    return { leftInKeychain: isLeft ? [...others, account] : others };
  }
}

/** Readable in the user's keychain, and unique even when two data folders know the same server. */
const accountOf = ({ address, id }: ProfileView): string => `${address} #${id}`;
