import type { DatabaseSync } from 'node:sqlite';
import type { AttachmentKind, ProfileId, RecipeId } from '../../contract/views.ts';
import { ATTACHMENT_KINDS } from '../../contract/views.ts';
import { inTransaction } from './database.ts';
import { number, numberOrNull, oneOf, text } from './row.ts';

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
  readonly #database: DatabaseSync;

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  marksOf(profileId: ProfileId): ReadonlyMap<RecipeId, RecipeMark> {
    const rows = this.#database
      .prepare('SELECT recipe_id, favourite, used_at FROM recipe_marks WHERE profile_id = ?')
      .all(profileId);
    return new Map(
      rows.map((row) => [
        text(row, 'recipe_id'),
        { favourite: number(row, 'favourite') === 1, usedAt: numberOrNull(row, 'used_at') },
      ]),
    );
  }

  lastUsedOf(profileId: ProfileId): LastUsed {
    const rows = this.#database
      .prepare('SELECT kind, recipe_id FROM recipes_last_used WHERE profile_id = ?')
      .all(profileId);
    return Object.fromEntries(rows.map((row) => [oneOf(row, 'kind', ATTACHMENT_KINDS), text(row, 'recipe_id')]));
  }

  setFavourite(profileId: ProfileId, recipeId: RecipeId, favourite: boolean): void {
    this.#database
      .prepare(
        `INSERT INTO recipe_marks (profile_id, recipe_id, favourite) VALUES (?, ?, ?)
         ON CONFLICT (profile_id, recipe_id) DO UPDATE SET favourite = excluded.favourite`,
      )
      .run(profileId, recipeId, Number(favourite));
  }

  /** @param kinds what it was run on */
  noteUse(profileId: ProfileId, recipeId: RecipeId, kinds: readonly AttachmentKind[], at: number): void {
    inTransaction(this.#database, () => {
      this.#database
        .prepare(
          `INSERT INTO recipe_marks (profile_id, recipe_id, used_at) VALUES (?, ?, ?)
           ON CONFLICT (profile_id, recipe_id) DO UPDATE SET used_at = excluded.used_at`,
        )
        .run(profileId, recipeId, at);
      const write = this.#database.prepare(
        `INSERT INTO recipes_last_used (profile_id, kind, recipe_id) VALUES (?, ?, ?)
         ON CONFLICT (profile_id, kind) DO UPDATE SET recipe_id = excluded.recipe_id`,
      );
      for (const kind of new Set(kinds)) write.run(profileId, kind, recipeId);
    });
  }
}
