import type { AttachmentKind, ProfileId, RecipeId } from '../../contract/views.ts';
import { ATTACHMENT_KINDS } from '../../contract/views.ts';
import { inTransaction } from './database.ts';
import { flag, oneOf, text, timeOrNull } from './row.ts';
import type { StoreDatabase } from './store-database.ts';

/** What the user did with a recipe on this machine. */
export interface RecipeMark {
  readonly favourite: boolean;
  /** When it was last run, in ms since 1970. */
  readonly usedAt: number | null;
}

export type LastUsed = Readonly<Partial<Record<AttachmentKind, RecipeId>>>;

/**
 * Favourites and last uses, by profile. Apart from the recipes, so that a recipe that leaves the server and returns
 * has them still. The server's own stars are random (wire 2a).
 */
export class RecipeMarks {
  readonly #database: StoreDatabase;

  constructor(database: StoreDatabase) {
    this.#database = database;
  }

  marksOf(profileId: ProfileId): ReadonlyMap<RecipeId, RecipeMark> {
    return new Map(
      this.#database.readAll(
        'others',
        'SELECT profile_id, recipe_id, favourite, used_at FROM recipe_marks WHERE profile_id = ?',
        [profileId],
        (row) => [text(row, 'recipe_id'), { favourite: flag(row, 'favourite'), usedAt: timeOrNull(row, 'used_at') }],
      ),
    );
  }

  lastUsedOf(profileId: ProfileId): LastUsed {
    return Object.fromEntries(
      this.#database.readAll(
        'others',
        'SELECT profile_id, kind, recipe_id FROM recipes_last_used WHERE profile_id = ?',
        [profileId],
        (row) => [oneOf(row, 'kind', ATTACHMENT_KINDS), text(row, 'recipe_id')],
      ),
    );
  }

  setFavourite(profileId: ProfileId, recipeId: RecipeId, favourite: boolean): void {
    this.#database.change(
      `INSERT INTO recipe_marks (profile_id, recipe_id, favourite) VALUES (?, ?, ?)
         ON CONFLICT (profile_id, recipe_id) DO UPDATE SET favourite = excluded.favourite`,
      profileId,
      recipeId,
      Number(favourite),
    );
  }

  /** @param kinds what it was run on */
  noteUse(profileId: ProfileId, recipeId: RecipeId, kinds: readonly AttachmentKind[], at: number): void {
    inTransaction(this.#database, () => {
      this.#database.change(
        `INSERT INTO recipe_marks (profile_id, recipe_id, used_at) VALUES (?, ?, ?)
           ON CONFLICT (profile_id, recipe_id) DO UPDATE SET used_at = excluded.used_at`,
        profileId,
        recipeId,
        at,
      );
      const write = this.#database.prepare(
        `INSERT INTO recipes_last_used (profile_id, kind, recipe_id) VALUES (?, ?, ?)
         ON CONFLICT (profile_id, kind) DO UPDATE SET recipe_id = excluded.recipe_id`,
      );
      for (const kind of new Set(kinds)) write.run(profileId, kind, recipeId);
    });
  }
}
