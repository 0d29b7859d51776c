import { rm } from 'node:fs/promises';
import type {
  ProfileId,
  FormValues,
  RecipeDetailView,
  RecipeForm,
  RecipeId,
  RecipesView,
  RecipeView,
} from '../../contract/views.ts';
import { AppError } from '../base/coded-error.ts';
import { Listeners } from '../base/emitter.ts';
import { sqliteDiskCode } from '../base/sqlite-error.ts';
import { OmnitoolError } from '../omnitool/errors.ts';
import { NotReady } from '../model/servers.ts';
import { readForm } from '../model/form/read-form.ts';
import type { RecipeDetail } from '../model/read-recipe.ts';
import type { RecipeUse } from '../store/recipe-store.ts';
import type { PictureFile } from './pictures.ts';
import { ProfileRecipes, type ProfileRecipesPorts } from './profile-recipes.ts';

const EMPTY: RecipesView = { status: 'empty', recipes: [], listedAt: null, problem: null, lastUsedFor: {} };

interface CataloguePorts extends Pick<ProfileRecipesPorts, 'store' | 'servers' | 'clock' | 'logger'> {
  /** The folder for the pictures of a profile's recipes. */
  readonly pictureFolder: (profileId: ProfileId) => string;
  /** Fetches the picture that the profile's server has under this name; null when it has none. */
  readonly fetchPicture: (profileId: ProfileId, pictureUrl: string, signal: AbortSignal) => Promise<Uint8Array | null>;
}

/** The blocks of a recipe, for the progress of a run. */
export interface RecipeBlocks {
  /** The number of enabled blocks. */
  readonly count: number;
  /** The title of a block; null when the block is unknown. */
  titleOf(nodeId: string): string | null;
  /** Ids of the chat output blocks; null when unknown. */
  readonly chatBlocks: readonly string[] | null;
  /** The known names of the files that it stores in the File Manager; null: it has no block for that. */
  readonly fileNames: readonly string[] | null;
}

/** The recipes of the active profile: from the last listing at once, and from the server when it answers. */
export class Catalogue {
  readonly #ports: CataloguePorts;
  readonly #changes = new Listeners<RecipesView>();
  readonly #updates = new Listeners<readonly RecipeView[]>();
  #current: ProfileRecipes | null = null;
  /** The work that inactive profiles still have to finish. */
  #leaving: Promise<unknown> = Promise.resolve();

  constructor(ports: CataloguePorts) {
    this.#ports = ports;
  }

  get view(): RecipesView {
    return this.#current?.view ?? EMPTY;
  }

  /** The profile whose recipes are shown. */
  get profileId(): ProfileId | null {
    return this.#current?.profileId ?? null;
  }

  /** Calls `listener` with each new list and each change of the listing's status. */
  onChange(listener: (view: RecipesView) => void): () => void {
    return this.#changes.add(listener);
  }

  /** Calls `listener` with changed recipes of the list, at most five times a second. */
  onUpdated(listener: (recipes: readonly RecipeView[]) => void): () => void {
    return this.#updates.add(listener);
  }

  find(id: RecipeId): RecipeView | null {
    return this.#current?.list.find(id) ?? null;
  }

  /** Shows the recipes of another profile as they were last listed. */
  use(profileId: ProfileId | null): void {
    if (profileId === this.profileId) return;
    this.#leave();
    this.#current = profileId === null ? null : this.#open(profileId);
    this.#changes.emit(this.view);
  }

  /** Lists the recipes anew. A failure keeps the old list and says why it is old. */
  async refresh(): Promise<RecipesView> {
    await this.#current?.refresh();
    return this.view;
  }

  /**
   * Loads what a recipe takes and gives, unless it is known.
   *
   * @throws AppError `not-connected`; `recipe-unknown` when the server does not have it (any more); the server's
   * failures
   */
  async load(id: RecipeId): Promise<RecipeView> {
    const current = this.#inUse();
    if (current.list.find(id)?.shape == null) await current.load(id);
    return this.#listed(id);
  }

  /** Sets the recipes that are in view. Their missing facts and pictures are fetched first. */
  want(ids: readonly RecipeId[]): void {
    this.#current?.want(ids);
  }

