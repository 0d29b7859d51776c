import type { FormValues, PresetId, PresetView, ProfileId, RecipeId } from '../../contract/views.ts';
import { formValuesSchema, json, type Row, text, time } from './row.ts';
import type { StoreDatabase } from './store-database.ts';

/** The migration for presets. `RecipeStore.forget` removes those of a profile. */
export const PRESETS = `
  CREATE TABLE presets (
    id TEXT PRIMARY KEY,
    profile_id TEXT NOT NULL,
    recipe_id TEXT NOT NULL,
    name TEXT NOT NULL,
    hint TEXT NOT NULL,
    form_values TEXT NOT NULL,
    used_at INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX presets_by_recipe ON presets (profile_id, recipe_id);
`;

/** A preset with its values. */
export interface StoredPreset extends PresetView {
  readonly profileId: ProfileId;
  readonly values: FormValues;
}

const LISTED = 'id, profile_id, recipe_id, name, hint, used_at';

/** The presets of all profiles. The rules about their names are in recipes/presets.ts. */
export class PresetStore {
  readonly #database: StoreDatabase;

  constructor(database: StoreDatabase) {
    this.#database = database;
  }

  /** All presets of a profile, in no order, without their values. */
  list(profileId: ProfileId): readonly PresetView[] {
    return this.#database.readAll('others', `SELECT ${LISTED} FROM presets WHERE profile_id = ?`, [profileId], viewOf);
  }

  /** The presets of one recipe, in no order. */
  ofRecipe(profileId: ProfileId, recipeId: RecipeId): readonly StoredPreset[] {
    return this.#database.readAll(
      'others',
      `SELECT ${LISTED}, form_values FROM presets WHERE profile_id = ? AND recipe_id = ?`,
      [profileId, recipeId],
      presetOf,
    );
  }

  /** Null when there is none, or it cannot be read. */
  find(id: PresetId): StoredPreset | null {
    return this.#database.readOne('others', `SELECT ${LISTED}, form_values FROM presets WHERE id = ?`, [id], presetOf);
  }

  /** Stores a new preset, or another state of a known one. */
  put({ id, profileId, recipeId, name, hint, values, usedAt }: StoredPreset): void {
    this.#database
      .prepareForLarge(
        `INSERT INTO presets (id, profile_id, recipe_id, name, hint, form_values, used_at) VALUES (?, ?, ?, ?, ?, ?, ?)
           ON CONFLICT (id) DO UPDATE SET name = excluded.name, hint = excluded.hint,
             form_values = excluded.form_values, used_at = excluded.used_at`,
      )
      .run(id, profileId, recipeId, name, hint, JSON.stringify(values), usedAt);
  }

  noteUse(id: PresetId, at: number): void {
    this.#database.change('UPDATE presets SET used_at = ? WHERE id = ?', at, id);
  }

  remove(id: PresetId): void {
    this.#database.change('DELETE FROM presets WHERE id = ?', id);
  }
}

const viewOf = (row: Row): PresetView => ({
  id: text(row, 'id'),
  recipeId: text(row, 'recipe_id'),
  name: text(row, 'name'),
  hint: text(row, 'hint'),
  usedAt: time(row, 'used_at'),
});

/** @throws BadCell */
const presetOf = (row: Row): StoredPreset => ({
  ...viewOf(row),
  profileId: text(row, 'profile_id'),
  values: json(row, 'form_values', formValuesSchema),
});
