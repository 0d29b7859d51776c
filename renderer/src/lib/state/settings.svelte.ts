import { MediaQuery } from 'svelte/reactivity';
import type { Bridge } from '../bridge/bridge.ts';
import type { AboutView, ErrorView, SettingsView, SystemView, UnreadableView } from '../contract.ts';
import { USER_DEFAULTS } from '../contract.ts';
import type { Toasts } from './toasts.svelte.ts';

/** The keys for the window are not among them: another program may have those (`takeShortcut`). */
type SettingsChange = Partial<Omit<SettingsView, 'shortcut'>>;

/** What the user may set, and what the program is. Main keeps it; a change applies at once. */
export class SettingsState {
  /** The guide counts as done until main answers, so that it does not flash at the start. */
  view = $state.raw<SettingsView>({ ...USER_DEFAULTS, guideDone: true });
  about = $state.raw<AboutView | null>(null);
  /** The system's side of the settings; null until it was asked. */
  system = $state.raw<SystemView | null>(null);
  readonly #bridge: Bridge;
  readonly #toasts: Toasts;
  /** The toast of the last change, which a further change of the same setting takes the place of. */
  #told: { readonly what: string; readonly toast: number } | null = null;
  readonly #systemIsDark = new MediaQuery('(prefers-color-scheme: dark)');
  /** The theme to paint, after the system's wish was heard. */
  readonly paint = $derived.by((): 'light' | 'dark' => {
    if (this.view.theme !== 'system') return this.view.theme;
    return this.#systemIsDark.current ? 'dark' : 'light';
  });

  constructor(bridge: Bridge, toasts: Toasts) {
    this.#bridge = bridge;
    this.#toasts = toasts;
  }

  /** Changes settings without a word; false after its problem was put on the screen, and everything is as it was. */
  async change(change: SettingsChange): Promise<boolean> {
    const before = this.view;
    this.view = { ...before, ...change };
    const now = await this.#toasts.answer(this.#bridge.call('settings:change', change));
    this.view = now ?? before;
    return now !== undefined;
  }

  /** Changes settings, says so, and offers the way back. `what` is what the screen calls them. */
  async set(what: string, change: SettingsChange): Promise<void> {
    const before: SettingsChange = Object.fromEntries(
      Object.entries(this.view).filter(([name]) => Object.hasOwn(change, name)),
    );
    if (await this.change(change)) this.tellChange(what, () => this.change(before));
  }

  /** Says that something was changed; Undo calls `undo`. The same thing changed again is told once. */
  tellChange(what: string, undo: () => Promise<unknown>): void {
    if (this.#told?.what === what) this.#toasts.dismiss(this.#told.toast);
    const toast = this.#toasts.show(`${what} changed`, { action: { label: 'Undo', run: () => void undo() } });
    this.#told = { what, toast };
  }

  /** Some records of this program turned out to be damaged. */
  applyUnreadable(unreadable: UnreadableView): void {
    if (this.about !== null) this.about = { ...this.about, unreadable };
  }

  /** Asks what may have changed since the start, the keychain above all. */
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
    this.tellChange('Start at login', () => this.startAtLogin(!on));
  }

  /** Takes keys that bring the window up from anywhere, or gives them back; why it cannot, where it cannot. */
  async takeShortcut(accelerator: string | null): Promise<ErrorView | null> {
    const before = this.view.shortcut;
    const result = await this.#bridge.call('settings:shortcut', { accelerator });
    if (!result.ok) return result.error;
    this.system = result.value;
    this.view = { ...this.view, shortcut: accelerator };
    this.tellChange('Keys for the window', () => this.takeShortcut(before));
    return null;
  }

  /** Ends the program, after a question where runs are under way. */
  async quit(): Promise<void> {
    await this.#toasts.answer(this.#bridge.call('app:quit'));
  }

  /** Whether this desktop shows notifications at all. */
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
