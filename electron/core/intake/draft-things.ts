import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { InputKind } from '../../contract/views.ts';
import type { Attachment, Uploaded } from '../model/attachment.ts';
import { fileAttachment, textAttachment } from '../model/attachments.ts';
import { errnoOf } from '../base/errno.ts';
import { lookIntoFolder } from './folder.ts';
import { eachInTurn, inOrder } from '../base/map-limit.ts';
import type { InspectedFile } from '../model/attachment.ts';
import { inspectPath, unlooked } from './inspect.ts';
import type { MadeFrom } from '../model/made-from.ts';

/** How many files are looked at at a time: a thousand dropped at once must not open a thousand. */
const LOOKS_AT_ONCE = 16;

/** When nothing was found out for so long, in ms, what is still being looked at is shown as that. */
const QUIET_MS = 300;
/** And at the latest after so long, in ms, on a drive that is only slow. */
const LONGEST_MS = 5_000;

/** A thing whose name, or copy on a server, is known: of an earlier run, an earlier start, or a result. */
export type DraftThing =
  | {
      readonly path: string;
      /** Where it is not the file's own: a file of a result has a number in its place on the disk. */
      readonly name?: string | undefined;
      readonly sendAs?: InputKind | null | undefined;
      readonly madeFrom?: MadeFrom | null | undefined;
      /** The copy of it that a server has. */
      readonly uploaded?: Uploaded | undefined;
    }
  | { readonly text: string };

/** A thing that is looked at. */
export interface Look {
  readonly thing: DraftThing;
  /** What it is; null while that is not known. */
  readonly found: Attachment | null;
  readonly look: Promise<Attachment>;
}

/** Looks at things. Resolves once all are looked at or a drive makes everybody wait, with what is known by then. */
export async function lookAt(things: readonly DraftThing[]): Promise<readonly Look[]> {
  const looks = eachInTurn(things, LOOKS_AT_ONCE, attachmentOf);
  const found = new Map<number, Attachment>();
  const all = Promise.all(looks.map(async (look, index) => found.set(index, await look)));
  const end = performance.now() + LONGEST_MS;
  for (let before = -1; before < found.size && performance.now() < end && found.size < things.length;) {
    before = found.size;
    await Promise.race([all, pause(QUIET_MS, undefined, { ref: false })]);
  }
  return things.flatMap((thing, index) => {
    const look = looks[index];
    return look === undefined ? [] : [{ thing, look, found: found.get(index) ?? null }];
  });
}

/** The files in a folder; null where it cannot be looked into (any more). */
export async function filesIn(folder: string): Promise<readonly Attachment[] | null> {
  try {
    const { paths } = await lookIntoFolder(folder);
    return await inOrder(paths, LOOKS_AT_ONCE, (path) => attachmentOf({ path }));
  } catch (failure) {
    if (errnoOf(failure) === null) throw failure;
    return null;
  }
}

/** Looks at one thing. */
export async function attachmentOf(thing: DraftThing): Promise<Attachment> {
  if ('text' in thing) return textAttachment(randomUUID(), thing.text);
  return fileOf(thing, await inspectPath(thing.path));
}

/** A file that is still being looked at; nothing for a text. */
export const unlookedOf = (thing: DraftThing): readonly Attachment[] =>
  'path' in thing ? [fileOf(thing, unlooked(thing.path))] : [];

function fileOf(
  { name, sendAs = null, madeFrom = null, uploaded }: Extract<DraftThing, { path: string }>,
  file: InspectedFile,
): Attachment {
  return {
    ...fileAttachment(randomUUID(), file),
    sendAs,
    madeFrom,
    ...(name === undefined ? {} : { name }),
    ...(uploaded === undefined ? {} : { uploaded }),
  };
}
