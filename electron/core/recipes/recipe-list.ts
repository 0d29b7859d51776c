import type { ProfileId, RecipeId, RecipeView } from '../../contract/views.ts';
import { artifactAddress } from '../../contract/artifact-address.ts';
import type { LoadedRecipe, StoredRecipe } from '../store/recipe-row.ts';
import type { LastUsed, RecipeMark, RecipeStore } from '../store/recipe-store.ts';
import type { RecipePictures } from './pictures.ts';

interface RecipeListPorts {
  readonly store: RecipeStore;
  readonly pictures: Pick<RecipePictures, 'file'>;
}

const UNMARKED: RecipeMark = { favourite: false, usedAt: null };

/** The recipes of one profile as they are shown, held in memory so that events need no database read. */
export class RecipeList {
  readonly #ports: RecipeListPorts;
  readonly #profileId: ProfileId;
  /** Recipes loaded since this list was made, for those whose listing has no time of change. */
  readonly #loadedNow = new Set<RecipeId>();
  #stored = new Map<RecipeId, StoredRecipe>();
  #marks = new Map<RecipeId, RecipeMark>();
  #lastUsed: LastUsed = {};
  /** In display order. */
  #views = new Map<RecipeId, RecipeView>();
  #shown: readonly RecipeView[] | null = null;

  constructor(profileId: ProfileId, ports: RecipeListPorts) {
    this.#profileId = profileId;
    this.#ports = ports;
    this.read();
  }

  /** Reads everything from the database again. */
  read(): void {
    const { store } = this.#ports;
    this.#stored = new Map(store.list(this.#profileId).map((stored) => [stored.listing.id, stored]));
    this.#marks = new Map(store.marksOf(this.#profileId));
    this.#lastUsed = store.lastUsedOf(this.#profileId);
    const views = [...this.#stored.values()].map((stored) => this.#viewOf(stored)).sort(byOwnThenName);
    this.#views = new Map(views.map((view) => [view.id, view]));
    this.#shown = null;
  }

  get recipes(): readonly RecipeView[] {
    this.#shown ??= [...this.#views.values()];
    return this.#shown;
  }

  /** Only recipes that exist now. */
  get lastUsedFor(): LastUsed {
    return Object.fromEntries(Object.entries(this.#lastUsed).filter(([, id]) => this.#views.has(id)));
  }

  find(id: RecipeId): RecipeView | null {
    return this.#views.get(id) ?? null;
  }

  /** Recipes without current facts, in display order. */
  unknown(): readonly RecipeId[] {
    return [...this.#views.keys()].filter((id) => {
      const stored = this.#stored.get(id);
      if (stored?.isCurrent !== true) return true;
      // No listing tells when it changes, or is removed.
      const { updatedAt, isUnlisted = false } = stored.listing;
      return isUnlisted || (updatedAt === null && !this.#loadedNow.has(id));
    });
  }

  /** The server's picture names of these recipes; of all recipes without an argument. */
  pictureUrls(ids: Iterable<RecipeId> = this.#stored.keys()): readonly string[] {
    const urls = [...ids].map((id) => this.#stored.get(id)?.listing.pictureUrl ?? null);
    return [...new Set(urls.filter((url) => url !== null))];
  }

  /** The recipes that show this picture. */
  withPicture(pictureUrl: string): readonly RecipeId[] {
    return [...this.#stored].filter(([, { listing }]) => listing.pictureUrl === pictureUrl).map(([id]) => id);
  }

  /**
   * Stores the facts of a loaded recipe; returns whether they match the listing. `renew` shows them, as it does the
   * marks below.
   */
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

  /** Notes that the recipe was run with these kinds; returns whether that changed anything. */
  useFor(kinds: readonly (keyof LastUsed)[], id: RecipeId): boolean {
    const isNews = kinds.some((kind) => this.#lastUsed[kind] !== id);
    this.#lastUsed = { ...this.#lastUsed, ...Object.fromEntries(kinds.map((kind) => [kind, id])) };
    return isNews;
  }

  /** Rebuilds the view of a recipe. */
  renew(id: RecipeId): void {
    const stored = this.#stored.get(id);
    if (stored === undefined) return;
    this.#views.set(id, this.#viewOf(stored));
    this.#shown = null;
  }

  #viewOf({ listing, facts, isCurrent }: StoredRecipe): RecipeView {
    const { pictureUrl, ...listed } = listing;
    const own = facts?.words;
    // The listing is newer. Where it has no texts (wire 2a, 2c), the recipe's own are used.
    const isNamed = listed.name !== '' && listed.name !== listed.id;
    const hasNoName = own === undefined || own.name === '';
    const isKept = this.#ports.pictures.file(pictureUrl) !== null;
    return {
      ...listed,
      name: isNamed || hasNoName ? listed.name : own.name,
      description: listed.description || (own?.description ?? ''),
      author: listed.author || (own?.author ?? ''),
      tags: listed.tags.length > 0 ? listed.tags : (own?.tags ?? []),
      picture: isKept ? artifactAddress('recipe', listed.id) : null,
      shape: isCurrent && facts !== null ? facts.shape : null,
      ...(this.#marks.get(listed.id) ?? UNMARKED),
    };
  }
}

type Ordered = Pick<RecipeView, 'mine' | 'name'>;

/** One collator for all: creating it is slow. */
const { compare } = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

/** The server sorts only within a page (wire 2b), so the list has its own order. */
export const byOwnThenName = (a: Ordered, b: Ordered): number =>
  Number(b.mine) - Number(a.mine) || compare(a.name, b.name);
