import type { Attachment } from '../model/attachment.ts';

/**
 * Adds arrivals to the attachments. Known files keep their place; new ones go to the end. A file can be there more than
 * once when it fills several fields of a form: then an arrival for one of them replaces that one, and an arrival without
 * a field all of them.
 */
export function mergeArrivals(before: readonly Attachment[], arrivals: readonly Attachment[]): readonly Attachment[] {
  const attachments = [...before];
  const places = new Map<string, readonly number[]>();
  const note = (attachment: Attachment, place: number): void => {
    for (const name of namesOf(attachment)) places.set(name, [...new Set([...(places.get(name) ?? []), place])]);
  };
  for (const [place, known] of attachments.entries()) note(known, place);
  for (const arrival of arrivals) {
    const found = [...new Set(namesOf(arrival).flatMap((name) => places.get(name) ?? []))];
    const same = placesFor(arrival, found, attachments);
    for (const place of same) {
      const known = attachments[place];
      if (known === undefined) continue;
      // The link may have another target now, so its old names no longer apply.
      for (const name of namesOf(known))
        places.set(
          name,
          (places.get(name) ?? []).filter((each) => each !== place),
        );
      attachments[place] = lookedAtAgain(known, arrival);
      note(attachments[place], place);
    }
    if (same.length === 0) note(arrival, attachments.push(arrival) - 1);
  }
  return attachments;
}

/** Which of the places with the same file an arrival replaces. */
function placesFor(
  { field }: Attachment,
  found: readonly number[],
  attachments: readonly Attachment[],
): readonly number[] {
  if (field === null) return found;
  const fieldAt = (place: number): string | null => attachments[place]?.field ?? null;
  const place = found.find((each) => fieldAt(each) === field) ?? found.find((each) => fieldAt(each) === null);
  return place === undefined ? [] : [place];
}

/** A file keeps its given name, and, while it is unchanged, the copy that a server has of it. */
function lookedAtAgain(known: Attachment, arrival: Attachment): Attachment {
  const { id, name, size, mtimeMs, sendAs, madeFrom, uploaded } = known;
  const field = arrival.field ?? known.field;
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
