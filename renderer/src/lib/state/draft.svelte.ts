import { SvelteSet } from 'svelte/reactivity';
import type { Bridge } from '../bridge/bridge.ts';
import {
  type AttachmentId,
  type DraftMode,
  type DrawnKind,
  FORM_WORDS,
  type FormField,
  type DraftView,
  type Dropped,
  type FormValues,
  type InputKind,
  LIMITS,
  limitWords,
  type PresetId,
  type RecipeId,
  type Result,
  type RunId,
  type StartedView,
  textThing,
} from '../contract.ts';
import type { DrawnPng } from '../to-png.ts';
import { DraftStepToasts } from './draft-step-toasts.ts';
import { partsOf } from './drop-parts.ts';
import { setOf, sizeOf } from './form-fields.ts';
import type { Toasts } from './toasts.svelte.ts';

/** Milliseconds without typing after which the text is sent to the main process. */
const PAUSE = 300;

/** The fields that the user writes. The page is ahead of the main process until the next pause in typing. */
const TEXTS = ['message', 'data'] as const;
type Text = (typeof TEXTS)[number];
type Written = Text | 'values' | 'presetId';

/** The draft, which the main process stores. */
export class DraftState {
  view = $state.raw<DraftView>({
    attachments: [],
    recipeId: null,
    message: '',
    data: '',
    values: {},
    presetId: null,
    mode: 'together',
    table: null,
    undoable: null,
    redoable: null,
  });
  message = $state('');
  data = $state('');
  /** What the form of the recipe was filled in with. */
  values = $state.raw<FormValues>({});
  /** The preset from which they came, also when they were changed since. */
  presetId = $state<PresetId | null>(null);
  /** Whether a start waits for its answer. */
  starting = $state(false);
  /** Pictures that are being converted to PNG. */
  readonly converting = new SvelteSet<AttachmentId>();
  readonly #bridge: Bridge;
  readonly #toasts: Toasts;
  readonly #ahead = new SvelteSet<Written>();
  readonly #steps: DraftStepToasts;
  /** One after the other: the files of two drops must not be taken for those of one. */
  #filling: Promise<unknown> = Promise.resolve();
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(bridge: Bridge, toasts: Toasts) {
    this.#bridge = bridge;
    this.#toasts = toasts;
    this.#steps = new DraftStepToasts(toasts, { undo: (step) => void this.undo(step), redo: () => void this.redo() });
  }

  /** Applies the first view. Steps from before this page are not announced. */
  begin(view: DraftView): void {
    this.#steps.skip(view);
    this.apply(view);
  }

