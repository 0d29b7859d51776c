import type { Bridge } from '../bridge/bridge.ts';
import type { ConnectionView, ProfileId } from '../contract.ts';
import type { Toasts } from './toasts.svelte.ts';

const NO_CONNECTION: ConnectionView = {
  status: 'none',
  profile: null,
  serverVersion: null,
  token: null,
  problem: null,
  profiles: [],
};

/** The server in use and the other known servers. */
export class ConnectionState {
  view = $state.raw<ConnectionView>(NO_CONNECTION);
  readonly #bridge: Bridge;
  readonly #toasts: Toasts;
  /** The name of the server in use, as shown on the screen. */
  readonly serverName = $derived(this.view.profile?.name ?? 'No server');

  constructor(bridge: Bridge, toasts: Toasts) {
    this.#bridge = bridge;
    this.#toasts = toasts;
  }

  async check(): Promise<void> {
    this.#take(await this.#toasts.answer(this.#bridge.call('connection:check')));
  }

  async use(profileId: ProfileId): Promise<void> {
    this.#take(await this.#toasts.answer(this.#bridge.call('connection:use', { profileId })));
  }

  async forget(profileId: ProfileId): Promise<void> {
    this.#take(await this.#toasts.answer(this.#bridge.call('connection:forget', { profileId })));
  }

  async rename(profileId: ProfileId, name: string): Promise<boolean> {
    const view = await this.#toasts.answer(this.#bridge.call('connection:rename', { profileId, name }));
    this.#take(view);
    return view !== undefined;
  }

  /** Removes all servers and their tokens. */
  async forgetAll(): Promise<void> {
    this.#take(await this.#toasts.answer(this.#bridge.call('connection:forget-all')));
  }

  #take(view: ConnectionView | undefined): void {
    if (view !== undefined) this.view = view;
  }
}
