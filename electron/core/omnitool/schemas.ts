/**
 * What the server says, read tolerantly: unknown fields are ignored, missing ones get a neutral value, and one bad
 * entry of a list does not cost the others. What a reply cannot do without makes it a `bad-reply`.
 */
import { z } from 'zod';
import { isTooDeep } from './plain-json.ts';

/** Ids go into paths and bodies; the server's are UUIDs, 36 hex digits or `98,82et7yirh4` (wire 3, 5). */
export const id = z
  .string()
  .regex(/^[\w,.:-]{1,128}$/)
  .refine((text) => !/^\.+$/.test(text));
export const text = z.string().catch('');
export const time = z.number().nullable().catch(null);

/** Keeps the entries that can be read. */
export const listOf = <Item extends z.ZodType>(item: Item) =>
  z.array(z.unknown()).transform((entries) =>
    entries.flatMap((entry) => {
      const parsed = item.safeParse(entry);
      return parsed.success ? [parsed.data] : [];
    }),
  );

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

export const jobsReply = z.object({ jobs: listOf(z.object({ id: z.string(), state: z.string(), user: text })) });

export const startReply = z.object({ result: z.object({ jobId: id }) });

export const errorReply = z.object({ error: z.string(), statusCode: z.undefined().optional() });

const storedFile = z.object({
  fid: id,
  fileName: text,
  size: z.number().nonnegative(),
  mimeType: text,
  expires: time.optional(),
  meta: z
    .object({ width: z.number().nullable().catch(null), height: z.number().nullable().catch(null) })
    .partial()
    .catch({}),
});

export const uploadReply = z.array(storedFile);
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
  /** Texts and objects that are nested too deep to be kept. */
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
export const fileLists = z.record(z.string(), looseList).catch({});
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
    const { artifacts, unreadable } = artifactsOf(reply.artifacts);
    const texts = reply.text.filter((part) => !isTooDeep(part));
    const objects = reply.objects.filter((object) => !isTooDeep(object));
    return {
      texts: texts.map(textOf),
      objects,
      artifacts,
      unreadable,
      unkeptValues: reply.text.length - texts.length + (reply.objects.length - objects.length),
      createdAt: reply.created ?? null,
    };
  });

/** A text that is none, as JSON. */
export const textOf = (part: unknown): string => (typeof part === 'string' ? part : JSON.stringify(part));

/**
 * The files of a result or a chat message. A file that is named more than once, also by different outputs, is one
 * artifact.
 */
export function artifactsOf(lists: Readonly<Record<string, readonly unknown[]>>): {
  readonly artifacts: readonly Artifact[];
  readonly unreadable: number;
} {
  const entries = ARTIFACT_LISTS.flatMap((list) => (lists[list] ?? []).map((entry) => toArtifact(list, entry)));
  const artifacts = new Map<string, Artifact>();
  for (const artifact of entries)
    if (artifact !== null && !artifacts.has(artifact.fid)) artifacts.set(artifact.fid, artifact);
  return { artifacts: [...artifacts.values()], unreadable: entries.filter((artifact) => artifact === null).length };
}

function toArtifact(list: ArtifactList, entry: unknown): Artifact | null {
  const parsed = storedFile.safeParse(entry);
  if (!parsed.success) return null;
  const { fid, fileName, size, mimeType, expires, meta } = parsed.data;
  const { width = null, height = null } = meta;
  return { fid, list, fileName, size, mimeType, width, height, expires: expires ?? null };
}

/** The owner of every public recipe (wire 2b, 3). */
export const PUBLIC_OWNER = '-----public-----';

export const tags = listOf(z.string()).catch([]);
/** An address or a name; longer ones are no addresses but the picture itself. */
export const picture = z.string().min(1).max(2_048).nullable().catch(null);

interface RecipeSocket {
  readonly connections: readonly { readonly node: string }[];
}

export interface RecipeNode {
  readonly id: string;
  /** The block: `omnitool.chat_input`, `extension:name`. */
  readonly name: string;
  readonly data: Readonly<Record<string, unknown>>;
  /** By kind; a kind may be missing altogether, which means it is not connected (wire 3). */
  readonly inputs: Readonly<Record<string, RecipeSocket>>;
  readonly outputs: Readonly<Record<string, RecipeSocket>>;
}

export interface Recipe {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly author: string;
  readonly category: string;
  /** Markdown, several KB of it at times. */
  readonly help: string;
  readonly tags: readonly string[];
  readonly owner: string;
  readonly mine: boolean;
  /** As in a listing. */
  readonly pictureUrl: string | null;
  readonly createdAt: number | null;
  readonly updatedAt: number | null;
  /** What the recipe's own page in Omnitool offers; true only here, not in a listing (wire 2b). */
  readonly ui: { readonly chat: boolean; readonly form: boolean };
  readonly nodes: readonly RecipeNode[];
  /** Blocks that could not be read: what the recipe takes and gives is then not fully known. */
  readonly unreadableNodes: number;
}

export const nodeId = z.union([z.string(), z.number()]).transform(String);
const sockets = z
  .record(
    z.string(),
    z.object({ connections: listOf(z.object({ node: nodeId })).catch([]) }).catch({ connections: [] }),
  )
  .catch({});

const recipeNode = z.object({
  id: nodeId.optional(),
  name: z.string(),
  data: z.record(z.string(), z.unknown()).catch({}),
  inputs: sockets,
  outputs: sockets,
});

const recipeMeta = z
  .object({
    name: text,
    description: text,
    author: text,
    category: text,
    help: text,
    tags: tags.optional(),
    pictureUrl: picture.optional(),
    created: time.optional(),
    updated: time.optional(),
  })
  .catch({ name: '', description: '', author: '', category: '', help: '' });

const enabled = z
  .object({ enabled: z.boolean().catch(false) })
  .catch({ enabled: false })
  .optional();

export const recipeReply = z
  .object({
    flags: listOf(z.string()).catch([]),
    workflow: z.object({
      id,
      owner: text,
      meta: recipeMeta,
      ui: z.object({ chat: enabled, formIO: enabled }).catch({}).optional(),
      rete: z.object({ nodes: z.record(z.string(), z.unknown()) }),
    }),
  })
  .transform(({ flags, workflow: { id: recipeId, owner, meta, ui, rete } }): Recipe => {
    const { tags: found = [], pictureUrl = null, created = null, updated = null, ...words } = meta;
    const all = Object.entries(rete.nodes);
    const nodes = all.flatMap(([key, node]) => {
      const parsed = recipeNode.safeParse(node);
      return parsed.success ? [{ ...parsed.data, id: parsed.data.id ?? key }] : [];
    });
    return {
      id: recipeId,
      ...words,
      tags: found,
      owner,
      mine: flags.includes('owner'),
      pictureUrl,
      createdAt: created,
      updatedAt: updated,
      ui: { chat: ui?.chat?.enabled ?? false, form: ui?.formIO?.enabled ?? false },
      nodes,
      unreadableNodes: all.length - nodes.length,
    };
  });
