import { randomUUID } from 'node:crypto';
import { resolve } from 'node:path';
import type { Dropped } from '../../contract/calls/dropped.ts';
import type { AttachmentId, DraftChange, DraftView } from '../../contract/views.ts';
import { Listeners } from '../base/emitter.ts';
import type { Attachment } from '../model/attachment.ts';
import { textAttachment, toView } from '../model/attachments.ts';
import { type DraftContents, type DraftEdit, edited, EMPTY, pathsIn } from './draft-contents.ts';
import { tableSummary } from '../model/draft-table.ts';
import { DraftSteps } from './draft-steps.ts';
import { mergeArrivals } from './draft-places.ts';
import { type DraftItem, filesIn, inspectItems, keptFile, pendingOf, uninspectedIn } from './draft-items.ts';
import { type DrawnPng, originalOf, pngOf } from './draft-pictures.ts';
import { mapLimit } from '../base/map-limit.ts';
import type { PastedFiles } from './pasted-files.ts';

/** What was dropped and is not run yet. Keeps the order of the drops and holds each file once. */
export class Draft {
  readonly #files: PastedFiles;
  #contents: DraftContents = { ...EMPTY, recipeId: null, values: {}, presetId: null, mode: 'together' };
  /** Adds one drop after the other, so that a slow disk cannot change their order. */
  #adding: Promise<unknown> = Promise.resolve();
  /** Files that are shown already but still being inspected. */
  #looking: Promise<unknown> = Promise.resolve();
  /** Counts how often the draft was cleared, so that an earlier drop does not appear afterwards. */
  #clearings = 0;
  readonly #changes = new Listeners<DraftView>();
  readonly #steps = new DraftSteps();

  constructor(files: PastedFiles) {
    this.#files = files;
  }

  view(): DraftView {
    const { attachments, table, ...rest } = this.#contents;
    const { undoable, redoable } = this.#steps;
    return { ...rest, attachments: attachments.map(toView), table: tableSummary(table), undoable, redoable };
  }

  contents(): DraftContents {
    return this.#contents;
  }

