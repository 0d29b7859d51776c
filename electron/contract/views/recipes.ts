/** Recipes, what they take and what they give. */
import type { ErrorView } from '../errors.ts';
import type { RecipeId } from './ids.ts';
import type { AttachmentKind, InputKind, OutputKind } from './kinds.ts';

export interface RecipeView {
  readonly id: RecipeId;
  readonly name: string;
  readonly description: string;
  readonly author: string;
  readonly tags: readonly string[];
  readonly mine: boolean;
  readonly updatedAt: number | null;
  /** Where the page finds its picture (`omnitray-artifact://recipe/...`); null where there is none on this machine. */
  readonly picture: string | null;
  /** null until the recipe itself was loaded: a listing does not say. */
  readonly shape: RecipeShape | null;
  /** Chosen by the user on this machine; the server's own mark is random (wire 2a). */
  readonly favourite: boolean;
  /** When it was last run from this machine. */
  readonly usedAt: number | null;
}

/** What a recipe takes and gives, read from its blocks. */
export interface RecipeShape {
  readonly takes: readonly InputKind[];
  /** What comes back through its output block. */
  readonly gives: readonly OutputKind[];
  /** What it says in Omnitool's chat, which OmniTray brings back as well (wire 9.4). */
  readonly givesInChat: readonly OutputKind[];
  /** Has a form that OmniTray cannot fill in. */
  readonly needsForm: boolean;
  readonly warnings: readonly RecipeWarning[];
}

/** What a person should know of a recipe before running it. */
export const RECIPE_WARNINGS = [
  /** Nothing comes back by any way. */
  'no-output',
  /** It has an output block, and that is switched off. */
  'output-off',
  /** Answers in chat only. */
  'chat-only',
  'needs-form',
  /** Several output blocks: the last one to finish has the whole say (wire 7). */
  'several-outputs',
  /** Blocks that could not be read, so that what it takes and gives may be incomplete. */
  'unknown-blocks',
] as const;
export type RecipeWarning = (typeof RECIPE_WARNINGS)[number];

export interface RecipesView {
  readonly status: 'empty' | 'loading' | 'ready' | 'failed';
  readonly recipes: readonly RecipeView[];
  /** When the list was last had from the server; the list itself may be older than a failure. */
  readonly listedAt: number | null;
  readonly problem: ErrorView | null;
  /** The recipe last run on each kind of thing. */
  readonly lastUsedFor: Readonly<Partial<Record<AttachmentKind, RecipeId>>>;
}

/** What only the recipe's own page shows. */
export interface RecipeDetailView {
  readonly recipeId: RecipeId;
  readonly category: string;
  /** Markdown by the recipe's author: never trusted. '' where there is none. */
  readonly help: string;
  /** How many of its blocks are switched on. */
  readonly blocks: number;
}
