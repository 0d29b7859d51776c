import type { ErrorView } from '../../contract/errors.ts';
import type { ProfileId, RecipeId, RecipesView, RecipeView } from '../../contract/views.ts';
import { AppError } from '../base/coded-error.ts';
import { errorView } from '../base/error-view.ts';
import type { Clock } from '../base/clock.ts';
import type { Logger } from '../base/logger.ts';
import { OmnitoolError } from '../omnitool/errors.ts';
import type { ListedRecipe } from '../omnitool/recipe-list.ts';
import { NotReady, type Servers } from '../model/servers.ts';
import { sqliteDiskCode } from '../base/sqlite-error.ts';
import type { LoadedRecipe, RecipeListing, StoredRecipe } from '../store/recipe-row.ts';
import type { RecipeStore } from '../store/recipe-store.ts';
import { RecipeLoader } from './loader.ts';
import { type PictureFile, type PicturePorts, RecipePictures } from './pictures.ts';
import { readRecipe } from '../model/read-recipe.ts';
import { byOwnThenName, RecipeList } from './recipe-list.ts';

/** Milliseconds for which changes are gathered, then stored in one write and published in one event. */
const GATHERING = 200;
/** Milliseconds after which a list is listed anew when it comes into view. */
const OLD = 300_000;

/** What a `ProfileRecipes` is built from. */
export interface ProfileRecipesPorts {
  readonly store: RecipeStore;
  readonly servers: Servers;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly pictureFolder: string;
  readonly fetchPicture: PicturePorts['fetch'];
  /** Called with a new list, and with the status of a listing. */
  onChanged(): void;
  /** Called with changed recipes of the list. */
  onUpdated(recipes: readonly RecipeView[]): void;
}

/** The recipes of the active profile: lists them, and loads the facts that a listing does not have. */
export class ProfileRecipes {
  readonly profileId: ProfileId;
  readonly list: RecipeList;
  readonly #ports: ProfileRecipesPorts;
  readonly #loader: RecipeLoader;
  readonly #pictures: RecipePictures;
  readonly #closed = new AbortController();
  readonly #unsaved = new Map<RecipeId, LoadedRecipe>();
  readonly #unpublished = new Set<RecipeId>();
  #listedAt: number | null;
  #status: RecipesView['status'];
  #problem: ErrorView | null = null;
  #refreshing: Promise<void> | null = null;
  /** The start counts as an attempt: a profile is listed by itself once it is online. */
  #triedAt: number;
  #stopGathering: (() => void) | null = null;

