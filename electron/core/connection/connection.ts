import type { AnswerOf, RequestOf } from '../../contract/calls.ts';
import type { ErrorView } from '../../contract/errors.ts';
import type { ConnectionStatus, ConnectionView, ProfileId, RunReason, TokenView } from '../../contract/views.ts';
import { AppError } from '../base/coded-error.ts';
import { errorView } from '../base/error-view.ts';
import type { Clock } from '../base/clock.ts';
import { Listeners } from '../base/emitter.ts';
import { normaliseAddress } from '../omnitool/address.ts';
import { OmnitoolError } from '../omnitool/errors.ts';
import { probe } from '../omnitool/probe.ts';
import { OmnitoolServer } from '../omnitool/server.ts';
import type { Timeouts } from '../omnitool/timeouts.ts';
import { NotReady, type Servers } from '../model/servers.ts';
import { KeychainError } from './keychain.ts';
import { newProfileState, type ProfileState } from './profile-state.ts';
import type { NewProfile, Profiles } from './profiles.ts';
import { TokenError, cleanPastedToken, decodeToken, userOfToken } from './token.ts';

/** Starts and stops the practice server, for people who have no server. */
export interface PracticePort {
  start(): Promise<{ readonly origin: string; readonly token: string }>;
}

interface ConnectionPorts {
  readonly profiles: Profiles;
  readonly clock: Clock;
  /** Null in the terminal, which starts no practice server. */
  readonly practice: PracticePort | null;
  readonly timeouts?: Partial<Timeouts> | undefined;
  readClipboardText(): Promise<string>;
}

/** The profiles, the active one, and the state of each server and token. Owns the one client of each profile. */
export class Connection implements Servers {
  readonly #ports: ConnectionPorts;
  readonly #known = new Map<ProfileId, ProfileState>();
  readonly #changes = new Listeners<ConnectionView>();
  readonly #ready = new Listeners<ProfileId>();
  /** The token from the clipboard, or the pending read of it, kept for `connect`. It never reaches a page. */
  #pasted: Promise<string | null> = Promise.resolve(null);

  constructor(ports: ConnectionPorts) {
    this.#ports = ports;
  }

  onChange(listener: (view: ConnectionView) => void): () => void {
    return this.#changes.add(listener);
  }

  onReady(listener: (profileId: ProfileId) => void): () => void {
    return this.#ready.add(listener);
  }

  get view(): ConnectionView {
    const { profiles } = this.#ports;
    const profile = profiles.active();
    const known = profile === null ? null : this.#of(profile.id);
    return {
      status: known?.status ?? 'none',
      profile,
      serverVersion: known?.serverVersion ?? null,
      token: known?.token ?? null,
      problem: known?.problem ?? null,
      profiles: profiles.list(),
    };
  }

