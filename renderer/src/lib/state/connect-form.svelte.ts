import type { Bridge } from '../bridge/bridge.ts';
import type { ConnectionView, ErrorView, Result, ServerProbe, TokenPlace, TokenView } from '../contract.ts';

/** Milliseconds without typing after which the input is checked. */
const PAUSE = 350;

export type ProbeState =
  | { readonly is: 'idle' }
  | { readonly is: 'asking' }
  | { readonly is: 'found'; readonly server: ServerProbe }
  | { readonly is: 'failed'; readonly problem: ErrorView };

/** A pasted token stays in the main process; the page only knows that it exists. */
export type TokenState = { readonly from: 'typed'; readonly token: string } | { readonly from: 'clipboard' };

const NO_TOKEN: TokenState = { from: 'typed', token: '' };

/** The form that adds a server: address and token. */
export class ConnectForm {
  address = $state('');
  probe = $state.raw<ProbeState>({ is: 'idle' });
  token = $state.raw<TokenState>(NO_TOKEN);
  tokenView = $state.raw<TokenView | null>(null);
  tokenProblem = $state.raw<ErrorView | null>(null);
  /** Why the last attempt to connect failed. */
  problem = $state.raw<ErrorView | null>(null);
  busy = $state<'connect' | 'practice' | null>(null);
  readonly #bridge: Bridge;
  /** The address to which the user agreed to send the token unencrypted. */
  #agreedInsecure: string | null = null;
  #keep: TokenPlace = 'keychain';
  #addressTimer: ReturnType<typeof setTimeout> | undefined;
  #tokenTimer: ReturnType<typeof setTimeout> | undefined;
  /** Numbers the requests, so that answers to older ones are ignored. */
  #probes = 0;
  #inspections = 0;

  constructor(bridge: Bridge, address: string) {
    this.#bridge = bridge;
    if (address !== '') {
      this.address = address;
      void this.#ask();
    }
  }

  get hasToken(): boolean {
    return this.token.from === 'clipboard' || this.token.token.trim() !== '';
  }

  writeAddress(address: string): void {
    this.address = address;
    this.problem = null;
    this.#probes += 1;
    clearTimeout(this.#addressTimer);
    this.probe = { is: 'idle' };
    if (address.trim() !== '') this.#addressTimer = setTimeout(() => void this.#ask(), PAUSE);
  }

  async #ask(): Promise<void> {
    this.#probes += 1;
    const asked = this.#probes;
    this.probe = { is: 'asking' };
    const result = await this.#bridge.call('connection:probe', { address: this.address.trim() });
    if (asked !== this.#probes) return;
    this.probe = result.ok ? { is: 'found', server: result.value } : { is: 'failed', problem: result.error };
  }

  writeToken(token: string): void {
    this.token = { from: 'typed', token };
    this.#forgetInspection();
    if (token.trim() !== '') this.#tokenTimer = setTimeout(() => void this.#inspect(), PAUSE);
  }

  async pasteToken(): Promise<void> {
    const before = this.token;
    this.#forgetInspection();
    this.token = { from: 'clipboard' };
    const held = this.token;
    const isToken = await this.#inspect();
    // The clipboard held no token: the field is restored, with the error below it.
    if (!isToken && this.token === held) this.token = before;
  }

  clearToken(): void {
    this.token = NO_TOKEN;
    this.#forgetInspection();
  }

  #forgetInspection(): void {
    clearTimeout(this.#tokenTimer);
    this.#inspections += 1;
    this.tokenView = null;
    this.tokenProblem = null;
    this.problem = null;
  }

  async #inspect(): Promise<boolean> {
    const asked = this.#inspections;
    const result = await this.#bridge.call('connection:inspect-token', this.#tokenSource());
    if (asked !== this.#inspections) return result.ok;
    this.tokenView = result.ok ? result.value : null;
    this.tokenProblem = result.ok ? null : result.error;
    return result.ok;
  }

  #tokenSource(): TokenState {
    return this.token.from === 'typed' ? { from: 'typed', token: this.token.token.trim() } : this.token;
  }

  /** Returns null if a field is missing or connecting failed; the error is shown at its field. */
  async connect(): Promise<ConnectionView | null> {
    if (this.busy !== null) return null;
    if (this.address.trim() === '') {
      this.probe = { is: 'failed', problem: { code: 'bad-address', detail: null } };
      return null;
    }
    if (!this.hasToken) {
      this.tokenProblem = { code: 'token-missing', detail: null };
      return null;
    }
    const address = this.address.trim();
    return this.#try('connect', () =>
      this.#bridge.call('connection:connect', {
        address,
        token: this.#tokenSource(),
        keep: this.#keep,
        allowInsecure: this.#agreedInsecure === address,
      }),
    );
  }

  /** Connects after the user accepted an unencrypted connection. */
  connectAnyway(): Promise<ConnectionView | null> {
    this.#agreedInsecure = this.address.trim();
    return this.connect();
  }

  /** Connects without a keychain: the token is kept in memory until OmniTray quits. */
  connectForThisSession(): Promise<ConnectionView | null> {
    this.#keep = 'session';
    return this.connect();
  }

  practice(): Promise<ConnectionView | null> {
    return this.#try('practice', () => this.#bridge.call('connection:practice'));
  }

  async #try(busy: 'connect' | 'practice', ask: () => Promise<Result<ConnectionView>>): Promise<ConnectionView | null> {
    if (this.busy !== null) return null;
    this.busy = busy;
    this.problem = null;
    const result = await ask();
    this.busy = null;
    this.problem = result.ok ? null : result.error;
    return result.ok ? result.value : null;
  }
}
