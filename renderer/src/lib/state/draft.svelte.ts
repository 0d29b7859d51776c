import { SvelteSet } from 'svelte/reactivity';
import type { Bridge } from '../bridge/bridge.ts';
import {
  type AttachmentId,
  type AttachmentView,
  type DraftMode,
  draftStepWords,
  type DraftView,
  type Dropped,
  type InputKind,
  LIMITS,
  limitWords,
  type RecipeId,
  type Result,
  type RunId,
  type StartedView,
  textThing,
} from '../contract.ts';
import { partsOf } from './drop-parts.ts';
import type { Toasts } from './toasts.svelte.ts';

/** Typing is sent to main when it pauses this long. Milliseconds. */
const PAUSE = 300;

/** What is written by hand: it is ahead of main, by one pause in typing. */
type Written = 'message' | 'data';

/** What was dropped and not yet run. Main keeps it. */
export class DraftState {
  view = $state.raw<DraftView>({
    attachments: [],
    recipeId: null,
    message: '',
    data: '',
    mode: 'together',
    undoable: null,
    redoable: null,
  });
  message = $state('');
  data = $state('');
  /** Run was pressed and not answered yet. */
  starting = $state(false);
  /** Pictures that are being made into PNGs. */
  readonly converting = new SvelteSet<AttachmentId>();
  readonly #bridge: Bridge;
  readonly #toasts: Toasts;
  readonly #ahead = new SvelteSet<Written>();
  /** The last change that was said, or was there before this page. */
  #newestStep = 0;
  /** The toast that offers to undo it. */
  #offered: { readonly step: number; readonly toast: number } | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(bridge: Bridge, toasts: Toasts) {
    this.#bridge = bridge;
    this.#toasts = toasts;
  }

  /** As `apply`, for the first time: what can be undone from before is not said. */
  begin(view: DraftView): void {
    this.#newestStep = Math.max(view.undoable?.step ?? 0, view.redoable ?? 0);
    this.apply(view);
  }

  /** Takes main's word, except for what is being typed. */
  apply(view: DraftView): void {
    this.view = view;
    this.#tellSteps(view);
    if (!this.#ahead.has('message')) this.message = view.message;
    if (!this.#ahead.has('data')) this.data = view.data;
  }

  write(field: Written, text: string): void {
    this[field] = text;
    this.#ahead.add(field);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.flush(), PAUSE);
  }

  /** What was written so far is main's now: the field was left, or the window. */
  async flush(): Promise<void> {
    clearTimeout(this.#timer);
    if (this.#ahead.size === 0) return;
    const tooLong = [...this.#ahead].find((field) => this[field].length > LIMITS.text);
    if (tooLong !== undefined) {
      this.#offerFile(tooLong);
      return;
    }
    const edit = Object.fromEntries([...this.#ahead].map((field) => [field, this[field]]));
    const view = await this.#toasts.answer(this.#bridge.call('draft:edit', edit));
    if (view === undefined) return;
    for (const field of [...this.#ahead]) if (this[field] === view[field]) this.#ahead.delete(field);
    this.apply(view);
  }

  /** What is too long to be written here goes as a file. */
  #offerFile(field: Written): void {
    const [title, detail] = limitWords('text');
    const run = (): void => {
      void this.add({ paths: [], ...textThing(this[field], field === 'message' ? 'Message' : 'Data') });
      this.write(field, '');
    };
    this.#toasts.show(title, { tone: 'problem', detail, action: { label: 'Add as a file', run } });
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

  async add(things: Dropped): Promise<void> {
    // A drop is of any size, a call is not.
    for (const part of partsOf(things)) if (!(await this.#take(this.#bridge.call('draft:add', part)))) return;
  }

  async pickFiles(): Promise<void> {
    await this.#take(this.#bridge.call('draft:pick-files'));
  }

  async pickFolder(): Promise<void> {
    await this.#take(this.#bridge.call('draft:pick-folder'));
  }

  async paste(): Promise<void> {
    await this.#take(this.#bridge.call('draft:paste'));
  }

  async openFolder(attachmentId: AttachmentId): Promise<void> {
    await this.#take(this.#bridge.call('draft:open-folder', { attachmentId }));
  }

  /** Looks once more at a file whose drive did not answer. */
  async lookAgain(attachmentId: AttachmentId): Promise<void> {
    await this.#take(this.#bridge.call('draft:look-again', { attachmentId }));
  }

  /** Sends a thing under this argument wherever the recipe takes it; null: as the recipe decides. */
  async sendAs(attachmentId: AttachmentId, sendAs: InputKind | null): Promise<void> {
    await this.#take(this.#bridge.call('draft:send-as', { attachmentId, sendAs }));
  }

  /** Makes a PNG of a picture that not every recipe can open. */
  async convert(attachmentId: AttachmentId): Promise<void> {
    const attachment = this.view.attachments.find(({ id }) => id === attachmentId);
    if (attachment === undefined || this.converting.has(attachmentId)) return;
    this.converting.add(attachmentId);
    await this.#convert(attachment);
    this.converting.delete(attachmentId);
  }

  /** Puts the picture that a PNG was made of back in its place. */
  async useOriginal(attachmentId: AttachmentId): Promise<void> {
    await this.#take(this.#bridge.call('draft:use-original', { attachmentId }));
  }

  async #convert({ id: attachmentId, name, mime }: AttachmentView): Promise<void> {
    const picture = await this.#toasts.answer(this.#bridge.call('draft:picture', { attachmentId }));
    if (picture === undefined) return;
    const { toPng } = await import('../to-png.ts');
    const drawn = await toPng(picture, mime);
    if (drawn !== null) await this.#take(this.#bridge.call('draft:convert', { attachmentId, ...drawn }));
    else {
      this.#toasts.show(`${name} could not be opened here.`, {
        tone: 'problem',
        detail: 'Save it as PNG with another program, then add that file.',
      });
    }
  }

  /** Gives an attachment another place among the others, counted from 0. */
  async move(attachmentId: AttachmentId, to: number): Promise<void> {
    const moved = this.view.attachments.find(({ id }) => id === attachmentId);
    if (moved === undefined) return;
    const attachments = this.view.attachments.filter((each) => each !== moved).toSpliced(to, 0, moved);
    this.view = { ...this.view, attachments };
    await this.#take(this.#bridge.call('draft:move', { attachmentId, to }));
  }

  async remove(attachmentId: AttachmentId): Promise<void> {
    await this.#take(this.#bridge.call('draft:remove', { attachmentId }));
  }

  async clear(): Promise<void> {
    await this.#settleWritten();
    await this.#take(this.#bridge.call('draft:clear'));
  }

  /** Puts an earlier run's recipe, files and message back on the table. */
  async useAgain(runId: RunId): Promise<boolean> {
    await this.#settleWritten();
    return this.#take(this.#bridge.call('draft:from-run', { runId }));
  }

  /** Brings back what was there before a change; null: before the last one. */
  async undo(step: number | null): Promise<void> {
    await this.#settleWritten();
    await this.#take(this.#bridge.call('draft:undo', { step }));
  }

  async redo(): Promise<void> {
    await this.#settleWritten();
    await this.#take(this.#bridge.call('draft:redo'));
  }

  /** Runs the draft. A second press before the answer does nothing. */
  async start(): Promise<StartedView | undefined> {
    if (this.starting) return undefined;
    this.starting = true;
    await this.flush();
    const started = this.#ahead.size > 0 ? undefined : await this.#toasts.answer(this.#bridge.call('runs:start'));
    this.starting = false;
    return started;
  }

  /** Main has what was written before something takes its place, so that an undo brings it back. */
  async #settleWritten(): Promise<void> {
    await this.flush();
    this.#ahead.clear();
  }

  /** Says a change that took something away, with the way back. */
  #tellSteps({ undoable, redoable }: DraftView): void {
    const offered = this.#offered;
    if (offered !== null && offered.step !== undoable?.step && offered.step !== redoable) {
      this.#toasts.dismiss(offered.toast);
      this.#offered = null;
    }
    const newest = Math.max(undoable?.step ?? 0, redoable ?? 0);
    if (newest <= this.#newestStep) return;
    this.#newestStep = newest;
    const isUndone = newest === redoable;
    const words = isUndone ? 'It is all here again' : undoable === null ? null : draftStepWords(undoable);
    if (words === null) return;
    const action = isUndone
      ? { label: 'Redo', run: () => void this.redo() }
      : { label: 'Undo', run: () => void this.undo(newest) };
    this.#offered = { step: newest, toast: this.#toasts.show(words, { action }) };
  }

  async #take(asked: Promise<Result<DraftView>>): Promise<boolean> {
    const view = await this.#toasts.answer(asked);
    if (view !== undefined) this.apply(view);
    return view !== undefined;
  }
}
