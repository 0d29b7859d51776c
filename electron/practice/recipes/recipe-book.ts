import { randomUUID } from 'node:crypto';
import type { Recipe } from './recipe.ts';

/** The fields of a recipe that can change. Its id, owner and creation time stay. */
export type RecipeChanges = Partial<
  Pick<Recipe, 'name' | 'description' | 'help' | 'tags' | 'hidden' | 'picture' | 'nodes'>
>;

/** The recipes of one server. They change while it runs, as when a user edits them on Omnitool's own page. */
export class RecipeBook {
  readonly #clock: () => number;
  #recipes: readonly Recipe[];

  constructor(recipes: readonly Recipe[], clock: () => number) {
    this.#recipes = recipes;
    this.#clock = clock;
  }

  /** Oldest first. */
  get all(): readonly Recipe[] {
    return this.#recipes;
  }

  find(id: unknown): Recipe | null {
    return this.#recipes.find((recipe) => recipe.id === id) ?? null;
  }

  /** Changes a recipe and increases `updated`, even if the clock stands. Throws a RangeError for an unknown id. */
  change(id: string, changes: RecipeChanges): Recipe {
    const old = this.#known(id);
    const changed = { ...old, ...changes, updated: Math.max(this.#clock(), old.updated + 1) };
    this.#recipes = this.#recipes.map((recipe) => (recipe === old ? changed : recipe));
    return changed;
  }

  /** Adds a recipe of the user `practice`, with the blocks of another. Throws a RangeError for an unknown id. */
  add(like: string, changes: RecipeChanges): Recipe {
    const now = this.#clock();
    const added = { ...this.#known(like), public: false, ...changes, id: randomUUID(), created: now, updated: now };
    this.#recipes = [...this.#recipes, added];
    return added;
  }

  /** Removes a recipe. Throws a RangeError for an unknown id. */
  remove(id: string): void {
    const old = this.#known(id);
    this.#recipes = this.#recipes.filter((recipe) => recipe !== old);
  }

  #known(id: string): Recipe {
    const recipe = this.find(id);
    if (recipe === null) throw new RangeError(`There is no recipe ${id}.`);
    return recipe;
  }
}
