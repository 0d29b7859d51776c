import type { Attachment } from '../model/attachment.ts';

/** The attachments after others arrived. Those that are there already keep their place; new ones come after all. */
export function withArrivals(before: readonly Attachment[], arrivals: readonly Attachment[]): readonly Attachment[] {
  const attachments = [...before];
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
  return attachments;
}

/** A file keeps the name it was given, and while it is what it was also the copy that a server has of it. */
function lookedAtAgain(known: Attachment, arrival: Attachment): Attachment {
  const { id, name, size, mtimeMs, sendAs, madeFrom, uploaded } = known;
  if (known.path !== arrival.path || arrival.uploaded !== undefined) return { ...arrival, id, sendAs };
  const isSame = size === arrival.size && mtimeMs === arrival.mtimeMs;
  const kept = isSame && uploaded !== undefined ? { uploaded } : {};
  return { ...arrival, id, name, sendAs, madeFrom: isSame ? madeFrom : null, ...kept };
}

/**
 * What makes two drops the same file: the place a link leads to, or the path itself, because a link that broke leads
 * nowhere. Texts and links are never the same.
 */
const namesOf = ({ path, realPath }: Attachment): readonly string[] =>
  path === null ? [] : [`given ${path}`, `leads to ${realPath ?? path}`];
