import { randomUUID } from 'node:crypto';
import type { AttachmentId, DraftMode, DraftView, RecipeId } from '../../contract/views.ts';
import { Listeners } from '../listeners.ts';
import type { Attachment, Uploaded } from './attachments.ts';
import { fileAttachment, textAttachment, toView } from './attachments.ts';
import { inOrder } from './in-order.ts';
import { inspectPath } from './inspect.ts';

/** How many files are looked at at a time: a thousand dropped at once must not open a thousand. */
const INSPECTIONS_AT_ONCE = 4;

/** What is on the table: everything a later start of the program needs to show the same draft again. */
export interface DraftContents {
  readonly attachments: readonly Attachment[];
  readonly recipeId: RecipeId | null;
  readonly message: string;
  readonly mode: DraftMode;
}

export interface DraftEdit {
  readonly recipeId?: RecipeId | null | undefined;
  readonly message?: string | undefined;
  readonly mode?: DraftMode | undefined;
}

/** Things of an earlier run to be put back on the table, in their order. */
export type DraftThing = { readonly path: string } | { readonly text: string };

/** A file under a name of its own, and the copy of it that a server has. */
export interface DraftFile {
  readonly path: string;
  readonly name: string;
  readonly uploaded: Uploaded | null;
}

/** What was dropped and not yet run. Keeps the order of the drops, and each file once. */
export class Draft {
  #contents: DraftContents = { attachments: [], recipeId: null, message: '', mode: 'together' };
  /** Things are added one drop after the other, so that a slow disk cannot mix up their order. */
  #adding: Promise<unknown> = Promise.resolve();
  /** Counts how often the table was cleared; what was dropped before that does not turn up after it. */
  #table = 0;
  readonly #changes = new Listeners<DraftView>();

  view(): DraftView {
    const { attachments, recipeId, message, mode } = this.#contents;
    return { attachments: attachments.map(toView), recipeId, message, mode };
  }

  contents(): DraftContents {
    return this.#contents;
  }

  attachment(id: AttachmentId): Attachment | null {
    return this.#contents.attachments.find((attachment) => attachment.id === id) ?? null;
  }

  onChange(listener: (view: DraftView) => void): () => void {
    return this.#changes.add(listener);
  }

  /** Resolves once every path is looked at. A file that is there already is looked at again and keeps its place. */
  addPaths(paths: readonly string[]): Promise<DraftView> {
    return this.#add(async (isCurrent) => {
      const found = await inOrder(paths, INSPECTIONS_AT_ONCE, inspectPath);
      if (isCurrent()) this.#put(found.map((file) => fileAttachment(randomUUID(), file)));
    });
  }

  /** Files of a result, under the names they have there: their places on the disk are numbered. As `addPaths`. */
  addFiles(files: readonly DraftFile[]): Promise<DraftView> {
    return this.#add(async (isCurrent) => {
      const found = await inOrder(files, INSPECTIONS_AT_ONCE, async ({ path, name, uploaded }) => ({
        ...fileAttachment(randomUUID(), await inspectPath(path)),
        name,
        ...(uploaded === null ? {} : { uploaded }),
      }));
      if (isCurrent()) this.#put(found);
    });
  }

  /** A text of one web address becomes a link. A blank text is nothing. */
  addText(text: string): Promise<DraftView> {
    return this.#add((isCurrent) => {
      if (isCurrent() && text.trim() !== '') this.#put([textAttachment(randomUUID(), text)]);
      return Promise.resolve();
    });
  }

  /** Resolves once everything dropped so far is on the table: a run must not leave half of a drop behind. */
  async settled(): Promise<void> {
    await this.#adding;
  }

  remove(id: AttachmentId): DraftView {
    const { attachments } = this.#contents;
    return this.#change({ attachments: attachments.filter((attachment) => attachment.id !== id) });
  }

  /** Takes everything off the table; the chosen recipe stays chosen. */
  clear(): DraftView {
    this.#table += 1;
    return this.#change({ attachments: [], message: '' });
  }

  edit({ recipeId, message, mode }: DraftEdit): DraftView {
    return this.#change({
      ...(recipeId === undefined ? {} : { recipeId }),
      ...(message === undefined ? {} : { message }),
      ...(mode === undefined ? {} : { mode }),
    });
  }

  /**
   * Hands over what is on the table and empties it: what the run has, the draft has no more. The recipe stays chosen,
   * and files still being looked at come to the next run (see `settled`).
   */
  take(): DraftContents {
    const taken = this.#contents;
    this.#change({ attachments: [], message: '' });
    return taken;
  }

  /** Puts other things on the table in place of what is there. Files are looked at again: they may have changed since. */
  async replace(things: readonly DraftThing[], edit: DraftEdit): Promise<DraftView> {
    this.clear();
    this.edit(edit);
    return this.#add(async (isCurrent) => {
      const found = await inOrder(things, INSPECTIONS_AT_ONCE, async (thing) =>
        'path' in thing
          ? fileAttachment(randomUUID(), await inspectPath(thing.path))
          : textAttachment(randomUUID(), thing.text),
      );
      if (isCurrent()) this.#put(found);
    });
  }

  async #add(work: (isCurrent: () => boolean) => Promise<void>): Promise<DraftView> {
    const table = this.#table;
    const turn = this.#adding.then(() => work(() => table === this.#table));
    // Who added these things is told of a failure; those who come after are not.
    this.#adding = turn.catch(() => undefined);
    await turn;
    return this.view();
  }

  #put(arrivals: readonly Attachment[]): void {
    const attachments = [...this.#contents.attachments];
    const places = new Map(attachments.flatMap((known, place) => namesOf(known).map((name) => [name, place])));
    for (const arrival of arrivals) {
      const names = namesOf(arrival);
      const place = Math.min(attachments.length, ...names.flatMap((name) => places.get(name) ?? []));
      const known = attachments[place];
      // A link may lead elsewhere by now: it is no longer what it was.
      if (known !== undefined) for (const name of namesOf(known)) places.delete(name);
      for (const name of names) places.set(name, place);
      attachments[place] = known === undefined ? arrival : lookedAtAgain(known, arrival);
    }
    this.#change({ attachments });
  }

  #change(change: Partial<DraftContents>): DraftView {
    this.#contents = { ...this.#contents, ...change };
    const view = this.view();
    this.#changes.tell(view);
    return view;
  }
}

/** A file keeps the name it was given, and while it is what it was also the copy that a server has of it. */
function lookedAtAgain(known: Attachment, arrival: Attachment): Attachment {
  if (known.path !== arrival.path || arrival.uploaded !== undefined) return { ...arrival, id: known.id };
  const { id, name, size, mtimeMs, uploaded } = known;
  const isSame = size === arrival.size && mtimeMs === arrival.mtimeMs;
  return { ...arrival, id, name, ...(isSame && uploaded !== undefined ? { uploaded } : {}) };
}

/**
 * What makes two drops the same file: the place a link leads to, or the path itself, because a link that broke leads
 * nowhere. Texts and links are never the same.
 */
const namesOf = ({ path, realPath }: Attachment): readonly string[] =>
  path === null ? [] : [`given ${path}`, `leads to ${realPath ?? path}`];
