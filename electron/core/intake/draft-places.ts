import type { Attachment } from '../model/attachment.ts';

/** Adds arrivals to the attachments. Known files keep their place; new ones go to the end. */
export function mergeArrivals(before: readonly Attachment[], arrivals: readonly Attachment[]): readonly Attachment[] {
  const attachments = [...before];
  const places = new Map(attachments.flatMap((known, place) => namesOf(known).map((name) => [name, place])));
  for (const arrival of arrivals) {
    const names = namesOf(arrival);
    const place = Math.min(attachments.length, ...names.flatMap((name) => places.get(name) ?? []));
    const known = attachments[place];
    // The link may have another target now, so its old names no longer apply.
    if (known !== undefined) for (const name of namesOf(known)) places.delete(name);
    for (const name of names) places.set(name, place);
    attachments[place] = known === undefined ? arrival : lookedAtAgain(known, arrival);
  }
  return attachments;
}

/** A file keeps its given name, and, while it is unchanged, the copy that a server has of it. */
function lookedAtAgain(known: Attachment, arrival: Attachment): Attachment {
  const { id, name, size, mtimeMs, sendAs, field, madeFrom, uploaded } = known;
  if (known.path !== arrival.path || arrival.uploaded !== undefined) return { ...arrival, id, sendAs, field };
  const isSame = size === arrival.size && mtimeMs === arrival.mtimeMs;
  const kept = isSame && uploaded !== undefined ? { uploaded } : {};
  return { ...arrival, id, name, sendAs, field, madeFrom: isSame ? madeFrom : null, ...kept };
}

/**
 * What makes two drops the same file: the real path, or the path itself because a broken link has no real path. Texts
 * and links are never the same.
 */
const namesOf = ({ path, realPath }: Attachment): readonly string[] =>
  path === null ? [] : [`given ${path}`, `leads to ${realPath ?? path}`];
