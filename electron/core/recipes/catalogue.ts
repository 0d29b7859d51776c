import type { ErrorView } from '../../contract/errors.ts';
import type { ProfileId, RecipeId, RecipeView, RecipesView } from '../../contract/views.ts';
import { AppError, errorView } from '../app/app-error.ts';
import type { Clock } from '../clock.ts';
import { Listeners } from '../listeners.ts';
import type { ListedRecipe } from '../omnitool/recipes.ts';
import type { Servers } from '../runs/servers.ts';
import type { RecipeListing, RecipeStore } from '../store/recipe-store.ts';
import { shapeOf } from './shape.ts';

const EMPTY: RecipesView = { status: 'empty', recipes: [], listedAt: null, problem: null, lastUsedFor: {} };

export interface CataloguePorts {
  readonly store: RecipeStore;
  readonly servers: Servers;
  readonly clock: Clock;
}

/** The recipes of the profile in use: from the last listing at once, from the server when it answers. */
export class Catalogue {
  readonly #ports: CataloguePorts;
  readonly #changes = new Listeners<RecipesView>();
  readonly #loading = new Map<RecipeId, Promise<void>>();
  #profileId: ProfileId | null = null;
  #view: RecipesView = EMPTY;
  #refreshing: Promise<void> | null = null;

  constructor(ports: CataloguePorts) {
    this.#ports = ports;
  }

  get view(): RecipesView {
    return this.#view;
  }

  onChange(listener: (view: RecipesView) => void): () => void {
    return this.#changes.add(listener);
  }

  find(id: RecipeId): RecipeView | null {
    return this.#view.recipes.find((recipe) => recipe.id === id) ?? null;
  }

  /** Shows the recipes of another profile, as last listed. */
  use(profileId: ProfileId | null): void {
    if (profileId === this.#profileId) return;
    this.#profileId = profileId;
    this.#loading.clear();
    this.#refreshing = null;
    this.#show('ready', null);
  }

  /** Lists anew. A failure keeps the old list and says why it is old. */
  async refresh(): Promise<RecipesView> {
    if (this.#profileId === null) return this.#view;
    const profileId = this.#profileId;
    this.#refreshing ??= this.#list(profileId).finally(() => {
      if (this.#profileId === profileId) this.#refreshing = null;
    });
    await this.#refreshing;
    return this.#view;
  }

  /**
   * Learns what a recipe takes and gives, once.
   *
   * @throws AppError `recipe-unknown` when the server does not have it (any more), and the server's other failures.
   */
  async load(id: RecipeId): Promise<RecipeView> {
    const profileId = this.#profileId;
    if (profileId === null) throw new AppError('not-connected');
    if (this.find(id)?.shape == null) {
      const loading = this.#loading.get(id) ?? this.#loadShape(profileId, id).finally(() => this.#loading.delete(id));
      this.#loading.set(id, loading);
      await loading;
    }
    const loaded = this.find(id);
    if (loaded === null) throw new AppError('recipe-unknown');
    return loaded;
  }

  /** What is still being asked for comes to nothing. */
  close(): void {
    this.#profileId = null;
  }

  async #list(profileId: ProfileId): Promise<void> {
    const { store, servers, clock } = this.#ports;
    if (this.#view.recipes.length === 0) this.#show('loading', null);
    try {
      const server = await servers.serverFor(profileId);
      const listings = (await server.listRecipes()).map(toListing).sort(byOwnThenName);
      if (this.#profileId !== profileId) return;
      store.replace(profileId, listings, clock.now());
      this.#show('ready', null);
    } catch (failure) {
      if (this.#profileId === profileId) this.#show('failed', errorView(failure));
    }
  }

  async #loadShape(profileId: ProfileId, id: RecipeId): Promise<void> {
    const server = await this.#ports.servers.serverFor(profileId);
    const recipe = await server.loadRecipe(id);
    if (recipe === null) throw new AppError('recipe-unknown', this.find(id)?.name ?? null);
    if (this.#profileId !== profileId) return;
    this.#ports.store.saveShape(profileId, id, shapeOf(recipe.nodes), this.find(id)?.updatedAt ?? null);
    this.#show(this.#view.status, this.#view.problem);
  }

  #show(status: RecipesView['status'], problem: ErrorView | null): void {
    const listed = this.#profileId === null ? EMPTY : this.#ports.store.list(this.#profileId);
    const isEmpty = status === 'ready' && listed.recipes.length === 0 && listed.listedAt === null;
    this.#view = {
      status: isEmpty ? 'empty' : status,
      recipes: listed.recipes,
      listedAt: listed.listedAt,
      problem,
      lastUsedFor: {},
    };
    this.#changes.tell(this.#view);
  }
}

const toListing = (listed: ListedRecipe): RecipeListing => ({
  id: listed.id,
  name: listed.name,
  description: listed.description,
  author: listed.author,
  tags: listed.tags,
  mine: listed.mine,
  updatedAt: listed.updatedAt,
});

/** The server's order holds only within a page (wire 2b), so the list has an order of its own. */
const byOwnThenName = (a: RecipeListing, b: RecipeListing): number =>
  Number(b.mine) - Number(a.mine) || a.name.localeCompare(b.name, undefined, { numeric: true });