  /** @throws AddressError, OmnitoolError */
  async probe(address: string): Promise<AnswerOf<'connection:probe'>> {
    const { origin } = normaliseAddress(address);
    const { version } = await probe(origin, { timeouts: this.#ports.timeouts });
    return { address: origin, version };
  }

  /** Describes a token. A token from the clipboard is kept here until `connect` uses it. */
  async inspectToken(source: RequestOf<'connection:inspect-token'>): Promise<TokenView> {
    const token = source.from === 'typed' ? cleanPastedToken(source.token) : await this.#paste();
    return decodeToken(token, this.#ports.clock.now());
  }

  /** Reads a token from the clipboard. `connect` waits for it, so pressing Connect right after a paste works. */
  #paste(): Promise<string> {
    const before = this.#pasted;
    const reading = this.#ports.readClipboardText().then((text) => {
      const token = cleanPastedToken(text);
      decodeToken(token, this.#ports.clock.now());
      return token;
    });
    // The failed read is reported to its caller; the earlier token stays valid.
    this.#pasted = reading.catch(() => before);
    return reading;
  }

  /**
   * Tests the address and the token with real requests, then stores them as a profile. A refused pair changes nothing.
   *
   * @throws AppError, AddressError, TokenError, KeychainError, OmnitoolError
   */
  async connect(request: RequestOf<'connection:connect'>): Promise<ConnectionView> {
    const { origin, secure } = normaliseAddress(request.address);
    if (!secure && !request.allowInsecure) throw new AppError('insecure-address', new URL(origin).host);
    const token = request.token.from === 'typed' ? cleanPastedToken(request.token.token) : await this.#pasted;
    if (token === null) throw new AppError('token-missing');
    const view = decodeToken(token, this.#ports.clock.now());
    if (view.expired) throw new AppError('token-expired');
    if (view.mayRun === 'nothing') throw new AppError('token-may-not-run');
    await this.#join({ address: origin, token, keep: request.keep });
    this.#pasted = Promise.resolve(null);
    return this.view;
  }

  /** Starts the practice server when needed and connects to it. Its token is created at each start and never stored. */
  async practice(): Promise<ConnectionView> {
    if (this.#ports.practice === null) throw new AppError('not-connected');
    const { origin, token } = await this.#ports.practice.start();
    await this.#join({ address: origin, token, keep: 'session', practice: true });
    return this.view;
  }

  async use(profileId: ProfileId): Promise<ConnectionView> {
    this.#ports.profiles.use(profileId);
    this.#publish();
    await this.startUp();
    return this.view;
  }

  /** Changes the display name of a server. */
  rename(profileId: ProfileId, name: string): ConnectionView {
    this.#ports.profiles.rename(profileId, name);
    this.#publish();
    return this.view;
  }

  async forget(profileId: ProfileId): Promise<ConnectionView> {
    await this.#ports.profiles.forget(profileId);
    this.#known.get(profileId)?.server?.close();
    this.#known.delete(profileId);
    this.#publish();
    this.#ready.emit(profileId);
    return this.view;
  }

  /** Makes the active profile usable: starts its practice server and checks its server. */
  async startUp(): Promise<void> {
    const profile = this.#ports.profiles.active();
    if (profile === null) return;
    if (profile.practice && this.#of(profile.id).server === null && this.#ports.practice !== null)
      await this.#practiceAgain(profile.id);
    else if (await this.check(profile.id)) await this.#ports.profiles.tidy();
  }

  /** Starts the practice server of a profile. A failed start is shown like any other server that is away. */
  async #practiceAgain(profileId: ProfileId): Promise<void> {
    try {
      await this.practice();
    } catch (failure) {
      this.#set(profileId, { status: 'offline', problem: errorView(failure) });
      if (!(failure instanceof OmnitoolError)) throw failure;
    }
  }

  async check(profileId: ProfileId): Promise<boolean> {
    if (this.#ports.profiles.find(profileId) === null) return true;
    const known = this.#of(profileId);
    if (known.status !== 'online') this.#set(profileId, { status: 'checking', problem: null });
    try {
      const server = await this.serverFor(profileId);
      known.serverVersion ??= (await probe(server.origin, { timeouts: this.#ports.timeouts })).version;
      await server.listJobs();
      this.report(profileId, null);
      return true;
    } catch (failure) {
      if (failure instanceof OmnitoolError) this.report(profileId, failure);
      else if (!(failure instanceof NotReady)) throw failure;
      if (this.#of(profileId).status === 'checking')
        this.#set(profileId, { status: 'offline', problem: errorView(failure) });
      return false;
    }
  }

  async serverFor(profileId: ProfileId): Promise<OmnitoolServer> {
    const known = this.#of(profileId);
    const server = known.server ?? (await this.#open(profileId));
    if (known.token?.expiresAt != null && known.token.expiresAt <= this.#ports.clock.now()) {
      this.#hold(profileId, 'expired', 'token-expired');
    }
    return server;
  }

  userOf(profileId: ProfileId): string | null {
    return this.#known.get(profileId)?.user ?? null;
  }

  report(profileId: ProfileId, failure: OmnitoolError | null): void {
    // The profile was removed while its call was running.
    if (this.#ports.profiles.find(profileId) === null) return;
    if (failure === null) {
      const wasOnline = this.#of(profileId).status === 'online';
      this.#set(profileId, { status: 'online', problem: null });
      if (!wasOnline) this.#ready.emit(profileId);
    } else if (failure.code === 'unauthorized') {
      this.#set(profileId, { status: 'refused', problem: errorView(failure) });
    } else if (['unreachable', 'timed-out', 'tls', 'not-omnitool'].includes(failure.code)) {
      this.#set(profileId, { status: 'offline', problem: errorView(failure) });
    }
  }

  close(): void {
    for (const { server } of this.#known.values()) server?.close();
  }

  async #join(profile: NewProfile): Promise<void> {
    const { address: origin, token } = profile;
    const { version } = await probe(origin, { timeouts: this.#ports.timeouts });
    const server = new OmnitoolServer({ origin, token, timeouts: this.#ports.timeouts });
    try {
      await server.listJobs();
      const { id } = await this.#ports.profiles.add(profile);
      const view = decodeToken(token, this.#ports.clock.now());
      // It is not online yet: the change to online resumes the runs that wait for this profile.
      const user = userOfToken(token);
      const known = { status: 'checking', serverVersion: version, problem: null, token: view, user } as const;
      this.#known.set(id, { ...known, server: this.#succeed(this.#known.get(id)?.server ?? null, server, token) });
      this.report(id, null);
    } catch (failure) {
      server.close();
      throw failure;
    }
  }

  /**
   * Gives the existing client of a known server the new token, so that its running requests, above all a start,
   * continue.
   */
  #succeed(before: OmnitoolServer | null, tried: OmnitoolServer, token: string): OmnitoolServer {
    if (before?.origin !== tried.origin) {
      before?.close();
      return tried;
    }
    before.replaceToken(token);
    tried.close();
    return before;
  }

  async #open(profileId: ProfileId): Promise<OmnitoolServer> {
    const profile = this.#ports.profiles.find(profileId);
    if (profile === null) throw new NotReady('profile-forgotten');
    const { token, view } = await this.#tokenOf(profileId);
    const known = this.#of(profileId);
    known.token = view;
    known.user = userOfToken(token);
    known.server ??= new OmnitoolServer({ origin: profile.address, token, timeouts: this.#ports.timeouts });
    return known.server;
  }

  async #tokenOf(profileId: ProfileId): Promise<{ readonly token: string; readonly view: TokenView }> {
    try {
      const token = await this.#ports.profiles.token(profileId);
      return { token, view: decodeToken(token, this.#ports.clock.now()) };
    } catch (failure) {
      if (failure instanceof KeychainError && failure.code !== 'keychain-absent') {
        return this.#hold(profileId, 'locked', failure.code);
      }
      if (failure instanceof KeychainError || failure instanceof TokenError) {
        return this.#hold(profileId, 'refused', 'token-absent', errorView(failure));
      }
      throw failure;
    }
  }

  #hold(profileId: ProfileId, status: ConnectionStatus, reason: RunReason, problem?: ErrorView): never {
    const failure = new NotReady(reason);
    this.#set(profileId, { status, problem: problem ?? errorView(failure) });
    throw failure;
  }

  #of(profileId: ProfileId): ProfileState {
    const known = this.#known.get(profileId) ?? newProfileState();
    this.#known.set(profileId, known);
    return known;
  }

  #set(profileId: ProfileId, change: Pick<ProfileState, 'status' | 'problem'>): void {
    const known = this.#of(profileId);
    const before = JSON.stringify([known.status, known.problem]);
    Object.assign(known, change);
    if (JSON.stringify([known.status, known.problem]) !== before) this.#publish();
  }

  #publish(): void {
    this.#changes.emit(this.view);
  }
}
