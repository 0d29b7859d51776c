import type { Bridge } from '../bridge/bridge.ts';
import { type BatchId, BATCH_WORDS, type BatchSavingView } from '../contract.ts';
import { showSaved } from './saved-toast.ts';
import type { Toasts } from './toasts.svelte.ts';

/** Saving all runs of a batch. */
export class BatchSaving {
  /** How far an export is; null: none goes on. */
  progress = $state.raw<BatchSavingView | null>(null);
  /** Whether something is being saved; a second save is ignored. */
  isSaving = $state(false);
  isStopping = $state(false);
  readonly #batchId: BatchId;
  readonly #bridge: Bridge;
  readonly #toasts: Toasts;

  constructor(batchId: BatchId, bridge: Bridge, toasts: Toasts) {
    this.#batchId = batchId;
    this.#bridge = bridge;
    this.#toasts = toasts;
  }

  /** Follows an export. The returned function ends that. */
  start(): () => void {
    return this.#bridge.on('batch:saving', (progress) => {
      // It may have begun in an earlier instance of the view.
      if (progress.batchId === this.#batchId) this.progress = progress.done < progress.of ? progress : null;
    });
  }

  async saveCsv(): Promise<void> {
    const saved = await this.#once(() =>
      this.#toasts.answer(this.#bridge.call('batches:save-csv', { batchId: this.#batchId })),
    );
    if (saved?.savedAs != null) this.#toasts.show(`Saved as ${saved.savedAs}`, { tone: 'good' });
  }

  /** Exports all runs to a new folder. */
  async exportAll(): Promise<void> {
    const saved = await this.#once(() =>
      this.#toasts.answer(this.#bridge.call('batches:export', { batchId: this.#batchId })),
    );
    const { isStopping } = this;
    this.progress = null;
    this.isStopping = false;
    if (saved === undefined) return;
    if (isStopping && saved.folder !== null) this.#toasts.show(BATCH_WORDS.exportStopped(saved.folder));
    else showSaved(this.#toasts, 'Exported', saved);
  }

  /** Ends the export after its current run. */
  async stop(): Promise<void> {
    this.isStopping = true;
    await this.#toasts.answer(this.#bridge.call('batches:stop-export', { batchId: this.#batchId }));
  }

  async #once<T>(save: () => Promise<T>): Promise<T | undefined> {
    if (this.isSaving) return undefined;
    this.isSaving = true;
    const saved = await save();
    this.isSaving = false;
    return saved;
  }
}
