/**
 * What the server says, read tolerantly: unknown fields are ignored, missing ones get a neutral value, and one bad
 * entry of a list does not cost the others. What a reply cannot do without makes it a `bad-reply`.
 */
import { z } from 'zod';

/** Ids go into paths and bodies; the server's are UUIDs, 36 hex digits or `98,82et7yirh4` (wire 3, 5). */
const id = z
  .string()
  .regex(/^[\w,.:-]{1,128}$/)
  .refine((text) => !/^\.+$/.test(text));
const text = z.string().catch('');
const time = z.number().nullable().catch(null);

/** Keeps the entries that can be read. */
const listOf = <Item extends z.ZodType>(item: Item) =>
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
  /** Entries among the artifacts that could not be read, so that a result is not shown as whole when it is not. */
  readonly unreadable: number;
  /** Milliseconds since 1970. */
  readonly createdAt: number | null;
}

const looseList = z.array(z.unknown()).nullish().catch(null);

/** `job.success` and `job.errors` are not read: they say true and null whatever happened (wire 7). */
export const resultsReply = z
  .object({
    job: z.object({}),
    text: z
      .union([z.array(z.unknown()), z.string()])
      .nullish()
      .catch(null),
    objects: looseList,
    artifacts: z.record(z.string(), looseList).catch({}),
    created: time.optional(),
  })
  .transform((reply): JobResults => {
    const entries = ARTIFACT_LISTS.flatMap((list) => (reply.artifacts[list] ?? []).map((entry) => ({ list, entry })));
    const artifacts = entries.flatMap(({ list, entry }) => toArtifact(list, entry) ?? []);
    const texts = typeof reply.text === 'string' ? [reply.text] : (reply.text ?? []);
    return {
      texts: texts.map((part) => (typeof part === 'string' ? part : JSON.stringify(part))),
      objects: reply.objects ?? [],
      artifacts,
      unreadable: entries.length - artifacts.length,
      createdAt: reply.created ?? null,
    };
  });

function toArtifact(list: ArtifactList, entry: unknown): Artifact | null {
  const parsed = storedFile.safeParse(entry);
  if (!parsed.success) return null;
  const { fid, fileName, size, mimeType, expires, meta } = parsed.data;
  const { width = null, height = null } = meta;
  return { fid, list, fileName, size, mimeType, width, height, expires: expires ?? null };
}

/** The owner of every public recipe (wire 2b, 3). */
export const PUBLIC_OWNER = '-----public-----';

const tags = listOf(z.string()).catch([]);

/** One page of the collection script; items that are not recipes, or have no id, are left out. */
export const collectionReply = z.object({
  items: z.array(z.unknown()).transform((items) => ({
    count: items.length,
    recipes: items.flatMap((item) => {
      const parsed = collectionItem.safeParse(item);
      return parsed.success ? [parsed.data.value] : [];
    }),
  })),
});

const collectionItem = z.object({
  value: z.object({
    id,
    name: text,
    description: text,
    author: text,
    tags: tags.optional(),
    owner: text,
    template: z.boolean().catch(false),
    updated: time.optional(),
  }),
});

/** The block that lists recipes by name only (wire 2c). */
export const recipeNamesReply = z.object({ models: listOf(z.object({ title: text, value: id })) });

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
  readonly updatedAt: number | null;
  readonly nodes: readonly RecipeNode[];
}

const nodeId = z.union([z.string(), z.number()]).transform(String);
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
    updated: time.optional(),
  })
  .catch({ name: '', description: '', author: '', category: '', help: '' });

export const recipeReply = z
  .object({
    flags: listOf(z.string()).catch([]),
    workflow: z.object({
      id,
      owner: text,
      meta: recipeMeta,
      rete: z.object({ nodes: z.record(z.string(), z.unknown()) }),
    }),
  })
  .transform(({ flags, workflow: { id: recipeId, owner, meta, rete } }): Recipe => {
    const { tags: found = [], updated = null, ...words } = meta;
    return {
      id: recipeId,
      ...words,
      tags: found,
      owner,
      mine: flags.includes('owner'),
      updatedAt: updated,
      nodes: Object.entries(rete.nodes).flatMap(([key, node]) => {
        const parsed = recipeNode.safeParse(node);
        return parsed.success ? [{ ...parsed.data, id: parsed.data.id ?? key }] : [];
      }),
    };
  });
