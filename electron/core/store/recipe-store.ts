import {
  ATTACHMENT_KINDS,
  type AttachmentKind,
  type FormValues,
  type ProfileId,
  type RecipeId,
} from '../../contract/views.ts';
import type { RecipeDetail } from '../model/read-recipe.ts';
import { inTransaction } from './database.ts';
import type { LoadedRecipe, RecipeListing, StoredRecipe } from './recipe-row.ts';
import { detailOf, factsColumn, storedRecipe } from './recipe-row.ts';
import { flag, formValuesSchema, jsonOrNull, oneOf, text, time, timeOrNull } from './row.ts';
import type { StoreDatabase } from './store-database.ts';

/** What the user did with a recipe on this machine. */
export interface RecipeMark {
  readonly favourite: boolean;
  /** When it was last run, in ms since 1970. */
  readonly usedAt: number | null;
}

/** One use of a recipe. */
export interface RecipeUse {
  /** What it was run on. */
  readonly kinds: readonly AttachmentKind[];
  /** What its form was filled in with. */
  readonly values: FormValues;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** The position of recipes that are in no list. */
const LAST = 1_000_000;

export type LastUsed = Readonly<Partial<Record<AttachmentKind, RecipeId>>>;

/**
 * The recipes of each profile as last listed, so that a list is there at once and while the server is away; with
 * the favourites and last uses of this machine. The server's own stars are random (wire 2a).
 */
export class RecipeStore {
  readonly #database: StoreDatabase;

  constructor(database: StoreDatabase) {
    this.#database = database;
  }

  /**
   * Stores a new listing and removes recipes that are not in it. Does not write unchanged rows, and keeps what was learned
   * of a recipe.
   */
  replace(profileId: ProfileId, listings: readonly RecipeListing[], listedAt: number): void {
    inTransaction(this.#database, () => {
      const before = this.#listingsOf(profileId);
      const write = this.#database.prepare(
        `INSERT INTO recipes (profile_id, id, position, listing) VALUES (:profile, :id, :position, :listing)
         ON CONFLICT (profile_id, id) DO UPDATE SET position = :position, listing = :listing`,
      );
      listings.forEach((told, position) => {
        const listing = JSON.stringify(told);
        if (before.get(told.id) !== listing) write.run({ profile: profileId, id: told.id, position, listing });
        before.delete(told.id);
      });
      const remove = this.#database.prepare('DELETE FROM recipes WHERE profile_id = ? AND id = ?');
      for (const id of before.keys()) remove.run(profileId, id);
      this.#database.change(
        `INSERT INTO recipe_listings (profile_id, listed_at) VALUES (?, ?)
           ON CONFLICT (profile_id) DO UPDATE SET listed_at = excluded.listed_at`,
        profileId,
        listedAt,
      );
    });
  }

  /** Adds a recipe that no list holds, or replaces what is stored of it. */
  addUnlisted(profileId: ProfileId, listing: RecipeListing): void {
    this.#database.change(
      `INSERT INTO recipes (profile_id, id, position, listing) VALUES (?, ?, ?, ?)
         ON CONFLICT (profile_id, id) DO UPDATE SET listing = excluded.listing`,
      ...[profileId, listing.id, LAST, JSON.stringify({ ...listing, isUnlisted: true })],
    );
  }

  /** Removes a recipe that the server no longer has. */
  remove(profileId: ProfileId, id: RecipeId): void {
    this.#database.change('DELETE FROM recipes WHERE profile_id = ? AND id = ?', profileId, id);
  }

  /** Stores what was learned of these recipes in one write: separate ones would wait for the disk a thousand times. */
  saveLoaded(profileId: ProfileId, loaded: readonly LoadedRecipe[]): void {
    inTransaction(this.#database, () => {
      const write = this.#database.prepare(
        'UPDATE recipes SET shape = ?, shape_of = ?, detail = ? WHERE profile_id = ? AND id = ?',
      );
      for (const { id, updatedAt, facts, detail } of loaded)
        write.run(factsColumn(facts), updatedAt, JSON.stringify(detail), profileId, id);
    });
  }

  /** Roughly in the order of the last listing: an unchanged row keeps its earlier position. */
  list(profileId: ProfileId): readonly StoredRecipe[] {
    return this.#database.readAll(
      'recipes',
      'SELECT profile_id, id, listing, shape, shape_of FROM recipes WHERE profile_id = ? ORDER BY position',
      [profileId],
      storedRecipe,
    );
  }

  /** When the profile was last listed; null before that. */
  listedAt(profileId: ProfileId): number | null {
    return this.#database.readOne(
      'others',
      'SELECT profile_id, listed_at FROM recipe_listings WHERE profile_id = ?',
      [profileId],
      (row) => time(row, 'listed_at'),
    );
  }

  /** What is known of a recipe beyond the list, however old; null when it was never loaded. */
  detail(profileId: ProfileId, id: RecipeId): RecipeDetail | null {
    return this.#database.readOne(
      'recipes',
      'SELECT profile_id, id, detail FROM recipes WHERE profile_id = ? AND id = ?',
      [profileId, id],
      detailOf,
    );
  }

  /** What the user did with recipes. Stored apart from them: a recipe that leaves the server and returns keeps its marks. */
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

  /** What the form of a recipe was last filled in with; empty when it never was. */
  valuesOf(profileId: ProfileId, recipeId: RecipeId): FormValues {
    return (
      this.#database.readOne(
        'others',
        'SELECT profile_id, recipe_id, form_values FROM recipe_marks WHERE profile_id = ? AND recipe_id = ?',
        [profileId, recipeId],
        (row) => jsonOrNull(row, 'form_values', formValuesSchema),
      ) ?? {}
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

  noteUse(profileId: ProfileId, recipeId: RecipeId, { kinds, values, at }: RecipeUse): void {
    inTransaction(this.#database, () => {
      this.#database.change(
        `INSERT INTO recipe_marks (profile_id, recipe_id, used_at, form_values) VALUES (?, ?, ?, ?)
           ON CONFLICT (profile_id, recipe_id) DO UPDATE SET used_at = excluded.used_at, form_values = excluded.form_values`,
        profileId,
        recipeId,
        at,
        Object.keys(values).length === 0 ? null : JSON.stringify(values),
      );
      const write = this.#database.prepare(
        `INSERT INTO recipes_last_used (profile_id, kind, recipe_id) VALUES (?, ?, ?)
         ON CONFLICT (profile_id, kind) DO UPDATE SET recipe_id = excluded.recipe_id`,
      );
      for (const kind of new Set(kinds)) write.run(profileId, kind, recipeId);
    });
  }

  forget(profileId: ProfileId): void {
    inTransaction(this.#database, () => {
      for (const table of ['recipes', 'recipe_listings', 'recipe_marks', 'recipes_last_used', 'presets'])
        this.#database.change(`DELETE FROM ${table} WHERE profile_id = ?`, profileId);
    });
  }

  #listingsOf(profileId: ProfileId): Map<RecipeId, string> {
    const rows = this.#database.rows('SELECT id, listing FROM recipes WHERE profile_id = ?', profileId);
    return new Map(rows.map((row) => [text(row, 'id'), text(row, 'listing')]));
  }
}
