import { z } from 'zod';
import type { RecipeShape, RecipeView } from '../../contract/views.ts';
import { INPUT_KINDS, OUTPUT_KINDS, RECIPE_WARNINGS } from '../../contract/views.ts';
import type { RecipeDetail, RecipeFacts } from '../recipes/read-recipe.ts';
import { numberOrNull, text, textOrNull } from './row.ts';
import type { Row } from './row.ts';

/** A recipe as a listing told of it. */
export interface RecipeListing extends Omit<RecipeView, 'shape' | 'picture' | 'favourite' | 'usedAt'> {
  /** As the server names it: a file name or an address (wire 2b). */
  readonly pictureUrl: string | null;
}

/** What is known of one recipe. */
export interface StoredRecipe {
  readonly listing: RecipeListing;
  /** What was learned by loading it; null before that, and when an older program stored less. */
  readonly facts: RecipeFacts | null;
  /** Whether it is as it was when it was loaded. */
  readonly isCurrent: boolean;
}

/** What loading a recipe taught. */
export interface LoadedRecipe {
  readonly id: string;
  /** As the listing said it when the recipe was asked for: a later change makes the shape unknown again. */
  readonly updatedAt: number | null;
  readonly facts: RecipeFacts;
  readonly detail: RecipeDetail;
}

/** Raised when recipes are read differently, so that those read before are loaded again. */
const READER = 1;

const listingSchema: z.ZodType<RecipeListing> = z.object({
  id: z.string(),
  name: z.string(),
  description: z.string(),
  author: z.string(),
  tags: z.array(z.string()),
  mine: z.boolean(),
  updatedAt: z.number().nullable(),
  pictureUrl: z.string().nullable().default(null),
});

const shapeSchema: z.ZodType<RecipeShape> = z.object({
  takes: z.array(z.enum(INPUT_KINDS)),
  gives: z.array(z.enum(OUTPUT_KINDS)),
  givesInChat: z.array(z.enum(OUTPUT_KINDS)),
  needsForm: z.boolean(),
  warnings: z.array(z.enum(RECIPE_WARNINGS)),
});

const factsSchema = z.object({
  reader: z.literal(READER),
  shape: shapeSchema,
  words: z.object({
    name: z.string(),
    description: z.string(),
    author: z.string(),
    tags: z.array(z.string()),
  }),
});

const detailSchema: z.ZodType<RecipeDetail> = z.object({
  category: z.string(),
  help: z.string(),
  blocks: z.number(),
  titles: z.record(z.string(), z.string()),
});

/** The column `shape`: what the list shows. Apart from `detail`, which no list has to read. */
export const factsColumn = (facts: RecipeFacts): string => JSON.stringify({ reader: READER, ...facts });

/** @throws ZodError when the row is not ours */
export function storedRecipe(row: Row): StoredRecipe {
  const listing = listingSchema.parse(JSON.parse(text(row, 'listing')));
  const facts = factsOf(textOrNull(row, 'shape'));
  return { listing, facts, isCurrent: facts !== null && numberOrNull(row, 'shape_of') === listing.updatedAt };
}

function factsOf(column: string | null): RecipeFacts | null {
  if (column === null) return null;
  const { data } = factsSchema.safeParse(JSON.parse(column));
  return data === undefined ? null : { shape: data.shape, words: data.words };
}

/** @throws ZodError when the column is not ours */
export const detailOf = (column: string): RecipeDetail => detailSchema.parse(JSON.parse(column));
