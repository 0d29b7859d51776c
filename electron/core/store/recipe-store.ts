import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import type { ProfileId, RecipeId, RecipeShape, RecipeView } from '../../contract/views.ts';
import { INPUT_KINDS, OUTPUT_KINDS, RECIPE_WARNINGS } from '../../contract/views.ts';
import { inTransaction } from './database.ts';
import { number, numberOrNull, text, textOrNull } from './row.ts';

/** A recipe as a listing told of it. */
export type RecipeListing = Omit<RecipeView, 'shape' | 'picture' | 'favourite' | 'usedAt'>;

const listingSchema: z.ZodType<RecipeListing> = z.object({
  id: z.string(),
  name: z.string(),
  description: z.string(),
  author: z.string(),
  tags: z.array(z.string()),
  mine: z.boolean(),
  updatedAt: z.number().nullable(),
});
const shapeSchema: z.ZodType<RecipeShape> = z.object({
  takes: z.array(z.enum(INPUT_KINDS)),
  gives: z.array(z.enum(OUTPUT_KINDS)),
  givesInChat: z.array(z.enum(OUTPUT_KINDS)),
  needsForm: z.boolean(),
  warnings: z.array(z.enum(RECIPE_WARNINGS)),
});

/** The recipes of each profile as last listed, so that a list is there at once and while the server is away. */
export class RecipeStore {
  readonly #database: DatabaseSync;

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  /** Replaces the listing. What was learned of a recipe is kept while its `updatedAt` is the same. */
  replace(profileId: ProfileId, listings: readonly RecipeListing[], listedAt: number): void {
    inTransaction(this.#database, () => {
      const keep = this.#database.prepare(
        `INSERT INTO recipes (profile_id, id, position, listing) VALUES (:profile, :id, :position, :listing)
         ON CONFLICT (profile_id, id) DO UPDATE SET position = :position, listing = :listing`,
      );
      this.#database.prepare('UPDATE recipes SET position = -1 WHERE profile_id = ?').run(profileId);
      listings.forEach((listing, position) =>
        keep.run({ profile: profileId, id: listing.id, position, listing: JSON.stringify(listing) }),
      );
      this.#database.prepare('DELETE FROM recipes WHERE profile_id = ? AND position = -1').run(profileId);
      this.#database
        .prepare(
          `INSERT INTO recipe_listings (profile_id, listed_at) VALUES (?, ?)
           ON CONFLICT (profile_id) DO UPDATE SET listed_at = excluded.listed_at`,
        )
        .run(profileId, listedAt);
    });
  }

  /** `updatedAt` is the recipe's own at the time: a later change makes the shape unknown again. */
  saveShape(profileId: ProfileId, id: RecipeId, shape: RecipeShape, updatedAt: number | null): void {
    this.#database
      .prepare('UPDATE recipes SET shape = ?, shape_of = ? WHERE profile_id = ? AND id = ?')
      .run(JSON.stringify(shape), updatedAt, profileId, id);
  }

  list(profileId: ProfileId): { readonly recipes: readonly RecipeView[]; readonly listedAt: number | null } {
    const rows = this.#database
      .prepare('SELECT listing, shape, shape_of FROM recipes WHERE profile_id = ? ORDER BY position')
      .all(profileId);
    const recipes = rows.map((row): RecipeView => {
      const listing = listingSchema.parse(JSON.parse(text(row, 'listing')));
      const shape = textOrNull(row, 'shape');
      const isCurrent = shape !== null && numberOrNull(row, 'shape_of') === listing.updatedAt;
      const known = isCurrent ? shapeSchema.parse(JSON.parse(shape)) : null;
      return { ...listing, picture: null, favourite: false, usedAt: null, shape: known };
    });
    const listed = this.#database.prepare('SELECT listed_at FROM recipe_listings WHERE profile_id = ?').get(profileId);
    return { recipes, listedAt: listed === undefined ? null : number(listed, 'listed_at') };
  }

  forget(profileId: ProfileId): void {
    inTransaction(this.#database, () => {
      this.#database.prepare('DELETE FROM recipes WHERE profile_id = ?').run(profileId);
      this.#database.prepare('DELETE FROM recipe_listings WHERE profile_id = ?').run(profileId);
    });
  }
}
