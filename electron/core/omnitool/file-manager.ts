import { z } from 'zod';
import { MEBIBYTE, type Ask } from './ask.ts';
import { OmnitoolError } from './errors.ts';
import { readReply } from './replies.ts';
import { fieldsOf, readEntries, type FileRecord, storedFile } from './schemas.ts';

const FILES = '/api/v1/mercenaries/runscript/omni-core-filemanager:files';
/** The newest files that are asked for; the server's own page asks for as many. */
const MOST = 50;

/** A file in the server's File Manager. */
export interface KeptFile extends FileRecord {
  /** Such as `upload` and `#job.<id>`; none for what a File Output block wrote (wire 13.5). */
  readonly tags: readonly string[];
  /** Milliseconds since 1970 by the server's clock; null when it did not say. */
  readonly createdAt: number | null;
}

/** Files of the user, newest first. */
export interface KeptFiles {
  readonly files: readonly KeptFile[];
  /** The server's clock when it answered, in ms since 1970, to the second; null when it did not say. */
  readonly serverTime: number | null;
}

const keptFile = z.unknown().transform((entry, context): KeptFile => {
  const file = storedFile(entry);
  if (file === null) {
    context.addIssue('It is not the record of a file.');
    return z.NEVER;
  }
  const { tags, meta } = fieldsOf(entry);
  const { created } = fieldsOf(meta);
  return {
    ...file,
    tags: Array.isArray(tags) ? tags.filter((tag) => typeof tag === 'string') : [],
    createdAt: typeof created === 'number' && Number.isFinite(created) ? created : null,
  };
});

const filesReply = z.object({
  files: z.array(z.unknown()).transform((files) => readEntries(files, keptFile).read),
});

/**
 * Asks the File Manager, an extension of the server, for the newest files of the user (wire 13.5). Null: the server does not
 * have the extension, or does not let this user ask it.
 *
 * @param tags only files with all of them; null: all files
 * @throws OmnitoolError when the server itself does not answer
 */
export async function listKeptFiles(
  ask: Ask,
  tags: readonly string[] | null,
  signal?: AbortSignal,
): Promise<KeptFiles | null> {
  const json = { limit: MOST, expiryType: 'any', ...(tags !== null && { tags }) };
  try {
    const reply = await ask({ method: 'POST', path: FILES, route: FILES, json, maxReply: MEBIBYTE, signal });
    const { files } = readReply(reply, filesReply);
    const time = Date.parse(reply.headers.date ?? '');
    return { files, serverTime: Number.isNaN(time) ? null : time };
  } catch (failure) {
    if (isRefusal(failure)) return null;
    throw failure;
  }
}

/** An unknown script is a 500 (wire 2b). A gateway's status (502 and up) is about something else. */
const isRefusal = (failure: unknown): boolean =>
  failure instanceof OmnitoolError &&
  (failure.status === 500 || ['not-found', 'forbidden', 'bad-reply', 'not-omnitool'].includes(failure.code));
