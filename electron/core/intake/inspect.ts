import { createHash } from 'node:crypto';
import { basename, resolve } from 'node:path';
import { MAX_BYTES } from '../../contract/limits.ts';
import type { AttachmentProblem } from '../../contract/views.ts';
import { type UserFile, userFiles } from '../user-files/user-files.ts';
import { errnoOf } from '../base/errno.ts';
import { fileErrorCodeOf, type ReadErrorCode } from '../base/file-error.ts';
import { type FileType, typeOf, typeOfName } from '../model/file-kind.ts';
import { listFolder } from './folder.ts';
import { JSON_FILE_LIMIT, readJsonFile } from '../model/json-text.ts';
import type { InspectedFile } from '../model/attachment.ts';
import { readStart } from '../user-files/open-file.ts';

/** Most bytes that the detection of file types reads. */
const START_LENGTH = 4_100;

/** A dropped path before its inspection: only its name is known. */
export const pendingFile = (given: string): InspectedFile => unusable(resolve(given), 'looking');

/**
 * Inspects a dropped path. Never rejects: a problem is part of the result and is shown beside the name. Does not open
 * folders, devices, sockets and FIFOs.
 *
 * A file named `.json` without valid JSON is a document like any other text, not a problem.
 */
export async function inspectPath(given: string): Promise<InspectedFile> {
  const path = resolve(given);
  try {
    const [{ kind }, realPath] = await Promise.all([userFiles.stat(path), userFiles.realpath(path)]);
    if (kind === 'folder')
      return { ...unusable(path, 'folder', { realPath }), folder: (await listFolder(path)).summary };
    if (kind !== 'file') return unusable(path, 'not-a-file', { realPath });
    return await userFiles.withFile(path, (file) => inspectFile(file, path, realPath));
  } catch (failure) {
    return unusable(path, readProblemOf(failure));
  }
}

/** Why a file could not be read. @throws the failure itself, when it is none of the file system */
export function readProblemOf(failure: unknown): AttachmentProblem {
  // System errors and paths with a NUL byte (ERR_INVALID_ARG_VALUE) have a code; anything else is a bug.
  if (errnoOf(failure) === null) throw failure;
  return PROBLEMS[fileErrorCodeOf(failure)];
}

const PROBLEMS = {
  'file-vanished': 'vanished',
  'file-refused': 'refused',
  'file-unanswered': 'unanswered',
  'file-busy': 'busy',
  'disk-crowded': 'crowded',
  'file-broken': 'broken',
  'file-path': 'path',
  'file-unreadable': 'unreadable',
} as const satisfies Record<ReadErrorCode, AttachmentProblem>;

async function inspectFile(file: UserFile, path: string, realPath: string): Promise<InspectedFile> {
  const stats = file.facts;
  // The path was replaced a moment ago by something that is not a file.
  if (stats.kind !== 'file') return unusable(path, 'not-a-file', { realPath });
  const seen = { realPath, size: stats.size, mtimeMs: stats.mtimeMs };
  if (stats.size === 0) return unusable(path, 'empty', seen);
  const name = basename(path);
  const type = await typeOf(await readStart(file, START_LENGTH), name);
  const data = isCalledJson(name, type) ? await readData(file, stats.size) : NO_DATA;
  return {
    ...seen,
    kind: data.json === null ? type.kind : 'json',
    name,
    path,
    mime: type.mime,
    ...data,
    problem: stats.size > MAX_BYTES ? 'too-large' : null,
    folder: null,
  };
}

type Data = Pick<InspectedFile, 'json' | 'notData' | 'sha256'>;

const NO_DATA: Data = { json: null, notData: null, sha256: null };

/** By its name, or by the type of its name. UTF-16 is not detected as text, but a JSON file can have it. */
const isCalledJson = (name: string, { text, mime }: FileType): boolean =>
  mime === 'application/json' || (text && (/\.json$/i.test(name) || mime?.endsWith('+json') === true));

async function readData(file: UserFile, size: number): Promise<Data> {
  if (size > JSON_FILE_LIMIT) return { ...NO_DATA, notData: 'too-long' };
  const bytes = await readStart(file, size);
  const read = readJsonFile(bytes);
  if ('why' in read) return { ...NO_DATA, notData: read.why };
  return { json: read.text, notData: null, sha256: createHash('sha256').update(bytes).digest('hex') };
}

function unusable(
  path: string,
  problem: AttachmentProblem,
  seen: { readonly realPath?: string; readonly size?: number; readonly mtimeMs?: number } = {},
): InspectedFile {
  const { realPath = path, size = 0, mtimeMs = null } = seen;
  const name = basename(path);
  const { kind, mime } = typeOfName(name);
  return {
    kind,
    name,
    path,
    realPath,
    size,
    mtimeMs,
    mime: problem === 'folder' ? null : mime,
    ...NO_DATA,
    problem,
    folder: null,
  };
}
