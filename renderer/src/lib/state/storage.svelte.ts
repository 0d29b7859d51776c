import type { Bridge } from '../bridge/bridge.ts';
import { countWords, type OldRunsView, type StorageView } from '../contract.ts';
import type { Toasts } from './toasts.svelte.ts';

/** What the program stores on the disk, and how the user removes it. */
export class StorageState {
  /** null until it is loaded. */
  view = $state.raw<StorageView | null>(null);
  readonly #bridge: Bridge;
  readonly #toasts: Toasts;

  constructor(bridge: Bridge, toasts: Toasts) {
    this.#bridge = bridge;
    this.#toasts = toasts;
  }

  async load(): Promise<void> {
    this.view = (await this.#toasts.answer(this.#bridge.call('storage:view'))) ?? this.view;
  }

  /** What `removeOld` would remove. `days` is the least age; null for any age. */
  async old(days: number | null): Promise<OldRunsView | undefined> {
    return this.#toasts.answer(this.#bridge.call('storage:old-runs', { days }));
  }

  /** Removes ended runs of that age. A toast offers to undo it for a while. */
  async removeOld(days: number | null): Promise<void> {
    const removed = await this.#toasts.answer(this.#bridge.call('storage:remove-old-runs', { days }));
    if (removed === undefined) return;
    this.#toasts.show(`${countWords(removed.runIds.length, 'run')} removed`, {
      action: { label: 'Undo', run: () => void this.#restore(removed.runIds) },
      for: Math.max(0, removed.until - Date.now()),
    });
    await this.load();
  }

  /** Removes all ended runs, without a way back. */
  async clearHistory(): Promise<void> {
    const cleared = await this.#toasts.answer(this.#bridge.call('storage:clear-history'));
    if (cleared === undefined) return;
    this.#toasts.show(`${countWords(cleared.runs, 'run')} deleted`, { tone: 'good' });
    await this.load();
  }

  async #restore(runIds: readonly string[]): Promise<void> {
    // The main process sends an event for each restored run.
    await this.#toasts.answer(this.#bridge.call('runs:restore', { runIds: [...runIds] }));
    await this.load();
  }
}
