import { SvelteSet } from 'svelte/reactivity';
import type { Bridge } from '../bridge/bridge.ts';
import {
  type ArtifactView,
  type LinkedFiles,
  mayOpen,
  type ErrorView,
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
import { FileLinks } from '../markdown/file-links.ts';
import { showSaved } from './saved-toast.ts';
import type { Toasts } from './toasts.svelte.ts';

/** Letters of a file name in a toast. */
const LONGEST_NAME = 32;

export interface PartActions {
  readonly copy: () => Promise<void>;
  readonly save: () => Promise<void>;
  /** Adds the part to the draft. */
  readonly use: () => Promise<void>;
}

/** The result of one run in the result view. */
export class ResultState {
  view = $state.raw<ResultView | null>(null);
  problem = $state.raw<ErrorView | null>(null);
  /** Whether a save is in progress; a second one is ignored. */
  saving = $state(false);
  /** Positions of files that the user is fetching from the server. */
  readonly fetching = new SvelteSet<number>();
  readonly runId: RunId;
  /** Numbers the requests, so that answers to older ones are ignored. */
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

  /** Loads the result again. Calls during a load cause one further load. */
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

  preview(position: number, encoding: TextEncoding | null): Promise<Result<PreviewView>> {
    return this.#bridge.call('results:preview', { runId: this.runId, position, encoding });
  }

  /** The size of a picture that was not drawn; null if unknown. */
  async pictureSize(position: number): Promise<PictureSizeView | null> {
    const size = await this.#bridge.call('results:picture-size', { runId: this.runId, position });
    return size.ok ? size.value : null;
  }

  /** All bytes of a PDF; null if the file is not a PDF or too large. */
  bytes(position: number): Promise<Result<Uint8Array<ArrayBuffer> | null>> {
    return this.#bridge.call('results:bytes', { runId: this.runId, position });
  }

  /** Requests a missing file from the server again. */
  async fetch({ position, name }: Pick<ArtifactView, 'position' | 'name'>): Promise<void> {
    if (this.fetching.has(position)) return;
    this.fetching.add(position);
    const fetched = await this.#toasts.answer(this.#bridge.call('results:fetch', { runId: this.runId, position }));
    this.fetching.delete(position);
    if (fetched !== undefined) this.#toasts.show(`${middleTruncate(name, LONGEST_NAME)} is here`, { tone: 'good' });
    // Also after a failure: the server may have answered that the file is gone.
    await this.load();
  }

  async save(position: number): Promise<void> {
    if (this.saving) return;
    this.saving = true;
    const saved = await this.#toasts.answer(this.#bridge.call('results:save', { runId: this.runId, position }));
    this.saving = false;
    if (saved?.savedAs != null) this.#toasts.show(`Saved as ${saved.savedAs}`, { tone: 'good' });
  }

  /** Shows a toast about saved copies. */
  showSaved(done: 'Saved' | 'Exported', saved: SavedView): void {
    showSaved(this.#toasts, done, saved);
  }

  /** Exports the files, what was sent and the receipt to a new folder. */
  async exportRun(): Promise<void> {
    if (this.saving) return;
    this.saving = true;
    const saved = await this.#toasts.answer(this.#bridge.call('results:export', { runId: this.runId }));
    this.saving = false;
    if (saved !== undefined) this.showSaved('Exported', saved);
  }

  /** Copies a picture to the clipboard. */
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

  /** Opens a file; one whose type is not opened is saved. */
  openOrSave(position: number): Promise<void> {
    const artifact = this.view?.artifacts.find((each) => each.position === position);
    return artifact !== undefined && mayOpen(artifact) ? this.open(position) : this.save(position);
  }

  /** The files behind the links of a text of this result. */
  links(linked: LinkedFiles | undefined): FileLinks | undefined {
    if (this.view === null || linked === undefined) return undefined;
    return new FileLinks(linked, this.view.artifacts, this.view.receipt.address);
  }

  async drag(positions: readonly number[]): Promise<void> {
    await this.#toasts.answer(this.#bridge.call('results:drag', { runId: this.runId, positions: [...positions] }));
  }

  /** Adds files to the draft. Returns whether that succeeded. */
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

  /** The actions for a text, a piece of data or a chat message. `used` is called after the part was added to the draft. */
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

  /** Shows a file in the file manager; null shows the folder of all files. */
  async reveal(position: number | null): Promise<void> {
    await this.#toasts.answer(this.#bridge.call('results:reveal', { runId: this.runId, position }));
  }
}