  /** The paths of all files of the draft and of the drafts that undo can restore. */
  paths(): ReadonlySet<string> {
    return pathsIn([this.#contents, ...this.#steps.states()]);
  }

  attachment(id: AttachmentId): Attachment | null {
    return this.#contents.attachments.find((attachment) => attachment.id === id) ?? null;
  }

  onChange(listener: (view: DraftView) => void): () => void {
    return this.#changes.add(listener);
  }

  /**
   * Adds a drop. Resolves once everything is inspected. A known file is inspected again and keeps its place. A text of
   * one web address becomes a link; blank text is ignored.
   *
   * @throws AppError `disk-full`, `disk-refused` when something without a path could not be stored
   */
  add({ paths = [], unsaved = [], texts = [] }: Partial<Dropped>): Promise<DraftView> {
    return this.#add(async (isCurrent) => {
      const kept = await mapLimit(unsaved, 1, (file) => keptFile(this.#files, file));
      const written = texts.filter((text) => text.trim() !== '').map((text) => textAttachment(randomUUID(), text));
      return this.#look(
        paths.map((path) => ({ path })),
        [...kept, ...written],
        isCurrent,
      );
    });
  }

  /** Adds inputs in their order. Inspects the files again because they may have changed. */
  addItems(items: readonly DraftItem[]): Promise<DraftView> {
    return this.#add((isCurrent) => this.#look(items, [], isCurrent));
  }

  /** Adds attachments that were inspected already. */
  adopt(attachments: readonly Attachment[]): Promise<DraftView> {
    return this.#add((isCurrent) => {
      if (isCurrent()) this.#put(attachments);
      return Promise.resolve(DONE);
    });
  }

  /** Replaces a folder by the files in it. A folder that can no longer be read shows why. */
  openFolder(id: AttachmentId): Promise<DraftView> {
    return this.#add(async (isCurrent) => {
      const folder = this.attachment(id);
      if (folder?.problem !== 'folder' || folder.path === null) return DONE;
      const { path } = folder;
      const found = await filesIn(path);
      if (found === null) return this.#look([{ path }], [], isCurrent);
      this.#replaceOne(id, found);
      return DONE;
    });
  }

  /** Inspects a file again, as when it is dropped again. */
  async lookAgain(id: AttachmentId): Promise<DraftView> {
    const path = this.attachment(id)?.path ?? null;
    return path === null ? this.view() : this.add({ paths: [path] });
  }

  /** Decides under which argument an attachment is sent, or which field of the form it fills; null: the recipe decides. */
  place(id: AttachmentId, change: Partial<Pick<Attachment, 'sendAs' | 'field'>>): DraftView {
    const { attachments } = this.#contents;
    return this.#change({ attachments: attachments.map((each) => (each.id === id ? { ...each, ...change } : each)) });
  }

  /** Lets a file that fills the field `from` fill the field `to` too. */
  fillAlso(id: AttachmentId, from: string, to: string): DraftView {
    const known = this.attachment(id);
    if (known?.path == null) return this.view();
    this.note('added');
    this.place(id, { field: from });
    this.#put([{ ...known, id: randomUUID(), field: to }]);
    return this.view();
  }

  /**
   * Replaces a picture that not every recipe can open by a PNG, stored as a file.
   *
   * @throws AppError `disk-full`, `disk-refused`
   */
  convert(id: AttachmentId, drawn: DrawnPng): Promise<DraftView> {
    return this.#swap(id, (picture) => pngOf(this.#files, picture, drawn));
  }

  /** Replaces a PNG by the picture from which it was made, as it is now. */
  useOriginal(id: AttachmentId): Promise<DraftView> {
    return this.#swap(id, originalOf);
  }

  /** Resolves once everything dropped so far is in the draft and inspected, so that a run gets the whole drop. */
  async settled(): Promise<void> {
    await this.#adding;
    await this.#looking;
  }

  /** Moves an attachment to the position `to`, counted from 0. */
  move(id: AttachmentId, to: number): DraftView {
    const moved = this.attachment(id);
    if (moved === null) return this.view();
    const others = this.#contents.attachments.filter((attachment) => attachment !== moved);
    return this.#change({ attachments: others.toSpliced(to, 0, moved) });
  }

  remove(id: AttachmentId): DraftView {
    const { attachments } = this.#contents;
    const removed = this.attachment(id);
    if (removed !== null) this.note('removed', removed.name);
    return this.#change({ attachments: attachments.filter((attachment) => attachment.id !== id) });
  }

  /** Removes everything from the draft; the chosen recipe stays. */
  clear(): DraftView {
    this.note('cleared');
    return this.#empty();
  }

  /** Replaces the hand-written data. */
  replaceData(data: string): DraftView {
    if (this.#contents.data !== '') this.note('data-replaced');
    return this.edit({ data });
  }

  /** Makes the next change an undo step, which may concern one thing of this name. */
  note(what: DraftChange, name: string | null = null): void {
    this.#steps.note(what, this.#contents, name);
  }

  /** Restores the state before a step and all later ones; null: before the last one. */
  undo(step: number | null): DraftView {
    return this.#restore(this.#steps.undo(step, this.#contents));
  }

  /** Undoes the last undo. */
  redo(): DraftView {
    return this.#restore(this.#steps.redo(this.#contents));
  }

  edit(edit: DraftEdit): DraftView {
    return this.#change(edited(this.#contents, edit));
  }

  /**
   * Returns the contents for a run and empties the draft. The recipe stays. Files still being inspected go to the next
   * run (see `settled`).
   */
  take(): DraftContents {
    const taken = this.#contents;
    this.#change(EMPTY);
    return taken;
  }

  /** Replaces the contents of the draft. */
  replace(items: readonly DraftItem[], edit: DraftEdit): Promise<DraftView> {
    this.note('replaced');
    this.#empty();
    this.edit(edit);
    return this.addItems(items);
  }

  #empty(): DraftView {
    this.#clearings += 1;
    return this.#change(EMPTY);
  }

  #restore(contents: DraftContents | null): DraftView {
    if (contents === null) return this.view();
    // Files still being inspected belong to the replaced contents.
    this.#clearings += 1;
    this.#change(contents);
    const items = uninspectedIn(contents.attachments);
    if (items.length > 0) void this.addItems(items);
    return this.view();
  }

  /** `work` resolves once its inputs have their place, and returns what is still to be inspected. */
  async #add(work: (isCurrent: () => boolean) => Promise<StillLooking>): Promise<DraftView> {
    const clearings = this.#clearings;
    const turn = this.#adding.then(() => work(() => clearings === this.#clearings));
    // The failure goes to the caller of this drop only.
    this.#adding = turn.catch(() => undefined);
    await (
      await turn
    ).rest;
    return this.view();
  }

  /**
   * Inspects inputs and adds them, followed by `others`. An input on a slow drive gets its place before it is
   * inspected, so that neither the window nor the next drop waits for it.
   */
  async #look(
    items: readonly DraftItem[],
    others: readonly Attachment[],
    isCurrent: () => boolean,
  ): Promise<StillLooking> {
    const looks = await inspectItems(items);
    if (!isCurrent()) return DONE;
    const shown = looks.flatMap(({ item, found }) => found ?? (this.#holds(item) ? [] : pendingOf(item)));
    this.#put([...shown, ...others]);
    const late = looks.filter(({ found }) => found === null);
    const rest = Promise.all(
      late.map(async ({ item, look }) => {
        const attachment = await look;
        if (isCurrent() && this.#holds(item)) this.#put([attachment]);
      }),
    );
    this.#looking = Promise.allSettled([this.#looking, rest]);
    return { rest };
  }

  /** It may have been removed while it was inspected. */
  #holds(item: DraftItem): boolean {
    if (!('path' in item)) return false;
    const path = resolve(item.path);
    return this.#contents.attachments.some((attachment) => attachment.path === path);
  }

  #swap(id: AttachmentId, make: (known: Attachment) => Promise<Attachment | null>): Promise<DraftView> {
    return this.#add(async () => {
      const known = this.attachment(id);
      const other = known === null ? null : await make(known);
      if (other !== null) this.#replaceOne(id, [{ ...other, id }]);
      return DONE;
    });
  }

  /** Replaces one attachment by others in its place, if it is still there. */
  #replaceOne(id: AttachmentId, others: readonly Attachment[]): void {
    const { attachments } = this.#contents;
    const place = attachments.findIndex((attachment) => attachment.id === id);
    if (place === -1) return;
    this.note('converted', attachments[place]?.name ?? null);
    this.#contents = { ...this.#contents, attachments: attachments.slice(0, place) };
    this.#put([...others, ...attachments.slice(place + 1)]);
  }

  #put(arrivals: readonly Attachment[]): void {
    this.#change({ attachments: mergeArrivals(this.#contents.attachments, arrivals) });
  }

  #change(change: Partial<DraftContents>): DraftView {
    this.#contents = { ...this.#contents, ...change };
    const view = this.view();
    this.#changes.emit(view);
    return view;
  }
}

interface StillLooking {
  readonly rest: Promise<unknown>;
}

const DONE: StillLooking = { rest: Promise.resolve() };
