import { z } from 'zod';
import {
  ATTACHMENT_KINDS,
  INPUT_KINDS,
  OUTPUT_KINDS,
  RECIPE_WARNINGS,
  type RecipeShape,
  type RecipeView,
} from '../../contract/views.ts';
import type { RecipeDetail, RecipeFacts } from '../model/read-recipe.ts';
import { BadCell, isTime, jsonOrNull, parsedText, type Row, timeOrNull } from './row.ts';

/** A recipe as a listing describes it. */
export interface RecipeListing extends Omit<RecipeView, 'shape' | 'picture' | 'favourite' | 'usedAt'> {
  /** As the server names it: a file name or an address (wire 2b). */
  readonly pictureUrl: string | null;
}

/** What is known of one recipe. */
export interface StoredRecipe {
  readonly listing: RecipeListing;
  /** What loading it showed; null before, and when an older program stored less. */
  readonly facts: RecipeFacts | null;
  /** Whether the recipe is unchanged since it was loaded. */
  readonly isCurrent: boolean;
}

/** What loading a recipe showed. */
export interface LoadedRecipe {
  readonly id: string;
  /** From the listing at the time of loading: a later change makes the shape unknown again. */
  readonly updatedAt: number | null;
  readonly facts: RecipeFacts;
  readonly detail: RecipeDetail;
}

/** Increased when the program reads recipes differently, so that it loads all again. */
const READER = 4;

/**
 * A start reads a thousand of these before it shows the first list. zod takes some 20 ms for them in a new process, these
 * checks take 1 ms; so they are written by hand, only here.
 */
type Fields = Readonly<Record<string, unknown>>;

const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null;
const isText = (value: unknown): value is string => typeof value === 'string';
const isTexts = (value: unknown): value is readonly string[] => Array.isArray(value) && value.every(isText);
const areAmong = (values: readonly string[], found: unknown): boolean =>
  isTexts(found) && found.every((each) => values.includes(each));

const isListing = (value: unknown): value is RecipeListing =>
  isFields(value) &&
  [value.id, value.name, value.description, value.author].every(isText) &&
  isTexts(value.tags) &&
  typeof value.mine === 'boolean' &&
  (value.updatedAt === null || (typeof value.updatedAt === 'number' && isTime(value.updatedAt))) &&
  (value.pictureUrl === null || isText(value.pictureUrl));

const isShape = (value: unknown): value is RecipeShape =>
  isFields(value) &&
  areAmong(INPUT_KINDS, value.takes) &&
  areAmong(OUTPUT_KINDS, value.gives) &&
  areAmong(OUTPUT_KINDS, value.givesInChat) &&
  typeof value.hasForm === 'boolean' &&
  areAmong(ATTACHMENT_KINDS, value.formTakes) &&
  (value.ownText === undefined || isText(value.ownText)) &&
  areAmong(RECIPE_WARNINGS, value.warnings);

const isWords = (value: unknown): value is RecipeFacts['words'] =>
  isFields(value) && [value.name, value.description, value.author].every(isText) && isTexts(value.tags);

const detailSchema: z.ZodType<RecipeDetail> = z.object({
  category: z.string(),
  help: z.string(),
  blocks: z.number(),
  titles: z.record(z.string(), z.string()),
  // Earlier versions did not store them.
  chatBlocks: z.array(z.string()).nullable().default(null),
  fileNames: z.array(z.string()).nullable().default(null),
  forms: z.array(z.record(z.string(), z.unknown())).default([]),
});

/** The column `shape`: what lists show. Separate from `detail`, which no list reads. */
export const factsColumn = (facts: RecipeFacts): string => JSON.stringify({ reader: READER, ...facts });

/** @throws BadCell */
export function storedRecipe(row: Row): StoredRecipe {
  const told = parsedText(row, 'listing');
  // Earlier versions did not store pictures.
  const listing = isFields(told) ? { pictureUrl: null, ...told } : told;
  if (!isListing(listing)) throw new BadCell('listing', 'no recipe');
  const facts = factsOf(row);
  return { listing, facts, isCurrent: facts !== null && timeOrNull(row, 'shape_of') === listing.updatedAt };
}

function factsOf(row: Row): RecipeFacts | null {
  const stored = row.shape === null ? null : parsedText(row, 'shape');
  if (!isFields(stored) || stored.reader !== READER) return null;
  const { shape, words } = stored;
  return isShape(shape) && isWords(words) ? { shape, words } : null;
}

/** Null when the recipe was never loaded. @throws BadCell */
export const detailOf = (row: Row): RecipeDetail | null => jsonOrNull(row, 'detail', detailSchema);
