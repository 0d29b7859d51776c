import type { ProfileId, RecipeId, RecipeView } from '../../contract/views.ts';
import { artifactAddress } from '../../contract/artifact-address.ts';
import type { LastUsed, RecipeMark, RecipeMarks } from '../store/recipe-marks.ts';
import type { LoadedRecipe, StoredRecipe } from '../store/recipe-row.ts';
import type { RecipeStore } from '../store/recipe-store.ts';
import type { RecipePictures } from './pictures.ts';

export interface RecipeListPorts {
  readonly store: RecipeStore;
  readonly marks: RecipeMarks;
  readonly pictures: Pick<RecipePictures, 'file'>;
}

const UNMARKED: RecipeMark = { favourite: false, usedAt: null };

/** The recipes of one profile as they are shown, held in memory: no event costs a look into the database. */
export class RecipeList {
  readonly #ports: RecipeListPorts;
  readonly #profileId: ProfileId;
  /** Loaded since this list was made, for recipes whose listing does not say when they changed. */
  readonly #loadedNow = new Set<RecipeId>();
  #stored = new Map<RecipeId, StoredRecipe>();
  #marks = new Map<RecipeId, RecipeMark>();
  #lastUsed: LastUsed = {};
  /** In the order they are shown. */
  #views = new Map<RecipeId, RecipeView>();
  #shown: readonly RecipeView[] | null = null;

  constructor(profileId: ProfileId, ports: RecipeListPorts) {
    this.#profileId = profileId;
    this.#ports = ports;
    this.read();
  }

  /** Takes everything from the database anew. */
  read(): void {
    const { store, marks } = this.#ports;
    this.#stored = new Map(store.list(this.#profileId).map((stored) => [stored.listing.id, stored]));
    this.#marks = new Map(marks.marksOf(this.#profileId));
    this.#lastUsed = marks.lastUsedOf(this.#profileId);
    const views = [...this.#stored.values()].map((stored) => this.#viewOf(stored)).sort(byOwnThenName);
    this.#views = new Map(views.map((view) => [view.id, view]));
    this.#shown = null;
  }

  get recipes(): readonly RecipeView[] {
    this.#shown ??= [...this.#views.values()];
    return this.#shown;
  }

  /** Only recipes that are there now. */
  get lastUsedFor(): LastUsed {
    return Object.fromEntries(Object.entries(this.#lastUsed).filter(([, id]) => this.#views.has(id)));
  }

  find(id: RecipeId): RecipeView | null {
    return this.#views.get(id) ?? null;
  }

  /** Those not known as they are now, in the order they are shown. */
  unknown(): readonly RecipeId[] {
    return [...this.#views.keys()].filter((id) => {
      const stored = this.#stored.get(id);
      return stored?.isCurrent !== true || (stored.listing.updatedAt === null && !this.#loadedNow.has(id));
    });
  }

  /** The names the server has for the pictures of these recipes; of all without an argument. */
  pictureUrls(ids: Iterable<RecipeId> = this.#stored.keys()): readonly string[] {
    const urls = [...ids].map((id) => this.#stored.get(id)?.listing.pictureUrl ?? null);
    return [...new Set(urls.filter((url) => url !== null))];
  }

  /** Those that show this picture. */
  withPicture(pictureUrl: string): readonly RecipeId[] {
    return [...this.#stored].filter(([, { listing }]) => listing.pictureUrl === pictureUrl).map(([id]) => id);
  }

  /** Whether it is what the list tells of. Shown with the next `renew`, as are the marks that follow. */
  learn({ id, updatedAt, facts }: LoadedRecipe): boolean {
    const stored = this.#stored.get(id);
    if (stored === undefined) return true;
    this.#loadedNow.add(id);
    const isCurrent = stored.listing.updatedAt === updatedAt;
    this.#stored.set(id, { ...stored, facts, isCurrent });
    return isCurrent;
  }

  mark(id: RecipeId, change: Partial<RecipeMark>): void {
    this.#marks.set(id, { ...(this.#marks.get(id) ?? UNMARKED), ...change });
  }

  /** The recipe was run on these; whether that is news. */
  useFor(kinds: readonly (keyof LastUsed)[], id: RecipeId): boolean {
    const isNews = kinds.some((kind) => this.#lastUsed[kind] !== id);
    this.#lastUsed = { ...this.#lastUsed, ...Object.fromEntries(kinds.map((kind) => [kind, id])) };
    return isNews;
  }

  /** Shows a recipe as it is known now. */
  renew(id: RecipeId): void {
    const stored = this.#stored.get(id);
    if (stored === undefined) return;
    this.#views.set(id, this.#viewOf(stored));
    this.#shown = null;
  }

  #viewOf({ listing, facts, isCurrent }: StoredRecipe): RecipeView {
    const { pictureUrl, ...told } = listing;
    const own = facts?.words;
    // The listing is newer. Where it has no words (wire 2a, 2c), those of the recipe itself are taken.
    const isNamed = told.name !== '' && told.name !== told.id;
    const isUnheard = own === undefined || own.name === '';
    const isKept = this.#ports.pictures.file(pictureUrl) !== null;
    return {
      ...told,
      name: isNamed || isUnheard ? told.name : own.name,
      description: told.description || (own?.description ?? ''),
      author: told.author || (own?.author ?? ''),
      tags: told.tags.length > 0 ? told.tags : (own?.tags ?? []),
      picture: isKept ? artifactAddress('recipe', told.id) : null,
      shape: isCurrent && facts !== null ? facts.shape : null,
      ...(this.#marks.get(told.id) ?? UNMARKED),
    };
  }
}

type Ordered = Pick<RecipeView, 'mine' | 'name'>;

/** One for all: making it is what is slow. */
const { compare } = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

/** The server's order holds only within a page (wire 2b), so the list has an order of its own. */
export const byOwnThenName = (a: Ordered, b: Ordered): number =>
  Number(b.mine) - Number(a.mine) || compare(a.name, b.name);
