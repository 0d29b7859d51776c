import type { Bridge } from '../bridge/bridge.ts';
import { countWords, middleTruncate } from '../contract.ts';
import type { AttachmentId, DraftMode, DraftView, RecipeId, Result, RunId, RunView } from '../contract.ts';
import type { Notices } from './notices.svelte.ts';

/** Typing is sent to main when it pauses this long. Milliseconds. */
const PAUSE = 300;

/** What was dropped and not yet run. Main keeps it; only the message is ahead of main, by one pause in typing. */
export class DraftState {
  view = $state.raw<DraftView>({ attachments: [], recipeId: null, message: '', mode: 'together' });
  message = $state('');
  /** Run was pressed and not answered yet. */
  starting = $state(false);
  readonly #bridge: Bridge;
  readonly #notices: Notices;
  #messageIsAhead = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(bridge: Bridge, notices: Notices) {
    this.#bridge = bridge;
    this.#notices = notices;
  }

  /** Takes main's word, except for a message that is being typed. */
  apply(view: DraftView): void {
    this.view = view;
    if (!this.#messageIsAhead) this.message = view.message;
  }

  write(message: string): void {
    this.message = message;
    this.#messageIsAhead = true;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#sendMessage(), PAUSE);
  }

  async #sendMessage(): Promise<void> {
    clearTimeout(this.#timer);
    if (!this.#messageIsAhead) return;
    const message = this.message;
    const view = await this.#notices.answer(this.#bridge.call('draft:edit', { message }));
    if (view === undefined) return;
    if (this.message === message) this.#messageIsAhead = false;
    this.apply(view);
  }

  async choose(recipeId: RecipeId): Promise<void> {
    if (this.view.recipeId === recipeId) return;
    this.view = { ...this.view, recipeId };
    await this.#take(this.#bridge.call('draft:edit', { recipeId }));
  }

  /** All in one run, or a run for each. */
  async setMode(mode: DraftMode): Promise<void> {
    this.view = { ...this.view, mode };
    await this.#take(this.#bridge.call('draft:edit', { mode }));
  }

  /** Files that are not on disk (a picture dragged out of a web page, say) cannot be sent, and are named. */
  async addFiles(files: readonly File[]): Promise<void> {
    const paths = files.map((file) => this.#bridge.pathOf(file));
    const unsaved = files.filter((_, index) => paths[index] === '').map(({ name }) => name);
    const onDisk = paths.filter((path) => path !== '');
    if (unsaved.length > 0) {
      const [first = 'It'] = unsaved;
      const names = unsaved.length === 1 ? middleTruncate(first, 40) : countWords(unsaved.length, 'thing');
      this.#notices.show(`${names} ${unsaved.length === 1 ? 'is' : 'are'} not on this computer yet.`, {
        tone: 'problem',
        detail: 'Save it first, then drop the file.',
      });
    }
    if (onDisk.length > 0) await this.#take(this.#bridge.call('draft:add-paths', { paths: onDisk }));
  }

  async addText(text: string): Promise<void> {
    await this.#take(this.#bridge.call('draft:add-text', { text }));
  }

  async pickFiles(): Promise<void> {
    await this.#take(this.#bridge.call('draft:pick-files'));
  }

  async paste(): Promise<void> {
    await this.#take(this.#bridge.call('draft:paste'));
  }

  async remove(attachmentId: AttachmentId): Promise<void> {
    await this.#take(this.#bridge.call('draft:remove', { attachmentId }));
  }

  async clear(): Promise<void> {
    clearTimeout(this.#timer);
    this.#messageIsAhead = false;
    await this.#take(this.#bridge.call('draft:clear'));
  }

  /** Puts an earlier run's recipe, files and message back on the table. */
  async useAgain(runId: RunId): Promise<boolean> {
    clearTimeout(this.#timer);
    this.#messageIsAhead = false;
    return this.#take(this.#bridge.call('draft:from-run', { runId }));
  }

  /** Runs the draft. A second press before the answer does nothing. */
  async start(): Promise<readonly RunView[] | undefined> {
    if (this.starting) return undefined;
    this.starting = true;
    await this.#sendMessage();
    const runs = this.#messageIsAhead ? undefined : await this.#notices.answer(this.#bridge.call('runs:start'));
    this.starting = false;
    return runs;
  }

  async #take(asked: Promise<Result<DraftView>>): Promise<boolean> {
    const view = await this.#notices.answer(asked);
    if (view !== undefined) this.apply(view);
    return view !== undefined;
  }
}