  constructor(profileId: ProfileId, ports: ProfileRecipesPorts) {
    this.profileId = profileId;
    this.#ports = ports;
    const { clock, servers, logger } = ports;
    this.#pictures = new RecipePictures({
      folder: ports.pictureFolder,
      fetch: ports.fetchPicture,
      onKept: (pictureUrl) => this.touch(...this.list.withPicture(pictureUrl)),
      onFailure: (failure) => logger.info('The picture of a recipe could not be had.', { failure }),
    });
    this.list = new RecipeList(profileId, { ...ports, pictures: this.#pictures });
    this.#loader = new RecipeLoader({
      clock,
      load: (id, signal) => this.#load(id, signal),
      isReachable: () => servers.check(profileId),
      onFailure: (recipe, failure) => logger.info('A recipe could not be loaded.', { recipe, failure }),
    });
    this.#triedAt = clock.now();
    this.#listedAt = ports.store.listedAt(profileId);
    this.#status = this.#listedAt === null ? 'empty' : 'ready';
  }

  get view(): RecipesView {
    const { recipes, lastUsedFor } = this.list;
    return { status: this.#status, recipes, listedAt: this.#listedAt, problem: this.#problem, lastUsedFor };
  }

  picture(id: RecipeId): PictureFile | null {
    const [pictureUrl] = this.list.pictureUrls([id]);
    return this.#pictures.file(pictureUrl ?? null);
  }

  /** Lists the recipes anew. A failure keeps the old list and says why it is old. */
  refresh(): Promise<void> {
    this.#refreshing ??= this.#listAnew().finally(() => {
      this.#refreshing = null;
    });
    return this.#refreshing;
  }

  /** Sets the recipes in view: their facts are loaded first, and an old list is listed anew. */
  want(ids: readonly RecipeId[]): void {
    this.#loader.want(ids);
    this.#pictures.want(this.list.pictureUrls(ids));
    if (this.#ports.clock.now() - this.#triedAt > OLD) void this.refresh();
  }

  /**
   * Loads a recipe now, even when it is known.
   *
   * @throws AppError `recipe-unknown`, and the server's failures
   */
  async load(id: RecipeId): Promise<void> {
    await this.#loader.load(id);
    this.flush();
  }

  /** Marks recipes as changed. They are published soon, together with others. */
  touch(...ids: readonly RecipeId[]): void {
    if (this.#closed.signal.aborted) return;
    for (const id of ids) {
      this.list.renew(id);
      this.#unpublished.add(id);
    }
    this.#stopGathering ??= this.#ports.clock.after(GATHERING, () => this.flush());
  }

  /** Stores facts that are not stored yet. A full disk only means that they have to be loaded again. */
  save(): void {
    const loaded = [...this.#unsaved.values()];
    this.#unsaved.clear();
    if (loaded.length === 0) return;
    try {
      this.#ports.store.saveLoaded(this.profileId, loaded);
    } catch (failure) {
      this.#ports.logger.warn('What was learned of recipes could not be stored.', { failure });
    }
  }

  /** Stores and publishes what was gathered. */
  flush(): void {
    this.#stopGathering?.();
    this.#stopGathering = null;
    this.save();
    const changed = [...this.#unpublished].flatMap((id) => this.list.find(id) ?? []);
    this.#unpublished.clear();
    if (changed.length > 0) this.#ports.onUpdated(changed);
  }

  /** Cancels what is still being fetched. Nothing is published or written after the promise resolves. */
  async close(): Promise<void> {
    this.#stopGathering?.();
    this.save();
    this.#closed.abort();
    this.#loader.stop();
    await this.#pictures.stop();
  }

  async #listAnew(): Promise<void> {
    const { servers, store, clock } = this.#ports;
    this.#triedAt = clock.now();
    if (this.list.recipes.length === 0) this.#show('loading', null);
    try {
      const server = await servers.serverFor(this.profileId);
      const { recipes, complete } = await server.listRecipes(this.#closed.signal);
      if (this.#closed.signal.aborted) return;
      this.save();
      const now = clock.now();
      const listed = recipes.map(toListing);
      const kept = keptBeside(listed, store.list(this.profileId), complete);
      store.replace(this.profileId, [...listed, ...kept].sort(byOwnThenName), now);
      this.#listedAt = now;
      this.list.read();
      servers.report(this.profileId, null);
      this.#show('ready', null);
      this.#loader.fill(this.list.unknown());
      void this.#pictures.keepOnly(this.list.pictureUrls());
    } catch (failure) {
      if (this.#closed.signal.aborted) return;
      this.#explain(failure);
      this.#show('failed', errorView(failure));
    }
  }

  #explain(failure: unknown): void {
    const { servers, logger } = this.#ports;
    if (failure instanceof OmnitoolError) servers.report(this.profileId, failure);
    else if (sqliteDiskCode(failure) !== null) logger.warn('The list of recipes could not be stored.', { failure });
    else if (!(failure instanceof NotReady)) logger.error('Recipes could not be listed.', { failure });
  }

  async #load(id: RecipeId, signal: AbortSignal): Promise<'current' | 'outdated'> {
    const listed = this.list.find(id);
    const server = await this.#ports.servers.serverFor(this.profileId);
    const recipe = await server.loadRecipe(id, signal);
    if (this.#closed.signal.aborted) throw new AppError('cancelled');
    const isUnlisted = listed === null || listed.isUnlisted === true;
    if (recipe === null) {
      if (isUnlisted) this.#changeList((store) => store.remove(this.profileId, id));
      throw new AppError('recipe-unknown', listed?.name ?? null);
    }
    // No list holds it, so what it says of itself is its entry.
    if (isUnlisted) this.#changeList((store) => store.addUnlisted(this.profileId, toListing({ ...recipe, id })));
    const { updatedAt } = isUnlisted ? recipe : listed;
    const loaded = { id, updatedAt, ...readRecipe(recipe) };
    this.#unsaved.set(id, loaded);
    const isCurrent = this.list.learn(loaded);
    this.touch(id);
    if (isUnlisted) this.#show(this.#status, this.#problem);
    return isCurrent ? 'current' : 'outdated';
  }

  #changeList(change: (store: RecipeStore) => void): void {
    this.save();
    change(this.#ports.store);
    this.list.read();
  }

  /** A whole list includes all changes that were not yet published. */
  #show(status: RecipesView['status'], problem: ErrorView | null): void {
    this.#status = status;
    this.#problem = problem;
    this.#unpublished.clear();
    this.#ports.onChanged();
  }
}

/**
 * What stays of an earlier list: recipes that were loaded by their id, and public ones where the new list is only of the
 * user's own (wire 2c).
 */
function keptBeside(
  listed: readonly RecipeListing[],
  stored: readonly StoredRecipe[],
  isComplete: boolean,
): readonly RecipeListing[] {
  const ids = new Set(listed.map(({ id }) => id));
  return stored
    .map(({ listing }) => listing)
    .filter(({ id, mine, isUnlisted = false }) => !ids.has(id) && (isUnlisted || (!isComplete && !mine)));
}

/** Turns an entry of the server's listing into a row. */
const toListing = (listed: Omit<ListedRecipe, 'owner' | 'createdAt'>): RecipeListing => ({
  id: listed.id,
  name: listed.name,
  description: listed.description,
  author: listed.author,
  tags: listed.tags,
  mine: listed.mine,
  updatedAt: listed.updatedAt,
  pictureUrl: listed.pictureUrl,
});
