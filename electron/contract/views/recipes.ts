/** Recipes: what they take and what they give. */
import type { ErrorView } from '../errors.ts';
import type { FormValues, RecipeForm } from './forms.ts';
import type { RecipeId } from './ids.ts';
import type { AttachmentKind, InputKind, OutputKind } from './kinds.ts';

/** A recipe in a list. */
export interface RecipeView {
  readonly id: RecipeId;
  readonly name: string;
  readonly description: string;
  readonly author: string;
  readonly tags: readonly string[];
  readonly mine: boolean;
  /** Loaded by its id: no list of the server holds it (wire 13.5). Absent for others. */
  readonly isUnlisted?: boolean;
  readonly updatedAt: number | null;
  /** The address of its picture (`omnitray-artifact://recipe/...`); null when this machine has none. */
  readonly picture: string | null;
  /** Null until the recipe itself was loaded, because a listing does not have it. */
  readonly shape: RecipeShape | null;
  /** Marked by the user on this machine; the server's own mark is random (wire 2a). */
  readonly favourite: boolean;
  /** When this machine last started it. */
  readonly usedAt: number | null;
}

/** What a recipe takes and gives, read from its blocks. */
export interface RecipeShape {
  readonly takes: readonly InputKind[];
  /** The kinds of its output blocks. */
  readonly gives: readonly OutputKind[];
  /** The kinds that it writes to Omnitool's chat, which OmniTray collects too (wire 9.4). */
  readonly givesInChat: readonly OutputKind[];
  /** Whether it has a form (`RecipeDetailView.form`). */
  readonly hasForm: boolean;
  /** The kinds of files that the fields of its form take. */
  readonly formTakes: readonly AttachmentKind[];
  /** The beginning of the text that runs when nothing is sent: the one saved in its chat input. Absent: it has none (wire 4). */
  readonly ownText?: string;
  readonly warnings: readonly RecipeWarning[];
}

/** What the user should know of a recipe before starting it. */
export const RECIPE_WARNINGS = [
  /** It returns nothing. */
  'no-output',
  /** Its output block is disabled. */
  'output-off',
  /** It answers only in the chat. */
  'chat-only',
  /** It stores its answer in the server's File Manager, from where it is fetched (wire 13.5). */
  'file-output',
  /** Of several output blocks only the last one to finish counts (wire 7). */
  'several-outputs',
  /** Some blocks could not be read, so the shape may be incomplete. */
  'unknown-blocks',
] as const;
export type RecipeWarning = (typeof RECIPE_WARNINGS)[number];

/** The recipes of the current server. */
export interface RecipesView {
  readonly status: 'empty' | 'loading' | 'ready' | 'failed';
  readonly recipes: readonly RecipeView[];
  /** When the server last returned the list, also when a later request failed; null: never. */
  readonly listedAt: number | null;
  readonly problem: ErrorView | null;
  /** The recipe that was last started with each kind of attachment. */
  readonly lastUsedFor: Readonly<Partial<Record<AttachmentKind, RecipeId>>>;
}

/** What only the detail page of a recipe shows. */
export interface RecipeDetailView {
  readonly recipeId: RecipeId;
  readonly category: string;
  /** Markdown by the author of the recipe; untrusted. '' for none. */
  readonly help: string;
  /** The number of its enabled blocks. */
  readonly blocks: number;
  /** Its form; null when it has none. */
  readonly form: RecipeForm | null;
  /** The values with which it was last run here. */
  readonly lastValues: FormValues;
}
