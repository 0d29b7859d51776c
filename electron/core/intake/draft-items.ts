import { randomUUID } from 'node:crypto';
import { pause, systemClock } from '../base/clock.ts';
import type { UnsavedFile } from '../../contract/calls/dropped.ts';
import type { InputKind } from '../../contract/views.ts';
import type { Attachment, InspectedFile, Uploaded } from '../model/attachment.ts';
import { fileAttachment, textAttachment, tooLargeAttachment } from '../model/attachments.ts';
import { errnoOf } from '../base/errno.ts';
import { listFolder } from './folder.ts';
import { eachLimit, mapLimit } from '../base/map-limit.ts';
import { inspectPath, pendingFile } from './inspect.ts';
import type { MadeFrom } from '../model/made-from.ts';
import type { PastedFiles } from './pasted-files.ts';

/** Files inspected at a time: a drop of a thousand files must not open a thousand. */
const LOOKS_AT_ONCE = 16;

/** Milliseconds without a new result after which files still being inspected are shown as such. */
const QUIET_MS = 300;
/** The same at the latest after this many ms, for a drive that is only slow. */
const LONGEST_MS = 5_000;

/** An input whose name, or copy on a server, is known: of an earlier run, an earlier start, or a result. */
export type DraftItem =
  | {
      readonly path: string;
      /** The display name when it differs from the file's name: files of a result have numbers on the disk. */
      readonly name?: string | undefined;
      readonly sendAs?: InputKind | null | undefined;
      readonly field?: string | null | undefined;
      readonly madeFrom?: MadeFrom | null | undefined;
      /** The copy that a server has of it. */
      readonly uploaded?: Uploaded | undefined;
    }
  | { readonly text: string };

/** An inspection in progress or done. */
export interface Inspection {
  readonly item: DraftItem;
  /** The result; null while it is unknown. */
  readonly found: Attachment | null;
  readonly look: Promise<Attachment>;
}

/** Inspects inputs. Resolves once all are inspected or a drive does not answer in time, with what is known by then. */
export async function inspectItems(items: readonly DraftItem[]): Promise<readonly Inspection[]> {
  const looks = eachLimit(items, LOOKS_AT_ONCE, attachmentOf);
  const found = new Map<number, Attachment>();
  const all = Promise.all(looks.map(async (look, index) => found.set(index, await look)));
  const end = systemClock.monotonic() + LONGEST_MS;
  for (let before = -1; before < found.size && systemClock.monotonic() < end && found.size < items.length;) {
    before = found.size;
    await Promise.race([all, pause(QUIET_MS)]);
  }
  return items.flatMap((item, index) => {
    const look = looks[index];
    return look === undefined ? [] : [{ item, look, found: found.get(index) ?? null }];
  });
}

/** Inspects the files in a folder; null when the folder cannot be read (any more). */
export async function filesIn(folder: string): Promise<readonly Attachment[] | null> {
  try {
    const { paths } = await listFolder(folder);
    return await mapLimit(paths, LOOKS_AT_ONCE, (path) => attachmentOf({ path }));
  } catch (failure) {
    if (errnoOf(failure) === null) throw failure;
    return null;
  }
}

/** Inspects one input. */
export async function attachmentOf(item: DraftItem): Promise<Attachment> {
  if ('text' in item) return textAttachment(randomUUID(), item.text);
  return fileOf(item, await inspectPath(item.path));
}

/** The attachment of a file that is still being inspected; empty for a text. */
export const pendingOf = (item: DraftItem): readonly Attachment[] =>
  'path' in item ? [fileOf(item, pendingFile(item.path))] : [];

/**
 * Stores something that has no path, such as a picture of a web page, as a file.
 *
 * @throws AppError `disk-full`, `disk-refused`
 */
export async function keptFile(files: PastedFiles, file: UnsavedFile): Promise<Attachment> {
  if (file.bytes === null) return tooLargeAttachment(randomUUID(), file);
  return attachmentOf({ path: await files.keep(file.name, file.bytes) });
}

/** The files whose inspection has not ended, as they were added. */
export const uninspectedIn = (attachments: readonly Attachment[]): readonly DraftItem[] =>
  attachments.flatMap(({ path, name, sendAs, field, problem }) =>
    path === null || problem !== 'looking' ? [] : [{ path, name, sendAs, field }],
  );

function fileOf(
  { name, sendAs = null, field = null, madeFrom = null, uploaded }: Extract<DraftItem, { path: string }>,
  file: InspectedFile,
): Attachment {
  return {
    ...fileAttachment(randomUUID(), file),
    sendAs,
    field,
    madeFrom,
    ...(name === undefined ? {} : { name }),
    ...(uploaded === undefined ? {} : { uploaded }),
  };
}
