import type { Bridge } from '../bridge/bridge.ts';
import { countWords } from '../contract.ts';
import type { ErrorView, PreviewView, Result, ResultView, RunId } from '../contract.ts';
import type { Notices } from './notices.svelte.ts';

/** One run's result, while it is looked at. */
export class ResultState {
  view = $state.raw<ResultView | null>(null);
  problem = $state.raw<ErrorView | null>(null);
  /** A save in progress: a second press does nothing. */
  saving = $state(false);
  readonly runId: RunId;
  /** Counts what was asked, so that a late answer does not undo a newer one. */
  #loads = 0;
  readonly #bridge: Bridge;
  readonly #notices: Notices;

  constructor(runId: RunId, bridge: Bridge, notices: Notices) {
    this.runId = runId;
    this.#bridge = bridge;
    this.#notices = notices;
  }

  async load(): Promise<void> {
    this.#loads += 1;
    const asked = this.#loads;
    const result = await this.#bridge.call('results:view', { runId: this.runId });
    if (asked !== this.#loads) return;
    this.problem = result.ok ? null : result.error;
    if (result.ok) this.view = result.value;
  }

  /** The beginning of a text file. */
  preview(position: number): Promise<Result<PreviewView>> {
    return this.#bridge.call('results:preview', { runId: this.runId, position });
  }

  /** All of a PDF; null where it is none, or too large. */
  bytes(position: number): Promise<Result<Uint8Array<ArrayBuffer> | null>> {
    return this.#bridge.call('results:bytes', { runId: this.runId, position });
  }

  async save(position: number): Promise<void> {
    if (this.saving) return;
    this.saving = true;
    const saved = await this.#notices.answer(this.#bridge.call('results:save', { runId: this.runId, position }));
    this.saving = false;
    if (saved?.savedAs != null) this.#notices.show(`Saved as ${saved.savedAs}`, { tone: 'good' });
  }

  async saveAll(): Promise<void> {
    if (this.saving) return;
    this.saving = true;
    const saved = await this.#notices.answer(this.#bridge.call('results:save-all', { runId: this.runId }));
    this.saving = false;
    if (saved?.folder == null) return;
    this.#notices.show(`Saved ${countWords(saved.files, 'file')} in ${saved.folder}`, { tone: 'good' });
  }

  async copyText(part: 'text' | 'object' | 'message', position: number): Promise<void> {
    const request = { runId: this.runId, part, position };
    const copied = await this.#notices.answer(this.#bridge.call('results:copy-text', request));
    if (copied !== undefined) this.#notices.show('Copied', { tone: 'good' });
  }

  /** `null` shows the folder of all files. */
  async reveal(position: number | null): Promise<void> {
    await this.#notices.answer(this.#bridge.call('results:reveal', { runId: this.runId, position }));
  }
}
