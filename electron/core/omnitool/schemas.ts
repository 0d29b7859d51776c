/**
 * The replies of the server, read tolerantly: unknown fields are ignored, missing ones get a neutral value, and one bad
 * entry of a list does not cost the others. A missing required field makes the reply a `bad-reply`.
 */
import { z } from 'zod';
import { isTooDeep } from './plain-json.ts';

/** Ids go into paths and bodies; the server's are UUIDs, 36 hex digits or `98,82et7yirh4` (wire 3, 5). */
const isId = (value: unknown): value is string =>
  typeof value === 'string' && /^[\w,.:-]{1,128}$/.test(value) && !/^\.+$/.test(value);
/** An id that is safe in a path and a body. */
export const id = z.string().refine(isId);
/** A text; empty for anything else. */
export const text = z.string().catch('');
/** Milliseconds since 1970; null for anything else. */
export const time = z.number().nullable().catch(null);

/** The entries of one list that are read. A page of recipes has 500. */
const MOST_ENTRIES = 5_000;
/** After so many unreadable entries the whole list counts as unreadable: explaining each failure takes long. */
const MOST_ODD_ENTRIES = 500;

/** The readable entries, and whether the rest of the list was left out. */
export function readEntries<Item extends z.ZodType>(
  entries: readonly unknown[],
  item: Item,
): { readonly read: readonly z.output<Item>[]; readonly isCut: boolean } {
  const read: z.output<Item>[] = [];
  let odd = 0;
  for (const entry of entries) {
    if (read.length >= MOST_ENTRIES || odd >= MOST_ODD_ENTRIES) return { read, isCut: true };
    const parsed = item.safeParse(entry);
    if (parsed.success) read.push(parsed.data);
    else odd += 1;
  }
  return { read, isCut: false };
}

/** The readable entries of a list that is never long. */
export const listOf = <Item extends z.ZodType>(item: Item) =>
  z.array(z.unknown()).transform((entries) => readEntries(entries, item).read);

/**
 * Wire 6: `running`, `success`, `error`, `forceStop` (stopping), `stopped`, `ready` (a ghost of a refused start). Other
 * values are kept unchanged.
 */
type JobState = 'running' | 'success' | 'error' | 'forceStop' | 'stopped' | 'ready' | (string & {});

/** An entry of `/jobs` (wire 6). */
export interface Job {
  readonly id: string;
  readonly state: JobState;
  /** The user who started the job: `/jobs` lists the jobs of all users for every user. */
  readonly user: string;
}

/** A plain loop, because this list must not be cut: a job that is missing counts as forgotten. */
export const jobsReply = z.object({ jobs: z.array(z.unknown()).transform((jobs) => jobs.flatMap(jobIn)) });

function jobIn(entry: unknown): readonly Job[] {
  const { id: jobId, state, user } = fieldsOf(entry);
  if (typeof jobId !== 'string' || typeof state !== 'string') return [];
  return [{ id: jobId, state, user: typeof user === 'string' ? user : '' }];
}

/** The members of an object; none for other values. */
export const fieldsOf = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};

/** The reply to a start (wire 4). */
export const startReply = z.object({ result: z.object({ jobId: id }) });

/** An error in JSON, in one of the forms that the server has (wire 0.8). */
export const errorReply = z.object({ error: z.string(), statusCode: z.undefined().optional() });

const textIn = (value: unknown): string => (typeof value === 'string' ? value : '');
/** A whole number; null for anything else, because SQLite could not store it and the whole reply would be lost. */
function wholeIn(value: unknown): number | null {
  const whole = typeof value === 'number' ? Math.round(value) : NaN;
  return Number.isSafeInteger(whole) ? whole : null;
}

/** A file's record (wire 5). */
export type FileRecord = Omit<Artifact, 'list'>;

/** A file's record (wire 5). A plain loop instead of a schema: a result may name thousands. Null for anything else. */
export function storedFile(entry: unknown): FileRecord | null {
  const { fid, fileName, size, mimeType, expires, meta } = fieldsOf(entry);
  // A fraction of a byte is not a size.
  if (typeof size !== 'number' || !Number.isSafeInteger(size) || size < 0 || !isId(fid)) return null;
  const { width, height } = fieldsOf(meta);
  return {
    fid,
    fileName: textIn(fileName),
    size,
    mimeType: textIn(mimeType),
    width: wholeIn(width),
    height: wholeIn(height),
    expires: wholeIn(expires),
  };
}

/** One file is uploaded at a time. */
export const uploadReply = z
  .array(z.unknown())
  .max(100)
  .transform((files, context) => {
    const read = files.map(storedFile).filter((file) => file !== null);
    if (read.length < files.length) context.addIssue('A file could not be read.');
    return read;
  });
/** The outputs of a result that hold files (wire 7). */
export const ARTIFACT_LISTS = ['images', 'audio', 'documents', 'videos', 'files'] as const;
/** The output that it came from. Not its type: an image that was sent as audio comes back under `audio` (wire 4). */
export type ArtifactList = (typeof ARTIFACT_LISTS)[number];

