import { SvelteSet } from 'svelte/reactivity';
import type { Bridge } from '../bridge/bridge.ts';
import type { PresetView, RecipeDetailView, RecipeId, RecipesView, RecipeView } from '../contract.ts';
import { buildRecipeIndex, searchRecipes } from '../contract.ts';
import type { Toasts } from './toasts.svelte.ts';
import { type InHand, sectionsOf, withChanged } from './recipe-sections.ts';

/** Milliseconds without scrolling after which the visible recipes are requested. */
const PAUSE = 120;
/** The limit of the contract. */
const MOST_WANTED = 200;

/** The recipes of the server in use, the search and their shapes. */
export class RecipesState {
  view = $state.raw<RecipesView>({ status: 'empty', recipes: [], listedAt: null, problem: null, lastUsedFor: {} });
  query = $state('');
  readonly #bridge: Bridge;
  readonly #toasts: Toasts;
  readonly #inHand: () => InHand;
  readonly #presetsOf: (id: RecipeId) => readonly PresetView[];
  readonly #index = $derived(
    buildRecipeIndex(this.view.recipes.toSorted(byName), ({ id }) => this.#presetsOf(id).map(({ name }) => name)),
  );
  readonly #matching = $derived(searchRecipes(this.#index, this.query));
  /** The recipe that last ran on similar attachments. */
  readonly suggested = $derived.by((): RecipeView | null => {
    const things = this.#inHand().things.filter((thing) => thing !== null);
    return (
      things.map(({ kind }) => this.byId(this.view.lastUsedFor[kind] ?? null)).find((recipe) => recipe !== null) ?? null
    );
  });
  /** Favourites, recently used, and the rest; one section with the best match first while searching. */
  readonly sections = $derived.by(() =>
    sectionsOf(this.#matching, { query: this.query, inHand: this.#inHand(), suggested: this.suggested }),
  );
  /** Recipes whose shape could not be loaded; not retried automatically. */
  readonly unloadable = new SvelteSet<RecipeId>();
  #wanted: readonly RecipeId[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    bridge: Bridge,
    toasts: Toasts,
    inHand: () => InHand,
    presetsOf: (id: RecipeId) => readonly PresetView[],
  ) {
    this.#bridge = bridge;
    this.#toasts = toasts;
    this.#inHand = inHand;
    this.#presetsOf = presetsOf;
  }

  /** A new list allows another attempt for shapes that could not be loaded. */
  apply(view: RecipesView): void {
    if (view.listedAt !== this.view.listedAt) this.unloadable.clear();
    this.view = view;
  }

  /** Replaces changed recipes of the list. */
  update(changed: readonly RecipeView[]): void {
    for (const { id, shape } of changed) if (shape !== null) this.unloadable.delete(id);
    this.view = { ...this.view, recipes: withChanged(this.view.recipes, changed) };
  }

  byId(id: RecipeId | null): RecipeView | null {
    return this.view.recipes.find((recipe) => recipe.id === id) ?? null;
  }

  async refresh(): Promise<void> {
    this.unloadable.clear();
    const view = await this.#toasts.answer(this.#bridge.call('recipes:refresh'));
    if (view !== undefined) this.apply(view);
  }

  /** Requests the shapes of the visible recipes before those of the others. */
  want(ids: readonly RecipeId[]): void {
    const wanted = ids.slice(0, MOST_WANTED);
    if (wanted.join() === this.#wanted.join()) return;
    this.#wanted = wanted;
    clearTimeout(this.#timer);
    // Failures are ignored: the list then shows no marks, and other parts of the window show the state of the server.
    this.#timer = setTimeout(() => void this.#bridge.call('recipes:want', { recipeIds: [...wanted] }), PAUSE);
  }

  /** Loads the shape of the chosen recipe unless it is known. */
  async learn(id: RecipeId): Promise<void> {
    if (this.unloadable.has(id) || this.byId(id)?.shape !== null) return;
    const result = await this.#bridge.call('recipes:load', { recipeId: id });
    if (result.ok) this.update([result.value]);
    if (!result.ok || result.value.shape === null) this.unloadable.add(id);
  }

  /** Loads a recipe that no list holds; a failure is shown. */
  loadById(id: RecipeId): Promise<RecipeView | undefined> {
    return this.#toasts.answer(this.#bridge.call('recipes:load', { recipeId: id }));
  }

  async favour(id: RecipeId, favourite: boolean): Promise<void> {
    const recipe = await this.#toasts.answer(this.#bridge.call('recipes:favourite', { recipeId: id, favourite }));
    if (recipe !== undefined) this.update([recipe]);
  }

  async detail(id: RecipeId): Promise<RecipeDetailView | undefined> {
    return this.#toasts.answer(this.#bridge.call('recipes:detail', { recipeId: id }));
  }
}

const byName = (one: RecipeView, other: RecipeView): number =>
  one.name.localeCompare(other.name, 'en', { numeric: true, sensitivity: 'base' });