  /** Applies a view of the main process, except for fields that are ahead of it. */
  apply(view: DraftView): void {
    if (view.recipeId !== this.view.recipeId) this.#dropForm();
    this.view = view;
    this.#steps.announce(view);
    if (!this.#ahead.has('message')) this.message = view.message;
    if (!this.#ahead.has('data')) this.data = view.data;
    if (!this.#ahead.has('values')) this.values = view.values;
    if (!this.#ahead.has('presetId')) this.presetId = view.presetId;
  }

  write(field: Text, text: string): void {
    this[field] = text;
    this.#writeLater(field);
  }

  /** Replaces all values of the form. */
  fillIn(values: FormValues): void {
    this.values = values;
    this.#writeLater('values');
  }

  /** Notes the preset from which the values come. */
  setPreset(presetId: PresetId | null): void {
    if (presetId === this.presetId) return;
    this.presetId = presetId;
    this.#writeLater('presetId');
  }

  /** Chooses the recipe of a preset and fills in its values. */
  async usePreset(presetId: PresetId): Promise<void> {
    await this.#sendWritten();
    await this.#take(this.#bridge.call('draft:use-preset', { presetId }));
  }

  /** Takes the form as the main process has it. */
  forgetWritten(): void {
    this.#dropForm();
    this.apply(this.view);
  }

  /** The values of one form mean nothing to another. */
  #dropForm(): void {
    this.#ahead.delete('values');
    this.#ahead.delete('presetId');
  }

  #writeLater(field: Written): void {
    this.#ahead.add(field);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.flush(), PAUSE);
  }

  /** Sends what was written now, e.g. because the field or the window lost the focus. */
  async flush(): Promise<void> {
    clearTimeout(this.#timer);
    if (this.#ahead.size === 0) return;
    const tooLong = TEXTS.find((field) => this.#ahead.has(field) && this[field].length > LIMITS.text);
    if (tooLong !== undefined) {
      this.#offerFile(tooLong);
      return;
    }
    if (this.#ahead.has('values') && sizeOf(this.values) > LIMITS.text) {
      this.#toasts.show(FORM_WORDS.tooLarge, { tone: 'problem', detail: FORM_WORDS.tooLargeNext });
      return;
    }
    const { message, data, values, presetId } = this;
    const written = { message, data, values, presetId };
    const isAhead = (field: Written): boolean => this.#ahead.has(field);
    const view = await this.#toasts.answer(
      this.#bridge.call('draft:edit', {
        ...(isAhead('message') && { message }),
        ...(isAhead('data') && { data }),
        ...(isAhead('values') && { values }),
        ...(isAhead('presetId') && { presetId }),
      }),
    );
    if (view === undefined) return;
    for (const field of [...this.#ahead]) if (this[field] === written[field]) this.#ahead.delete(field);
    this.apply(view);
  }

  /** A text over the limit can be added as a file. */
  #offerFile(field: Text): void {
    const [title, detail] = limitWords('text');
    const run = (): void => {
      void this.add({ paths: [], ...textThing(this[field], field === 'message' ? 'Message' : 'Data') });
      this.write(field, '');
    };
    this.#toasts.show(title, { tone: 'problem', detail, action: { label: 'Add as a file', run } });
  }

  async choose(recipeId: RecipeId): Promise<void> {
    if (this.view.recipeId === recipeId) return;
    this.#dropForm();
    this.values = {};
    this.presetId = null;
    this.view = { ...this.view, recipeId, values: {}, presetId: null };
    await this.#take(this.#bridge.call('draft:edit', { recipeId }));
  }

  async setMode(mode: DraftMode): Promise<void> {
    this.view = { ...this.view, mode };
    await this.#take(this.#bridge.call('draft:edit', { mode }));
  }

  async add(things: Dropped): Promise<void> {
    // A drop can exceed the limits of one call.
    for (const part of partsOf(things)) if (!(await this.#take(this.#bridge.call('draft:add', part)))) return;
  }

  async pickFiles(): Promise<void> {
    await this.#take(this.#bridge.call('draft:pick-files'));
  }

  async pickFolder(): Promise<void> {
    await this.#take(this.#bridge.call('draft:pick-folder'));
  }

  /**
   * Lets what `add` adds fill a field of the form: its first file, if the field takes one only. Returns whether it added
   * something.
   */
  fillField(field: FormField, add: () => Promise<void>): Promise<boolean> {
    const turn = this.#filling.then(() => this.#fill(field, add));
    this.#filling = turn;
    return turn;
  }

  async #fill({ key, control }: FormField, add: () => Promise<void>): Promise<boolean> {
    const before = setOf(this.view.attachments.map(({ id }) => id));
    await add();
    const added = this.view.attachments.filter(({ id }) => !before.has(id));
    const isMany = control.kind === 'files' && control.isMany;
    for (const { id } of isMany ? added : added.slice(0, 1)) await this.moveToField(id, key);
    return added.length > 0;
  }

  async moveToField(attachmentId: AttachmentId, field: string | null): Promise<void> {
    await this.#take(this.#bridge.call('draft:fill-field', { attachmentId, field }));
  }

  /** Lets a file that fills one field of the form fill another one too. */
  async fillAlso(attachmentId: AttachmentId, from: string, to: string): Promise<void> {
    await this.#take(this.#bridge.call('draft:fill-also', { attachmentId, from, to }));
  }

  async paste(): Promise<void> {
    await this.#take(this.#bridge.call('draft:paste'));
  }

  async openFolder(attachmentId: AttachmentId): Promise<void> {
    await this.#take(this.#bridge.call('draft:open-folder', { attachmentId }));
  }

  /** Checks a file again whose drive did not answer. */
  async lookAgain(attachmentId: AttachmentId): Promise<void> {
    await this.#take(this.#bridge.call('draft:look-again', { attachmentId }));
  }

  /** Chooses the argument under which an attachment is sent if the recipe takes it; null: the default of the recipe. */
  async sendAs(attachmentId: AttachmentId, sendAs: InputKind | null): Promise<void> {
    await this.#take(this.#bridge.call('draft:send-as', { attachmentId, sendAs }));
  }

  /** Converts a picture that not every recipe can open to PNG. */
  async convert(attachmentId: AttachmentId): Promise<void> {
    const attachment = this.view.attachments.find(({ id }) => id === attachmentId);
    if (attachment === undefined || this.converting.has(attachmentId)) return;
    this.converting.add(attachmentId);
    const { convertToPng } = await import('./convert-picture.ts');
    const drawn = await convertToPng(attachment, this.#bridge, this.#toasts);
    if (drawn !== null) await this.#take(this.#bridge.call('draft:convert', { attachmentId, ...drawn }));
    this.converting.delete(attachmentId);
  }

  /** Replaces a picture by a PNG of what was drawn on it. */
  async draw(attachmentId: AttachmentId, png: DrawnPng, drawn: DrawnKind): Promise<void> {
    await this.#take(this.#bridge.call('draft:convert', { attachmentId, ...png, drawn }));
  }

  /** Replaces a PNG by the picture that it was made from. */
  async useOriginal(attachmentId: AttachmentId): Promise<void> {
    await this.#take(this.#bridge.call('draft:use-original', { attachmentId }));
  }

  /** Moves an attachment to the index `to`. */
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
    await this.#sendWritten();
    await this.#take(this.#bridge.call('draft:clear'));
  }

  /** Fills the draft with an earlier run's recipe, files and message. */
  async useAgain(runId: RunId): Promise<boolean> {
    await this.#sendWritten();
    return this.#take(this.#bridge.call('draft:from-run', { runId }));
  }

  /** Undoes the change with this number; null: the last change. */
  async undo(step: number | null): Promise<void> {
    await this.#sendWritten();
    await this.#take(this.#bridge.call('draft:undo', { step }));
  }

  async redo(): Promise<void> {
    await this.#sendWritten();
    await this.#take(this.#bridge.call('draft:redo'));
  }

  /** Runs the draft; a second call before the answer does nothing. */
  async start(): Promise<StartedView | undefined> {
    if (this.starting) return undefined;
    this.starting = true;
    await this.flush();
    const started = this.#ahead.size > 0 ? undefined : await this.#toasts.answer(this.#bridge.call('runs:start'));
    this.starting = false;
    return started;
  }

  /** Sends what was written before the draft is replaced, so that an undo restores it. */
  async #sendWritten(): Promise<void> {
    await this.flush();
    this.#ahead.clear();
  }

  async #take(asked: Promise<Result<DraftView>>): Promise<boolean> {
    const view = await this.#toasts.answer(asked);
    if (view !== undefined) this.apply(view);
    return view !== undefined;
  }
}
