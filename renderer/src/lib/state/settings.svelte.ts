import { MediaQuery } from 'svelte/reactivity';
import type { Bridge } from '../bridge/bridge.ts';
import type { AboutView, ErrorView, SettingsView, SystemView, UnreadableView } from '../contract.ts';
import { USER_DEFAULTS } from '../contract.ts';
import type { Toasts } from './toasts.svelte.ts';

/** Without the keys for the window, which can fail because another program uses them (`takeShortcut`). */
type SettingsChange = Partial<Omit<SettingsView, 'shortcut'>>;

/** The user's settings and facts about the program. The main process stores them; a change applies at once. */
export class SettingsState {
  /** `guideDone` starts as true, so that the guide does not flash before the main process answers. */
  view = $state.raw<SettingsView>({ ...USER_DEFAULTS, guideDone: true });
  about = $state.raw<AboutView | null>(null);
  /** Settings that the system stores; null until they are loaded. */
  system = $state.raw<SystemView | null>(null);
  readonly #bridge: Bridge;
  readonly #toasts: Toasts;
  /** The toast of the last change; a further change of the same setting replaces it. */
  #shownChange: { readonly what: string; readonly toast: number } | null = null;
  readonly #systemIsDark = new MediaQuery('(prefers-color-scheme: dark)');
  /** The theme that is shown; `system` is resolved. */
  readonly paint = $derived.by((): 'light' | 'dark' => {
    if (this.view.theme !== 'system') return this.view.theme;
    return this.#systemIsDark.current ? 'dark' : 'light';
  });

  constructor(bridge: Bridge, toasts: Toasts) {
    this.#bridge = bridge;
    this.#toasts = toasts;
  }

  /** Changes settings without a toast. On failure it shows the error, restores the settings and returns false. */
  async change(change: SettingsChange): Promise<boolean> {
    const before = this.view;
    this.view = { ...before, ...change };
    const now = await this.#toasts.answer(this.#bridge.call('settings:change', change));
    this.view = now ?? before;
    return now !== undefined;
  }

  /** Changes settings and shows a toast with Undo. `what` is the name of the setting on the screen. */
  async set(what: string, change: SettingsChange): Promise<void> {
    const before: SettingsChange = Object.fromEntries(
      Object.entries(this.view).filter(([name]) => Object.hasOwn(change, name)),
    );
    if (await this.change(change)) this.showChange(what, () => this.change(before));
  }

  /** Shows a toast whose Undo calls `undo`. Further changes of the same setting replace it. */
  showChange(what: string, undo: () => Promise<unknown>): void {
    if (this.#shownChange?.what === what) this.#toasts.dismiss(this.#shownChange.toast);
    const toast = this.#toasts.show(`${what} changed`, { action: { label: 'Undo', run: () => void undo() } });
    this.#shownChange = { what, toast };
  }

  /** Applies the number of damaged records. */
  applyUnreadable(unreadable: UnreadableView): void {
    if (this.about !== null) this.about = { ...this.about, unreadable };
  }

  /** Loads facts that may have changed since the start, such as the state of the keychain. */
  async refreshAbout(): Promise<void> {
    this.about = (await this.#toasts.answer(this.#bridge.call('app:about'))) ?? this.about;
  }

  async refreshSystem(): Promise<void> {
    this.system = (await this.#toasts.answer(this.#bridge.call('settings:system'))) ?? this.system;
  }

  async startAtLogin(on: boolean): Promise<void> {
    const now = await this.#toasts.answer(this.#bridge.call('settings:start-at-login', { on }));
    if (now === undefined) return;
    this.system = now;
    this.showChange('Start at login', () => this.startAtLogin(!on));
  }

  /** Sets or removes (null) the keys that open the window from anywhere. Returns the error, or null. */
  async takeShortcut(accelerator: string | null): Promise<ErrorView | null> {
    const before = this.view.shortcut;
    const result = await this.#bridge.call('settings:shortcut', { accelerator });
    if (!result.ok) return result.error;
    this.system = result.value;
    this.view = { ...this.view, shortcut: accelerator };
    this.showChange('Keys for the window', () => this.takeShortcut(before));
    return null;
  }

  /** Ends the program. The main process asks for confirmation if runs are in progress. */
  async quit(): Promise<void> {
    await this.#toasts.answer(this.#bridge.call('app:quit'));
  }

  /** Returns whether the desktop shows notifications. */
  async testNotification(): Promise<boolean> {
    return (await this.#toasts.answer(this.#bridge.call('settings:test-notification')))?.shown === true;
  }

  async revealData(): Promise<void> {
    await this.#toasts.answer(this.#bridge.call('app:reveal-data'));
  }

  async revealLog(): Promise<void> {
    await this.#toasts.answer(this.#bridge.call('app:reveal-log'));
  }
}
