import { MediaQuery } from 'svelte/reactivity';
import type { Bridge } from '../bridge/bridge.ts';
import type { AboutView, SettingsView } from '../contract.ts';
import type { Notices } from './notices.svelte.ts';

/** What the user may set, and what the program is. Main keeps it; a change applies at once. */
export class SettingsState {
  view = $state.raw<SettingsView>({
    theme: 'system',
    notifyWhen: 'always',
    notifyElsewhere: false,
    notifyDetails: true,
    textSize: 100,
    motion: 'system',
    shortcut: null,
    guideDone: true,
    paused: false,
    keepInputs: false,
    adoptAlone: false,
    parallelRuns: 3,
    keepDays: null,
    keepBytes: null,
  });
  about = $state.raw<AboutView | null>(null);
  readonly #bridge: Bridge;
  readonly #notices: Notices;
  readonly #systemIsDark = new MediaQuery('(prefers-color-scheme: dark)');
  /** The theme to paint, after the system's wish was heard. */
  readonly paint = $derived.by((): 'light' | 'dark' => {
    if (this.view.theme !== 'system') return this.view.theme;
    return this.#systemIsDark.current ? 'dark' : 'light';
  });

  constructor(bridge: Bridge, notices: Notices) {
    this.#bridge = bridge;
    this.#notices = notices;
  }

  async change(change: Partial<SettingsView>): Promise<void> {
    const before = this.view;
    this.view = { ...before, ...change };
    this.view = (await this.#notices.answer(this.#bridge.call('settings:change', change))) ?? before;
  }

  /** Asks what may have changed since the start, the keychain above all. */
  async refreshAbout(): Promise<void> {
    this.about = (await this.#notices.answer(this.#bridge.call('app:about'))) ?? this.about;
  }

  async revealData(): Promise<void> {
    await this.#notices.answer(this.#bridge.call('app:reveal-data'));
  }

  async revealLog(): Promise<void> {
    await this.#notices.answer(this.#bridge.call('app:reveal-log'));
  }
}
