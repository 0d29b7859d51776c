import { z } from 'zod';
import { fieldsOf, id, listOf, picture, tags, text, time } from './schemas.ts';

interface RecipeSocket {
  readonly connections: readonly { readonly node: string }[];
}

/** One block of a recipe, with its connections. */
export interface RecipeNode {
  readonly id: string;
  /** The block: `omnitool.chat_input`, `extension:name`. */
  readonly name: string;
  readonly data: Readonly<Record<string, unknown>>;
  /** By kind. A missing kind means that it is not connected (wire 3). */
  readonly inputs: Readonly<Record<string, RecipeSocket>>;
  readonly outputs: Readonly<Record<string, RecipeSocket>>;
}

/** A loaded recipe: its texts and its graph of blocks (wire 3). */
export interface Recipe {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly author: string;
  readonly category: string;
  /** Markdown, sometimes several KB. */
  readonly help: string;
  readonly tags: readonly string[];
  readonly owner: string;
  readonly mine: boolean;
  /** As in a listing. */
  readonly pictureUrl: string | null;
  readonly createdAt: number | null;
  readonly updatedAt: number | null;
  /** Whether the recipe's page in Omnitool can be opened. Correct only here, not in a listing (wire 2b). */
  readonly ui: { readonly chat: boolean; readonly form: boolean };
  readonly nodes: readonly RecipeNode[];
  /** The number of unreadable blocks. With one, the inputs and outputs of the recipe are not fully known. */
  readonly unreadableNodes: number;
}

/** The id of a block in a graph; the server sends numbers and texts. */
export const nodeId = z.union([z.string(), z.number()]).transform(String);
/** A plain loop, because a hostile server may send thousands of blocks. Unreadable blocks have no connections. */
const sockets = z
  .unknown()
  .optional()
  .transform((value): RecipeNode['inputs'] =>
    Object.fromEntries(
      Object.entries(fieldsOf(value)).map(([kind, socket]) => [kind, { connections: linksIn(socket) }]),
    ),
  );

function linksIn(socket: unknown): RecipeSocket['connections'] {
  const { connections } = fieldsOf(socket);
  return (Array.isArray(connections) ? connections : []).flatMap((entry: unknown) => {
    const { node } = fieldsOf(entry);
    return typeof node === 'string' || typeof node === 'number' ? [{ node: String(node) }] : [];
  });
}

const recipeNode = z.object({
  id: nodeId.optional(),
  name: z.string(),
  data: z.looseObject({}).catch({}),
  inputs: sockets,
  outputs: sockets,
});

/** The largest public recipe has some 50 blocks. */
const MOST_NODES = 5_000;

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

/** The reply to loading a recipe (wire 3). */
export const recipeReply = z
  .object({
    flags: listOf(z.string()).catch([]),
    workflow: z.object({
      id,
      owner: text,
      meta: recipeMeta,
      ui: z.object({ chat: enabled, formIO: enabled }).catch({}).optional(),
      rete: z.object({ nodes: z.looseObject({}) }),
    }),
  })
  .transform(({ flags, workflow: { id: recipeId, owner, meta, ui, rete } }): Recipe => {
    const { tags: found = [], pictureUrl = null, created = null, updated = null, ...words } = meta;
    const all = Object.entries(rete.nodes);
    const nodes = all.slice(0, MOST_NODES).flatMap(([key, node]) => {
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
