import { isCommonPicture } from './file-formats.ts';
import type { AttachmentKind, InputKind } from './views.ts';

/** As much of a thing as decides where it may go. */
export interface Placeable {
  readonly kind: AttachmentKind;
  readonly mime: string | null;
  /** The argument that the user chose for it; null where the recipe decides. */
  readonly sendAs: InputKind | null;
}

/** The arguments that a thing can be sent under, the best first. */
interface Places {
  /** Chosen without asking. */
  readonly usual: readonly InputKind[];
  /** The server takes it there as well (wire 4: kinds are not checked), and only the user can know that it is of use. */
  readonly others: readonly InputKind[];
}

/** The one table of what may go where. What a file is, is another question (`file-formats.ts`). */
function placesOf({ kind, mime }: Pick<Placeable, 'kind' | 'mime'>): Places {
  switch (kind) {
    case 'image':
      // Not every image block opens these, and to a recipe that takes documents they are often sources.
      return isCommonPicture(mime)
        ? { usual: ['images'], others: ['documents'] }
        : { usual: ['images', 'documents'], others: [] };
    case 'audio':
      return { usual: ['audio'], others: ['documents'] };
    case 'video':
      return { usual: ['video'], others: ['audio', 'documents'] };
    case 'document':
      return { usual: ['documents'], others: mime?.startsWith('image/') === true ? ['images'] : [] };
    case 'json':
      return { usual: ['json', 'documents'], others: [] };
    case 'text':
    case 'link':
      return { usual: ['text'], others: [] };
  }
}

/**
 * Under which argument a recipe gets a thing; null when it is not used. What the user chose comes first, where the recipe
 * takes it. `takes` is null where it is not known, and then everything is offered to the recipe.
 */
export function placeOf(thing: Placeable, takes: readonly InputKind[] | null): InputKind | null {
  const { usual } = placesOf(thing);
  const { sendAs } = thing;
  const order = sendAs !== null && mayGo(thing, sendAs) ? [sendAs, ...usual] : usual;
  return order.find((place) => takes === null || takes.includes(place)) ?? null;
}

/** The server takes any file as any file. Texts and values are no files, and files are none of those. */
function mayGo({ kind }: Pick<Placeable, 'kind'>, place: InputKind): boolean {
  if (kind === 'text' || kind === 'link') return place === 'text';
  return place === 'json' ? kind === 'json' : place !== 'text';
}

/** Every argument of the recipe that a thing can be sent under, the best first. */
export function choicesOf(
  thing: Pick<Placeable, 'kind' | 'mime'>,
  takes: readonly InputKind[] | null,
): readonly InputKind[] {
  const { usual, others } = placesOf(thing);
  return [...usual, ...others].filter((place) => takes === null || takes.includes(place));
}

/** Whether it is sent as an image that single blocks of the server may not open. */
export const isRiskyImage = (thing: Pick<Placeable, 'mime'>, place: InputKind | null): boolean =>
  place === 'images' && !isCommonPicture(thing.mime);
