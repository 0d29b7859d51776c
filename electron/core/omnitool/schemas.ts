/**
 * What the server says, read tolerantly: unknown fields are ignored, missing ones get a neutral value, and one bad
 * entry of a list does not cost the others. What a reply cannot do without makes it a `bad-reply`.
 */
import { z } from 'zod';
import { isTooDeep } from './plain-json.ts';

/** Ids go into paths and bodies; the server's are UUIDs, 36 hex digits or `98,82et7yirh4` (wire 3, 5). */
const isId = (value: unknown): value is string =>
  typeof value === 'string' && /^[\w,.:-]{1,128}$/.test(value) && !/^\.+$/.test(value);
export const id = z.string().refine(isId);
export const text = z.string().catch('');
export const time = z.number().nullable().catch(null);

/** Entries of one list that are read. A page of recipes has 500. */
const MOST_ENTRIES = 5_000;
/** Entries that cannot be read, after which a list is no list of these things: to say why not is what takes long. */
const MOST_ODD_ENTRIES = 500;

/** The entries that can be read, and whether some were not even looked at. */
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

/** Keeps the entries that can be read, of a list that is never long. */
export const listOf = <Item extends z.ZodType>(item: Item) =>
  z.array(z.unknown()).transform((entries) => readEntries(entries, item).read);

/**
 * Wire 6: `running`, `success`, `error`, `forceStop` (stopping), `stopped`, `ready` (a ghost of a refused start).
 * Anything else is kept as it came.
 */
type JobState = 'running' | 'success' | 'error' | 'forceStop' | 'stopped' | 'ready' | (string & {});

export interface Job {
  readonly id: string;
  readonly state: JobState;
  /** The user who started it: everybody's jobs are listed for everybody. */
  readonly user: string;
}

/** By hand: of a list that must not be cut, as a job that is not in it counts as forgotten. */
export const jobsReply = z.object({ jobs: z.array(z.unknown()).transform((jobs) => jobs.flatMap(jobIn)) });

function jobIn(entry: unknown): readonly Job[] {
  const { id: jobId, state, user } = fieldsOf(entry);
  if (typeof jobId !== 'string' || typeof state !== 'string') return [];
  return [{ id: jobId, state, user: typeof user === 'string' ? user : '' }];
}

/** What an object has; nothing where the value is none. */
export const fieldsOf = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};

export const startReply = z.object({ result: z.object({ jobId: id }) });

export const errorReply = z.object({ error: z.string(), statusCode: z.undefined().optional() });

const textIn = (value: unknown): string => (typeof value === 'string' ? value : '');
/** A whole number; null for what is none. Others cannot be stored, and one that cannot would keep all of its reply out. */
function wholeIn(value: unknown): number | null {
  const whole = typeof value === 'number' ? Math.round(value) : NaN;
  return Number.isSafeInteger(whole) ? whole : null;
}

type StoredFileReply = Omit<Artifact, 'list'>;

/** A file's record (wire 5), by hand: a result may name thousands. null for what is none. */
function storedFileIn(entry: unknown): StoredFileReply | null {
  const { fid, fileName, size, mimeType, expires, meta } = fieldsOf(entry);
  // Half a byte is no size.
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

/** One file is sent at a time. */
export const uploadReply = z
  .array(z.unknown())
  .max(100)
  .transform((files, context) => {
    const read = files.map(storedFileIn).filter((file) => file !== null);
    if (read.length < files.length) context.addIssue('A file could not be read.');
    return read;
  });
/** As much as is needed of a file's record (wire 5). */
export const fileReply = z.object({ fid: z.string() });

export const ARTIFACT_LISTS = ['images', 'audio', 'documents', 'videos', 'files'] as const;
/** Which output it came by. Not what it is: an image sent as audio comes back under `audio` (wire 4). */
export type ArtifactList = (typeof ARTIFACT_LISTS)[number];

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

export interface JobResults {
  /** `['']` when a connected text output got nothing (wire 7). */
  readonly texts: readonly string[];
  readonly objects: readonly unknown[];
  readonly artifacts: readonly Artifact[];
  /** Files that could not be read, so that a result is not shown as whole when it is not. */
  readonly unreadable: number;
  /** Texts and objects that are nested too deep to be kept, and one more for what there was too much of. */
  readonly unkeptValues: number;
  /** Milliseconds since 1970. */
  readonly createdAt: number | null;
}

/** A list as a list, anything else as a list of it. */
export const listIn = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [value]);

/** One entry may come without its list; an output that got nothing is absent, null or '' (wire 7). */
export const looseList = z
  .unknown()
  .optional()
  .transform((value) => listIn(value).filter((one) => one != null && one !== ''));
/** Files, by the output they came by. */
export const fileLists = z
  .object({ images: looseList, audio: looseList, documents: looseList, videos: looseList, files: looseList })
  .partial()
  .catch({});
/** An empty text is one: what a connected output gives that got nothing (wire 7). */
const textList = z
  .unknown()
  .optional()
  .transform((value) => listIn(value).filter((one) => one != null));

/** `job.success` and `job.errors` are not read: they say true and null whatever happened (wire 7). */
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

/** Texts, and values, that are kept of one answer: each is a line of the database and a part of a screen. */
const MOST_KEPT = 1_000;
/** Files that are kept of one answer. */
const MOST_FILES = 25_000;
/** Parts of an answer that cannot be kept and are told of one by one; all others are told of as one. */
const MOST_TOLD = 100;

/** What can be kept of the values of an answer, and how many parts to tell of that cannot. */
export function keptOf<T>(
  values: readonly unknown[],
  keep: (value: unknown) => { readonly kept: T } | null,
): { readonly kept: readonly T[]; readonly unkept: number } {
  const copies = values.slice(0, MOST_KEPT).map(keep);
  const kept = copies.filter((copy) => copy !== null);
  const unkept = copies.length - kept.length + Number(values.length > MOST_KEPT);
  return { kept: kept.map((copy) => copy.kept), unkept: Math.min(unkept, MOST_TOLD) };
}

/** A text that is none, as JSON. */
export const textOf = (part: unknown): string => (typeof part === 'string' ? part : JSON.stringify(part));

/**
 * The files of a result or a chat message. A file that is named more than once, also by different outputs, is one
 * artifact.
 */
export function artifactsOf(lists: Readonly<Partial<Record<ArtifactList, readonly unknown[] | undefined>>>): {
  readonly artifacts: readonly Artifact[];
  readonly unreadable: number;
  /** 1 where there are more files than are kept. */
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
  const file = storedFileIn(entry);
  return file === null ? null : { ...file, list };
}

/** The owner of every public recipe (wire 2b, 3). */
export const PUBLIC_OWNER = '-----public-----';

export const tags = listOf(z.string()).catch([]);
/** An address or a name; longer ones are no addresses but the picture itself. */
export const picture = z.string().min(1).max(2_048).nullable().catch(null);
