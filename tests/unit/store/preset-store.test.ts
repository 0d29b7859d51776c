import { mkdtempSync, rmSync } from 'node:fs';
import { StatementSync } from 'node:sqlite';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { openDatabase } from '../../../electron/core/store/database.ts';
import { PresetStore, type StoredPreset } from '../../../electron/core/store/preset-store.ts';
import { RecipeStore } from '../../../electron/core/store/recipe-store.ts';
import type { StoreDatabase } from '../../../electron/core/store/store-database.ts';

let folder: string;
let database: StoreDatabase;
let store: PresetStore;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'omnitray-presets-'));
  database = openDatabase(folder, 1).database;
  store = new PresetStore(database);
});
afterEach(() => {
  vi.restoreAllMocks();
  database.close();
  rmSync(folder, { recursive: true, force: true });
});

const aPreset = (id: string, change: Partial<StoredPreset> = {}): StoredPreset => ({
  ...{ id, profileId: 'home', recipeId: 'icons', name: id, hint: '', values: { size: 512 }, usedAt: 5 },
  ...change,
});

it('lists presets without their values, and finds them with all of them', () => {
  const values = { size: 1024, tags: ['a', 'b'], more: { deep: null } };
  store.put(aPreset('a', { values, hint: 'Size 1024' }));
  store.put(aPreset('b', { recipeId: 'letters' }));
  store.put(aPreset('c', { profileId: 'work' }));
  expect(store.list('home').map(({ id }) => id)).toEqual(['a', 'b']);
  expect(store.list('home')[0]).toEqual({ id: 'a', recipeId: 'icons', name: 'a', hint: 'Size 1024', usedAt: 5 });
  expect(store.find('a')).toEqual(aPreset('a', { values, hint: 'Size 1024' }));
  expect(store.ofRecipe('home', 'icons').map((preset) => preset.values)).toEqual([values]);
  expect(store.find('d')).toBeNull();
});

it('replaces, marks and removes one', () => {
  store.put(aPreset('a'));
  store.put(aPreset('b'));
  store.put(aPreset('a', { name: 'Store icon', values: {} }));
  store.noteUse('a', 9);
  expect(store.find('a')).toEqual(aPreset('a', { name: 'Store icon', values: {}, usedAt: 9 }));
  store.remove('a');
  expect(store.list('home').map(({ id }) => id)).toEqual(['b']);
});

it('loses those of a server that is forgotten, and no others', () => {
  store.put(aPreset('a'));
  store.put(aPreset('b', { profileId: 'work' }));
  new RecipeStore(database).forget('home');
  expect(store.list('home')).toEqual([]);
  expect(store.find('b')).not.toBeNull();
});

it('leaves out a damaged one and keeps it', () => {
  store.put(aPreset('a'));
  store.put(aPreset('b'));
  database.exec(`UPDATE presets SET form_values = '[1]' WHERE id = 'a'`);
  expect(store.find('a')).toBeNull();
  expect(store.ofRecipe('home', 'icons').map(({ id }) => id)).toEqual(['b']);
  expect(database.unreadable.view.others).toBe(1);
});

it('never reads the presets of other servers or recipes', () => {
  const spies = (['run', 'all'] as const).map((name) => vi.spyOn(StatementSync.prototype, name));
  store.put(aPreset('a'));
  store.list('home');
  store.ofRecipe('home', 'icons');
  store.find('a');
  store.noteUse('a', 6);
  store.remove('a');
  new RecipeStore(database).forget('home');
  const statements = new Set(
    spies.flatMap(({ mock }) => mock.contexts.map((context) => (context as StatementSync).sourceSQL)),
  );
  const plans = [...statements]
    .filter((sql) => sql.includes('presets'))
    .flatMap((sql) => database.prepare(`EXPLAIN QUERY PLAN ${sql}`).all());
  expect(plans.length).toBeGreaterThan(5);
  for (const { detail } of plans) expect(String(detail)).toMatch(/^SEARCH presets USING (COVERING )?INDEX /);
});