/** A file of a result, as the server names it. */
export interface Artifact {
  readonly fid: string;
  readonly list: ArtifactList;
  readonly fileName: string;
  /** Bytes. */
  readonly size: number;
  readonly mimeType: string;
  readonly width: number | null;
  readonly height: number | null;
  /** Milliseconds since 1970; null when the server did not say. */
  readonly expires: number | null;
}

/** The result of a job (wire 7), without its files' bytes. */
export interface JobResults {
  /** `['']` when a connected text output received nothing (wire 7). */
  readonly texts: readonly string[];
  readonly objects: readonly unknown[];
  readonly artifacts: readonly Artifact[];
  /** Unreadable files, so that an incomplete result is not shown as complete. */
  readonly unreadable: number;
  /** Texts and objects that are nested too deep to be kept, and one more when there were too many. */
  readonly unkeptValues: number;
  /** Milliseconds since 1970. */
  readonly createdAt: number | null;
}

/** A list as it is; any other value as a list of one. */
export const listIn = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [value]);

/** A single entry may come without its list. An output that received nothing is absent, null or '' (wire 7). */
export const looseList = z
  .unknown()
  .optional()
  .transform((value) => listIn(value).filter((one) => one != null && one !== ''));
/** Files, by the output that they came from. */
export const fileLists = z
  .object({ images: looseList, audio: looseList, documents: looseList, videos: looseList, files: looseList })
  .partial()
  .catch({});
/** An empty text is a text: a connected output that received nothing gives one (wire 7). */
const textList = z
  .unknown()
  .optional()
  .transform((value) => listIn(value).filter((one) => one != null));

/** `job.success` and `job.errors` are not read: they are always true and null (wire 7). */
export const resultsReply = z
  .object({
    job: z.object({}),
    text: textList,
    objects: looseList,
    artifacts: fileLists,
    created: time.optional(),
  })
  .transform((reply): JobResults => {
    const files = artifactsOf(reply.artifacts);
    const texts = keptOf(reply.text, (part) => (isTooDeep(part) ? null : { kept: textOf(part) }));
    const objects = keptOf(reply.objects, (object) => (isTooDeep(object) ? null : { kept: object }));
    return {
      texts: texts.kept,
      objects: objects.kept,
      artifacts: files.artifacts,
      unreadable: files.unreadable,
      unkeptValues: texts.unkept + objects.unkept + files.unkept,
      createdAt: reply.created ?? null,
    };
  });

/** The texts and values that are kept of one answer: each is a row in the database and a part of the screen. */
const MOST_KEPT = 1_000;
/** The files that are kept of one answer. */
const MOST_FILES = 25_000;
/** Left-out parts that are reported one by one; further ones are reported as one. */
const MOST_TOLD = 100;

/** The values of an answer that can be kept, and the number of left-out parts to report. */
export function keptOf<T>(
  values: readonly unknown[],
  keep: (value: unknown) => { readonly kept: T } | null,
): { readonly kept: readonly T[]; readonly unkept: number } {
  const copies = values.slice(0, MOST_KEPT).map(keep);
  const kept = copies.filter((copy) => copy !== null);
  const unkept = copies.length - kept.length + Number(values.length > MOST_KEPT);
  return { kept: kept.map((copy) => copy.kept), unkept: Math.min(unkept, MOST_TOLD) };
}

/** A value that is not a text, as JSON. */
export const textOf = (part: unknown): string => (typeof part === 'string' ? part : JSON.stringify(part));

/**
 * The files of a result or a chat message. A file that is named several times, also by different outputs, is one
 * artifact.
 */
export function artifactsOf(lists: Readonly<Partial<Record<ArtifactList, readonly unknown[] | undefined>>>): {
  readonly artifacts: readonly Artifact[];
  readonly unreadable: number;
  /** 1 when there are more files than are kept. */
  readonly unkept: number;
} {
  const entries = ARTIFACT_LISTS.flatMap((list) =>
    (lists[list] ?? []).slice(0, MOST_FILES).map((entry) => toArtifact(list, entry)),
  );
  const artifacts = new Map<string, Artifact>();
  for (const artifact of entries)
    if (artifact !== null && !artifacts.has(artifact.fid)) artifacts.set(artifact.fid, artifact);
  const unreadable = entries.filter((artifact) => artifact === null).length;
  const isCut =
    unreadable > MOST_TOLD ||
    artifacts.size > MOST_FILES ||
    ARTIFACT_LISTS.some((list) => (lists[list]?.length ?? 0) > MOST_FILES);
  return {
    artifacts: [...artifacts.values()].slice(0, MOST_FILES),
    unreadable: Math.min(unreadable, MOST_TOLD),
    unkept: Number(isCut),
  };
}

function toArtifact(list: ArtifactList, entry: unknown): Artifact | null {
  const file = storedFile(entry);
  return file === null ? null : { ...file, list };
}

/** The owner of every public recipe (wire 2b, 3). */
export const PUBLIC_OWNER = '-----public-----';

/** A list of texts; empty for anything else. */
export const tags = listOf(z.string()).catch([]);
/** A URL or a name; a longer value is the picture itself. */
export const picture = z.string().min(1).max(2_048).nullable().catch(null);
