import { randomUUID } from 'node:crypto';
import type { ProfileId, ProfileView, TokenPlace } from '../../contract/views.ts';
import { registerSecret } from '../base/redact.ts';
import type { SettingsPatch } from '../settings/schema.ts';
import type { SettingsStore } from '../settings/settings.ts';
import type { Keychain } from './keychain.ts';
import { KeychainError } from './keychain.ts';
import { TokenError } from './token.ts';

/** A server and where its token rests. As it is stored, so as it is shown. */
export type Profile = ProfileView;

export interface NewProfile {
  /** The server's origin (`normaliseAddress`). A profile of the same server is replaced and keeps its id. */
  readonly address: string;
  readonly token: string;
  readonly keep: TokenPlace;
  readonly name?: string;
  /** The practice server's token lives as long as that server: it is never kept. */
  readonly practice?: boolean;
}

/** The servers this program knows, which one is in use, and their tokens. A token is never part of a profile. */
export class Profiles {
  readonly #settings: SettingsStore;
  readonly #keychain: Keychain;
  /** Each token is read once per start; those kept for the session are nowhere else. */
  readonly #tokens = new Map<ProfileId, string>();
  readonly #reading = new Map<ProfileId, Promise<string>>();

  constructor(settings: SettingsStore, keychain: Keychain) {
    this.#settings = settings;
    this.#keychain = keychain;
  }

  list(): readonly Profile[] {
    return this.#settings.read().profiles;
  }

  find(profileId: ProfileId): Profile | null {
    return this.list().find(({ id }) => id === profileId) ?? null;
  }

  active(): Profile | null {
    const { activeProfileId } = this.#settings.read();
    return activeProfileId === null ? null : this.find(activeProfileId);
  }

  /**
   * Adds a server, or gives a known one a new token, and makes it the one in use. The token is in its place before
   * anything else changes: when this throws, everything is as it was.
   *
   * @throws KeychainError when the token cannot be kept in the keychain; SettingsError
   */
  async add({ address, token, keep, name, practice = false }: NewProfile): Promise<Profile> {
    registerSecret(token);
    const url = new URL(address);
    const known = this.#sameServer(url.origin, practice);
    const profile: Profile = {
      id: known?.id ?? randomUUID(),
      name: name ?? known?.name ?? (practice ? 'Practice server' : url.host),
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

  /** Makes a known server the one in use; null when it is not known. */
  use(profileId: ProfileId): Profile | null {
    const profile = this.find(profileId);
    if (profile !== null) this.#settings.change({ activeProfileId: profile.id });
    return profile;
  }

  /** Calls a server what the user calls it; one that is not known stays unknown. */
  rename(profileId: ProfileId, name: string): void {
    this.#settings.change({
      profiles: this.list().map((profile) => (profile.id === profileId ? { ...profile, name } : profile)),
    });
  }

  /** Forgets a server and its token. A token in a keychain that is locked just now is removed by a later `tidy`. */
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
   * The token of a server, for the calls to exactly that server.
   *
   * @throws TokenError `token-missing`; KeychainError when the keychain that has it cannot be read
   */
  async token(profileId: ProfileId): Promise<string> {
    const token = this.#tokens.get(profileId);
    if (token !== undefined) return token;
    // Those who ask at the same time share one question to the keychain, and so one request to unlock it.
    const reading = this.#reading.get(profileId) ?? this.#readToken(profileId);
    this.#reading.set(profileId, reading);
    try {
      return await reading;
    } finally {
      this.#reading.delete(profileId);
    }
  }

  /** Removes tokens of forgotten servers that a locked keychain still has. Those it will not give up stay noted. */
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
    // A new token, or the profile forgotten, while the keychain was waited for.
    const token = this.#tokens.get(profileId) ?? (this.find(profileId) === null ? null : found);
    if (token === null) throw new TokenError('token-missing');
    registerSecret(token);
    this.#tokens.set(profileId, token);
    return token;
  }

  /** There is one practice server; its port, and so its address, is another one at each start. */
  #sameServer(origin: string, practice: boolean): Profile | undefined {
    const list = this.list();
    return list.find((profile) => practice && profile.practice) ?? list.find(({ address }) => address === origin);
  }

  #inKeychain(profile: Profile, isLeft: boolean): SettingsPatch {
    const account = accountOf(profile);
    const others = this.#settings.read().leftInKeychain.filter((left) => left !== account);
    return { leftInKeychain: isLeft ? [...others, account] : others };
  }
}

/** Readable for people who look into their keychain, and this profile's own even when two data folders know one server. */
const accountOf = ({ address, id }: Profile): string => `${address} #${id}`;
