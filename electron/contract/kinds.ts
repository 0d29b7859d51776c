import type { AttachmentKind, InputKind } from './views.ts';

/** Where each kind of attachment goes, the first that the recipe takes (wire 4). */
const PLACES = {
  image: ['images'],
  audio: ['audio'],
  video: ['video'],
  document: ['documents'],
  // A recipe that takes documents and no values gets the file.
  json: ['json', 'documents'],
  text: ['text'],
  link: ['text'],
} as const satisfies Record<AttachmentKind, readonly InputKind[]>;

/**
 * Under which argument a recipe gets an attachment of that kind; null when it does not take it at all. `takes` is null
 * where it is not known, and then everything is offered to it.
 */
export function placeOf(kind: AttachmentKind, takes: readonly InputKind[] | null): InputKind | null {
  const places: readonly InputKind[] = PLACES[kind];
  return (takes === null ? places[0] : places.find((place) => takes.includes(place))) ?? null;
}
