import { SvelteSet } from 'svelte/reactivity';
import type { Bridge } from '../bridge/bridge.ts';
import type { RecipeId, RecipesView, RecipeView } from '../contract.ts';
import type { Notices } from './notices.svelte.ts';

/** Loads at the same time. A list scrolled fast must not become a burst of requests to a server that has work to do. */
const LOADS_AT_ONCE = 2;

/** The recipes of the server in use, the search over them, and the loading of what they take and give. */
export class RecipesState {
  view = $state.raw<RecipesView>({ status: 'empty', recipes: [], listedAt: null, problem: null, lastUsedFor: {} });
  query = $state('');
  readonly #bridge: Bridge;
  readonly #notices: Notices;
  readonly #matching = $derived(this.view.recipes.filter((recipe) => matches(recipe, this.query)).toSorted(byName));
  readonly own = $derived(this.#matching.filter((recipe) => recipe.mine));
  readonly others = $derived(this.#matching.filter((recipe) => !recipe.mine));
  /** Those found, in the order they are shown. */
  readonly found = $derived([...this.own, ...this.others]);
  /** Loading was tried and failed: not tried again by itself. */
  readonly unloadable = new SvelteSet<RecipeId>();
  #wanted: RecipeId[] = [];
  readonly #loading = new SvelteSet<RecipeId>();

  constructor(bridge: Bridge, notices: Notices) {
    this.#bridge = bridge;
    this.#notices = notices;
  }

  /** A fresh list is a fresh chance for what could not be loaded. */
  apply(view: RecipesView): void {
    if (view.listedAt !== this.view.listedAt) this.unloadable.clear();
    this.view = view;
  }

  byId(id: RecipeId | null): RecipeView | null {
    return this.view.recipes.find((recipe) => recipe.id === id) ?? null;
  }

  async refresh(): Promise<void> {
    this.unloadable.clear();
    const view = await this.#notices.answer(this.#bridge.call('recipes:refresh'));
    if (view !== undefined) this.apply(view);
  }

  /** Asks for what a recipe takes and gives, unless it is known. The last one asked for comes first. */
  want(id: RecipeId): void {
    if (this.#loading.has(id) || this.unloadable.has(id) || this.byId(id)?.shape !== null) return;
    this.#wanted = [id, ...this.#wanted.filter((other) => other !== id)];
    this.#loadNext();
  }

  /** It is no longer in sight. */
  unwant(id: RecipeId): void {
    this.#wanted = this.#wanted.filter((other) => other !== id);
  }

  /** Takes the news of some recipes of the list. */
  update(changed: readonly RecipeView[]): void {
    this.#put(changed);
  }

  #put(changed: readonly RecipeView[]): void {
    const byId = new Map(changed.map((recipe) => [recipe.id, recipe]));
    this.view = { ...this.view, recipes: this.view.recipes.map((recipe) => byId.get(recipe.id) ?? recipe) };
  }

  #loadNext(): void {
    while (this.#loading.size < LOADS_AT_ONCE) {
      const id = this.#wanted.shift();
      if (id === undefined) return;
      this.#loading.add(id);
      void this.#load(id);
    }
  }

  async #load(id: RecipeId): Promise<void> {
    // Quiet: the list shows a recipe without its marks, which is true, and the server's state is shown elsewhere.
    const result = await this.#bridge.call('recipes:load', { recipeId: id });
    this.#loading.delete(id);
    if (result.ok) this.#put([result.value]);
    if (!result.ok || this.byId(id)?.shape === null) this.unloadable.add(id);
    this.#loadNext();
  }
}

const byName = (one: RecipeView, other: RecipeView): number =>
  one.name.localeCompare(other.name, 'en', { numeric: true, sensitivity: 'base' });

function matches(recipe: RecipeView, query: string): boolean {
  const words = query.toLowerCase().split(/\s+/u).filter(Boolean);
  if (words.length === 0) return true;
  const text = [recipe.name, recipe.description, recipe.author, ...recipe.tags].join(' ').toLowerCase();
  return words.every((word) => text.includes(word));
}
