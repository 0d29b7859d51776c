import type { AttachmentKind, Dropped, Placeable, RecipeShape } from '../contract.ts';
import {
  countWords,
  isDesignFile,
  isTableFile,
  kindWords,
  listWords,
  MAX_BYTES,
  placeOf,
  textThing,
} from '../contract.ts';

/** What is dragged over the window. During a drag, the page can read the number and types of files, but not their names. */
export interface Hovering {
  /** One entry per file; null for a folder or a file of unknown type. */
  readonly things: readonly (Placeable | null)[];
  readonly words: string;
}

export const isDrop = (transfer: DataTransfer): boolean =>
  ['Files', 'text/uri-list', 'text/plain'].some((type) => transfer.types.includes(type));

export function hoveringOf(transfer: DataTransfer): Hovering {
  const files = [...transfer.items].filter(({ kind }) => kind === 'file').map(({ type }) => thingOf(type));
  if (files.length > 0) return { things: files, words: wordsFor(files) };
  const isLink = transfer.types.includes('text/uri-list');
  const thing = { kind: isLink ? 'link' : 'text', mime: null, sendAs: null } as const;
  return { things: [thing], words: isLink ? 'A link' : 'Text' };
}

const thingOf = (mime: string): Placeable | null => (mime === '' ? null : { kind: kindOf(mime), mime, sendAs: null });

function kindOf(type: string): AttachmentKind {
  const [family = ''] = type.split('/');
  if (isDesignFile(type)) return 'document';
  if (family === 'image' || family === 'audio' || family === 'video') return family;
  return type === 'application/json' ? 'json' : 'document';
}

function wordsFor(found: Hovering['things']): string {
  const counts = [...Map.groupBy(found, (thing) => thing?.kind ?? null)].map(
    ([kind, things]) => [kind, things.length] as const,
  );
  const [first] = counts;
  if (counts.length === 1 && first?.[0] === null && first[1] === 1) return 'A file or a folder';
  return listWords(
    counts.map(([kind, count]) => (kind === null ? countWords(count, 'other thing') : kindWords(kind, count))),
  );
}

/**
 * Whether the recipe takes at least one of the things, by its chat or in its form. Unknown shapes and types count as
 * matching.
 */
export function takesSome(shape: RecipeShape | null, things: Hovering['things']): boolean {
  if (shape === null) return true;
  const { takes, formTakes } = shape;
  // Each row of a table can be a run of a form.
  return things.some((thing) =>
    thing === null
      ? takes.some(isFile) || formTakes.length > 0
      : placeOf(thing, takes) !== null || formTakes.includes(thing.kind) || (shape.hasForm && isTableFile(thing.mime)),
  );
}

const isFile = (taken: RecipeShape['takes'][number]): boolean => taken !== 'text';

/** A copy of the dropped data: a DataTransfer is emptied after its event. */
export interface DropSource {
  readonly files: readonly File[];
  readonly addresses: readonly string[];
  readonly text: string;
}

export const sourceOf = (transfer: DataTransfer): DropSource => ({
  files: [...transfer.files],
  addresses: addressesIn(transfer.getData('text/uri-list')),
  text: transfer.getData('text/plain'),
});

/** A dropped link arrives as a list that may contain comments (RFC 2483). */
const addressesIn = (list: string): readonly string[] =>
  list.split(/\r?\n/u).filter((line) => line !== '' && !line.startsWith('#'));

/**
 * Reads a drop for the main process: files by path; files without a path (a picture from a web page) with their bytes;
 * if those cannot be read, the dropped address or text instead.
 */
export async function readDrop(
  { files, addresses, text }: DropSource,
  pathOf: (file: File) => string,
): Promise<Dropped & { readonly unreadable: number }> {
  const paths = files.map(pathOf);
  const nowhere = files.filter((_, index) => paths[index] === '');
  const unsaved = (await Promise.all(nowhere.map(bytesOf))).filter((file) => file !== null);
  const unreadable = nowhere.length - unsaved.length;
  const isOnlyWords = files.length === 0 || unreadable === files.length;
  const words = addresses.length > 0 ? addresses : [text].filter((each) => each.trim() !== '');
  const written = (isOnlyWords ? words : []).map((each) => textThing(each, 'Dropped text'));
  return {
    paths: paths.filter((path) => path !== ''),
    unsaved: [...unsaved, ...written.flatMap((thing) => thing.unsaved)],
    texts: written.flatMap((thing) => thing.texts),
    unreadable: isOnlyWords && words.length > 0 ? 0 : unreadable,
  };
}

async function bytesOf(file: File): Promise<Dropped['unsaved'][number] | null> {
  const { name, size } = file;
  if (size > MAX_BYTES) return { name, size, bytes: null };
  try {
    return { name, size, bytes: new Uint8Array(await file.arrayBuffer()) };
  } catch {
    // The source program may already have removed the file.
    return null;
  }
}
