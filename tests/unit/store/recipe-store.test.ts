import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDatabase } from '../../../electron/core/store/database.ts';
import type { LoadedRecipe, RecipeListing } from '../../../electron/core/store/recipe-row.ts';
import { RecipeStore } from '../../../electron/core/store/recipe-store.ts';
import type { StoreDatabase } from '../../../electron/core/store/store-database.ts';

const HOME = 'profile-1';
const OTHER = 'profile-2';

const listing = (id: string, more: Partial<RecipeListing> = {}): RecipeListing => ({
  id,
  name: `Recipe ${id}`,
  description: '',
  author: 'Ada',
  tags: ['#test'],
  mine: true,
  updatedAt: 5,
  pictureUrl: null,
  ...more,
});

const loaded = (id: string, updatedAt: number | null = 5): LoadedRecipe => ({
  id,
  updatedAt,
  facts: {
    shape: {
      takes: ['text'],
      gives: [],
      givesInChat: ['text'],
      hasForm: false,
      formTakes: [],
      warnings: ['chat-only'],
    },
    words: { name: 'Own name', description: 'Own words', author: 'Grace', tags: [] },
  },
  detail: {
    category: 'test',
    help: '**Help**',
    blocks: 2,
    titles: { '1': 'Chat input' },
    chatBlocks: [],
    fileNames: null,
    forms: [],
  },
});

let folder: string;
let database: StoreDatabase;
let store: RecipeStore;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'omnitray-recipes-'));
  database = openDatabase(folder, 1).database;
  store = new RecipeStore(database);
});
afterEach(() => {
  database.close();
  rmSync(folder, { recursive: true, force: true });
});

const ids = (profileId = HOME): readonly string[] => store.list(profileId).map(({ listing: { id } }) => id);

/** How many rows `work` writes. */
function written(work: () => void): number {
  const count = (): number => Number(database.prepare('SELECT total_changes() AS n').get()?.n);
  const before = count();
  work();
  return count() - before;
}

describe('a listing', () => {
  it('is kept by profile, in its order', () => {
    store.replace(HOME, [listing('b'), listing('a')], 7);
    store.replace(OTHER, [listing('a', { name: 'Another' })], 8);
    expect(ids()).toEqual(['b', 'a']);
    expect(store.listedAt(HOME)).toBe(7);
    expect(store.list(OTHER)).toEqual([{ listing: listing('a', { name: 'Another' }), facts: null, isCurrent: false }]);
    expect(store.listedAt('unheard-of')).toBeNull();
  });

  it('follows changes and deletions, and writes nothing else', () => {
    const thousand = Array.from({ length: 1_000 }, (_, index) => listing(String(index)));
    expect(written(() => store.replace(HOME, thousand, 7))).toBe(1_001);
    expect(written(() => store.replace(HOME, thousand, 8))).toBe(1);
    expect(written(() => store.replace(HOME, thousand.toReversed(), 9))).toBe(1);
    const [first, second, ...others] = thousand;
    const changed = [{ ...(first ?? listing('0')), name: 'New name' }, ...others, listing('new')];
    expect(written(() => store.replace(HOME, changed, 10))).toBe(4);
    expect(ids()).not.toContain(second?.id);
    expect(store.list(HOME).find(({ listing: { id } }) => id === '0')?.listing.name).toBe('New name');
  });

  it('takes a recipe that is named twice once', () => {
    store.replace(HOME, [listing('a'), listing('b'), listing('a', { name: 'Again' })], 7);
    expect(ids().toSorted()).toEqual(['a', 'b']);
  });
});

describe('what was learned', () => {
  it('stays with the recipe, and is current until the recipe changes', () => {
    store.replace(HOME, [listing('a'), listing('b')], 7);
    store.saveLoaded(HOME, [loaded('a'), loaded('unheard-of')]);
    expect(store.list(HOME)).toEqual([
      { listing: listing('a'), facts: loaded('a').facts, isCurrent: true },
      { listing: listing('b'), facts: null, isCurrent: false },
    ]);
    expect(store.detail(HOME, 'a')).toEqual(loaded('a').detail);
    store.replace(HOME, [listing('a', { updatedAt: 6 })], 8);
    expect(store.list(HOME)).toMatchObject([{ facts: loaded('a').facts, isCurrent: false }]);
    expect(store.detail(HOME, 'a')).toEqual(loaded('a').detail);
    store.saveLoaded(HOME, [loaded('a', 6)]);
    expect(store.list(HOME)).toMatchObject([{ isCurrent: true }]);
  });

  it('is nothing for a recipe that was never loaded, or is of another profile', () => {
    store.replace(HOME, [listing('a')], 7);
    store.replace(OTHER, [listing('a')], 7);
    store.saveLoaded(OTHER, [loaded('a')]);
    expect(store.detail(HOME, 'a')).toBeNull();
    expect(store.detail(HOME, 'unheard-of')).toBeNull();
    expect(store.list(HOME)).toMatchObject([{ facts: null }]);
  });

  it('is learned anew where an earlier version stored less', () => {
    store.replace(HOME, [listing('a')], 7);
    const { pictureUrl, ...earlier } = listing('a');
    database
      .prepare('UPDATE recipes SET listing = ?, shape = ?, shape_of = 5')
      .run(JSON.stringify(earlier), '{"takes":["text"],"gives":[],"answersInChat":true}');
    expect(store.list(HOME)).toEqual([{ listing: { ...earlier, pictureUrl }, facts: null, isCurrent: false }]);
  });
});

describe('marks', () => {
  it('survive that a recipe goes and returns', () => {
    store.replace(HOME, [listing('a')], 7);
    store.noteUse(HOME, 'a', { kinds: ['image', 'image', 'text'], values: {}, at: 70 });
    store.setFavourite(HOME, 'a', true);
    store.replace(HOME, [], 8);
    store.replace(HOME, [listing('a')], 9);
    expect(store.marksOf(HOME)).toEqual(new Map([['a', { favourite: true, usedAt: 70 }]]));
    expect(store.lastUsedOf(HOME)).toEqual({ image: 'a', text: 'a' });
    store.setFavourite(HOME, 'a', false);
    store.noteUse(HOME, 'b', { kinds: ['text'], values: {}, at: 80 });
    expect(store.marksOf(HOME).get('a')).toEqual({ favourite: false, usedAt: 70 });
    expect(store.lastUsedOf(HOME)).toEqual({ image: 'a', text: 'b' });
    expect(store.marksOf(OTHER).size).toBe(0);
  });

  it('go with their profile, and with no other', () => {
    for (const profile of [HOME, OTHER]) {
      store.replace(profile, [listing('a')], 7);
      store.noteUse(profile, 'a', { kinds: ['text'], values: {}, at: 70 });
    }
    store.forget(HOME);
    expect([ids(HOME), store.listedAt(HOME), store.marksOf(HOME).size, store.lastUsedOf(HOME)]).toEqual([
      [],
      null,
      0,
      {},
    ]);
    expect([ids(OTHER), store.listedAt(OTHER), store.marksOf(OTHER).size]).toEqual([['a'], 7, 1]);
  });
});
