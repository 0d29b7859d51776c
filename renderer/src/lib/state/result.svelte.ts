import { SvelteSet } from 'svelte/reactivity';
import type { Bridge } from '../bridge/bridge.ts';
import {
  type ArtifactView,
  countWords,
  type ErrorView,
  listWords,
  middleTruncate,
  type PictureSizeView,
  type PreviewView,
  type Result,
  type ResultView,
  type RunId,
  type RunLogView,
  type SavedView,
  type SentView,
  type TextEncoding,
} from '../contract.ts';
import type { Toasts } from './toasts.svelte.ts';

/** Names in a toast: more would not be read. */
const MOST_NAMED = 3;
const LONGEST_NAME = 32;

export interface PartActions {
  readonly copy: () => Promise<void>;
  readonly save: () => Promise<void>;
  /** Puts it on the table for another recipe. */
  readonly use: () => Promise<void>;
}

/** One run's result, while it is looked at. */
export class ResultState {
  view = $state.raw<ResultView | null>(null);
  problem = $state.raw<ErrorView | null>(null);
  /** A save in progress: a second press does nothing. */
  saving = $state(false);
  /** The positions of files that are being fetched because the user asked for them. */
  readonly fetching = new SvelteSet<number>();
  readonly runId: RunId;
  /** Counts what was asked, so that a late answer does not undo a newer one. */
  #loads = 0;
  #isRefreshing = false;
  #isStale = false;
  readonly #bridge: Bridge;
  readonly #toasts: Toasts;

  constructor(runId: RunId, bridge: Bridge, toasts: Toasts) {
    this.runId = runId;
    this.#bridge = bridge;
    this.#toasts = toasts;
  }

  async load(): Promise<void> {
    this.#loads += 1;
    const asked = this.#loads;
    const result = await this.#bridge.call('results:view', { runId: this.runId });
    if (asked !== this.#loads) return;
    this.problem = result.ok ? null : result.error;
    if (result.ok) this.view = result.value;
  }

  /** There may be more to show. However often that is told, it is asked for once more when the answer is here. */
  async refresh(): Promise<void> {
    this.#isStale = true;
    if (this.#isRefreshing) return;
    this.#isRefreshing = true;
    while (this.#isStale) {
      this.#isStale = false;
      await this.load();
    }
    this.#isRefreshing = false;
  }

  /** The beginning of a text file. */
  preview(position: number, encoding: TextEncoding | null): Promise<Result<PreviewView>> {
    return this.#bridge.call('results:preview', { runId: this.runId, position, encoding });
  }

  /** How large a picture is that was not drawn; null where that is not known. */
  async pictureSize(position: number): Promise<PictureSizeView | null> {
    const size = await this.#bridge.call('results:picture-size', { runId: this.runId, position });
    return size.ok ? size.value : null;
  }

  /** All of a PDF; null where it is none, or too large. */
  bytes(position: number): Promise<Result<Uint8Array<ArrayBuffer> | null>> {
    return this.#bridge.call('results:bytes', { runId: this.runId, position });
  }

  /** Asks the server once more for a file that is not here. */
  async fetch({ position, name }: Pick<ArtifactView, 'position' | 'name'>): Promise<void> {
    if (this.fetching.has(position)) return;
    this.fetching.add(position);
    const fetched = await this.#toasts.answer(this.#bridge.call('results:fetch', { runId: this.runId, position }));
    this.fetching.delete(position);
    if (fetched !== undefined) this.#toasts.show(`${middleTruncate(name, LONGEST_NAME)} is here`, { tone: 'good' });
    // Also after a failure: the server may have said that it has the file no longer.
    await this.load();
  }

  async save(position: number): Promise<void> {
    if (this.saving) return;
    this.saving = true;
    const saved = await this.#toasts.answer(this.#bridge.call('results:save', { runId: this.runId, position }));
    this.saving = false;
    if (saved?.savedAs != null) this.#toasts.show(`Saved as ${saved.savedAs}`, { tone: 'good' });
  }

  /** Tells what became of copies. */
  tell(done: 'Saved' | 'Exported', { folder, files, failed }: SavedView): void {
    if (folder === null) return;
    if (failed.length === 0) {
      this.#toasts.show(`${done} ${countWords(files, 'file')} in ${folder}`, { tone: 'good' });
      return;
    }
    const text = `${done} ${files} of ${countWords(files + failed.length, 'file')} in ${folder}`;
    const names = failed.slice(0, MOST_NAMED).map((name) => middleTruncate(name, LONGEST_NAME));
    const others = failed.length - names.length;
    const missing = listWords(others === 0 ? names : [...names, `${others} more`]);
    this.#toasts.show(text, { tone: 'problem', detail: `Missing: ${missing}.` });
  }

  /** Into a folder of its own, with what was sent and a receipt. */
  async exportRun(): Promise<void> {
    if (this.saving) return;
    this.saving = true;
    const saved = await this.#toasts.answer(this.#bridge.call('results:export', { runId: this.runId }));
    this.saving = false;
    if (saved !== undefined) this.tell('Exported', saved);
  }

  /** A picture, to be pasted elsewhere. */
  async copyPicture(position: number): Promise<void> {
    const copied = await this.#toasts.answer(
      this.#bridge.call('results:copy-picture', { runId: this.runId, position }),
    );
    if (copied !== undefined) this.#toasts.show('Copied', { tone: 'good' });
  }

  async copyCurl(): Promise<void> {
    const copied = await this.#toasts.answer(this.#bridge.call('results:copy-curl', { runId: this.runId }));
    if (copied === undefined) return;
    this.#toasts.show('Copied as a shell script', { tone: 'good', detail: 'Set OMNITOOL_TOKEN before you run it.' });
  }

  async open(position: number): Promise<void> {
    await this.#toasts.answer(this.#bridge.call('results:open', { runId: this.runId, position }));
  }

  async drag(positions: readonly number[]): Promise<void> {
    await this.#toasts.answer(this.#bridge.call('results:drag', { runId: this.runId, positions: [...positions] }));
  }

  /** Puts files on the table for another run; whether they are there. */
  async use(positions: readonly number[]): Promise<boolean> {
    const request = { runId: this.runId, positions: [...positions] };
    return (await this.#toasts.answer(this.#bridge.call('results:use', request))) !== undefined;
  }

  async loadSent(): Promise<SentView | undefined> {
    return this.#toasts.answer(this.#bridge.call('results:sent', { runId: this.runId }));
  }

  async loadLog(): Promise<RunLogView | undefined> {
    return this.#toasts.answer(this.#bridge.call('results:log', { runId: this.runId }));
  }

  /** What can be done with a text, data or a chat message. `used` is told once it is on the table. */
  partActions(part: 'text' | 'object' | 'message', position: number, used: () => void): PartActions {
    const request = { runId: this.runId, part, position };
    return {
      copy: async () => {
        const copied = await this.#toasts.answer(this.#bridge.call('results:copy-text', request));
        if (copied !== undefined) this.#toasts.show('Copied', { tone: 'good' });
      },
      save: async () => {
        const saved = await this.#toasts.answer(this.#bridge.call('results:save-part', request));
        if (saved?.savedAs != null) this.#toasts.show(`Saved as ${saved.savedAs}`, { tone: 'good' });
      },
      use: async () => {
        if ((await this.#toasts.answer(this.#bridge.call('results:use-part', request))) !== undefined) used();
      },
    };
  }

  /** `null` shows the folder of all files. */
  async reveal(position: number | null): Promise<void> {
    await this.#toasts.answer(this.#bridge.call('results:reveal', { runId: this.runId, position }));
  }
}
