import { isCommonPicture } from './file-formats.ts';
import type { AttachmentKind, InputKind } from './views.ts';

/** The facts of an attachment or input that decide under which argument it can be sent. */
export interface Placeable {
  readonly kind: AttachmentKind;
  readonly mime: string | null;
  /** The argument that the user chose; null: the recipe decides. */
  readonly sendAs: InputKind | null;
}

/** The arguments under which a thing can be sent, the best first. */
interface Places {
  /** Chosen without asking. */
  readonly usual: readonly InputKind[];
  /** Arguments that the server accepts too, as it does not check kinds (wire 4), but that only the user can choose. */
  readonly others: readonly InputKind[];
}

/** The only table of kinds and arguments. */
function placesOf({ kind, mime }: Pick<Placeable, 'kind' | 'mime'>): Places {
  switch (kind) {
    case 'image':
      // Not every image block opens other pictures, and a recipe that takes documents can often use them.
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
 * The argument under which a thing is sent to a recipe; null when the recipe does not use it. The user's choice counts
 * when the recipe takes it. `takes` is null when it is unknown: then everything is sent.
 */
export function placeOf(thing: Placeable, takes: readonly InputKind[] | null): InputKind | null {
  const { usual } = placesOf(thing);
  const { sendAs } = thing;
  const order = sendAs !== null && mayGo(thing, sendAs) ? [sendAs, ...usual] : usual;
  return order.find((place) => takes === null || takes.includes(place)) ?? null;
}

/** The server accepts any file under any argument for files. Texts and values have arguments of their own. */
function mayGo({ kind }: Pick<Placeable, 'kind'>, place: InputKind): boolean {
  if (kind === 'text' || kind === 'link') return place === 'text';
  return place === 'json' ? kind === 'json' : place !== 'text';
}

/** All arguments of the recipe under which a thing can be sent, the best first. */
export function choicesOf(
  thing: Pick<Placeable, 'kind' | 'mime'>,
  takes: readonly InputKind[] | null,
): readonly InputKind[] {
  const { usual, others } = placesOf(thing);
  return [...usual, ...others].filter((place) => takes === null || takes.includes(place));
}

/** Whether it is sent as an image that some blocks of the server cannot open. */
export const isRiskyImage = (thing: Pick<Placeable, 'mime'>, place: InputKind | null): boolean =>
  place === 'images' && !isCommonPicture(thing.mime);