  /**
   * Returns the details of a recipe's own page. When the server cannot be asked, they are from the last load.
   *
   * @throws as `load` does, when the recipe was never loaded
   */
  async detail(id: RecipeId): Promise<RecipeDetailView> {
    const { profileId } = this.#inUse();
    try {
      await this.load(id);
    } catch (failure) {
      const isAway = failure instanceof OmnitoolError || failure instanceof NotReady;
      if (!isAway || this.#detailOf(profileId, id) === null) throw failure;
    }
    const known = this.#detailOf(profileId, id);
    if (known === null) throw new AppError('recipe-unknown', this.find(id)?.name ?? null);
    const { category, help, blocks } = known;
    const form = readForm(known.forms);
    return { recipeId: id, category, help, blocks, form, lastValues: this.lastValues(id) };
  }

  /** The form of a recipe; null when it has none, or was never loaded. */
  formOf(id: RecipeId): RecipeForm | null {
    if (this.find(id)?.shape?.hasForm === false) return null;
    const detail = this.#current === null ? null : this.#detailOf(this.#current.profileId, id);
    return detail === null ? null : readForm(detail.forms);
  }

  /** What the form of a recipe was last filled in with here. */
  lastValues(id: RecipeId): FormValues {
    return this.#current === null ? {} : this.#ports.store.valuesOf(this.#current.profileId, id);
  }

  /**
   * Marks a recipe as a favourite or removes the mark.
   *
   * @throws AppError `not-connected`, `recipe-unknown`
   */
  favour(id: RecipeId, favourite: boolean): RecipeView {
    const current = this.#inUse();
    this.#listed(id);
    this.#ports.store.setFavourite(current.profileId, id, favourite);
    current.list.mark(id, { favourite });
    current.touch(id);
    return this.#listed(id);
  }

  /**
   * Notes that a run of the recipe is started, in the transaction that stores the run. Damaged rows must not prevent the start; what ends the transaction is thrown.
   */
  noteUse(profileId: ProfileId, id: RecipeId, use: RecipeUse): void {
    try {
      this.#ports.store.noteUse(profileId, id, use);
    } catch (failure) {
      if (sqliteDiskCode(failure) !== null) throw failure;
      this.#ports.logger.warn('The use of a recipe could not be noted.', { failure });
    }
    const current = this.#current;
    if (current?.profileId !== profileId) return;
    current.list.mark(id, { usedAt: use.at });
    current.touch(id);
    if (current.list.useFor(use.kinds, id)) this.#changes.emit(this.view);
  }

  /**
   * The blocks of a recipe of any profile as of its last load; null when it was never loaded. Reads the database, so
   * call it once a run and not once an event.
   */
  blocksOf(profileId: ProfileId, id: RecipeId): RecipeBlocks | null {
    const detail = this.#detailOf(profileId, id);
    if (detail === null) return null;
    const { blocks, titles, chatBlocks, fileNames } = detail;
    return {
      count: blocks,
      chatBlocks,
      fileNames,
      titleOf: (nodeId) => (Object.hasOwn(titles, nodeId) ? (titles[nodeId] ?? null) : null),
    };
  }

  /** The picture of a recipe in the list; null when it is not on this machine. */
  picture(id: RecipeId): PictureFile | null {
    return this.#current?.picture(id) ?? null;
  }

  /** Removes everything that is stored of a profile's recipes: lists, marks and pictures. */
  async forget(profileId: ProfileId): Promise<void> {
    if (this.#current?.profileId === profileId) this.use(null);
    this.#ports.store.forget(profileId);
    await this.#leaving;
    await rm(this.#ports.pictureFolder(profileId), { recursive: true, force: true });
  }

  /** Cancels what is still being fetched. */
  close(): void {
    this.#leave();
    this.#current = null;
  }

  #leave(): void {
    this.#leaving = Promise.all([this.#leaving, this.#current?.close()]);
  }

  #open(profileId: ProfileId): ProfileRecipes {
    const { pictureFolder, fetchPicture, ...shared } = this.#ports;
    const opened = new ProfileRecipes(profileId, {
      ...shared,
      pictureFolder: pictureFolder(profileId),
      fetchPicture: (pictureUrl, signal) => fetchPicture(profileId, pictureUrl, signal),
      onChanged: () => {
        if (this.#current === opened) this.#changes.emit(this.view);
      },
      onUpdated: (recipes) => this.#updates.emit(recipes),
    });
    return opened;
  }

  #inUse(): ProfileRecipes {
    if (this.#current === null) throw new AppError('not-connected');
    return this.#current;
  }

  #listed(id: RecipeId): RecipeView {
    const found = this.find(id);
    if (found === null) throw new AppError('recipe-unknown');
    return found;
  }

  #detailOf(profileId: ProfileId, id: RecipeId): RecipeDetail | null {
    if (this.#current?.profileId === profileId) this.#current.save();
    return this.#ports.store.detail(profileId, id);
  }
}
