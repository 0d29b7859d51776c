import { randomUUID } from 'node:crypto';
import { LIMITS } from '../../contract/limits.ts';
import { isSameName, presetHint, presetValues } from '../../contract/presets.ts';
import type { FormValues, PresetId, PresetView, ProfileId, RecipeId } from '../../contract/views.ts';
import type { Clock } from '../base/clock.ts';
import { AppError } from '../base/coded-error.ts';
import { Listeners } from '../base/emitter.ts';
import type { PresetStore, StoredPreset } from '../store/preset-store.ts';
import type { Catalogue } from './catalogue.ts';

interface PresetPorts {
  readonly store: PresetStore;
  readonly catalogue: Pick<Catalogue, 'profileId' | 'formOf' | 'onChange'>;
  readonly clock: Clock;
}

/** Values to save under a name. */
export interface NewPreset {
  readonly recipeId: RecipeId;
  readonly name: string;
  readonly values: FormValues;
  /** Whether a preset that has the name gets the values; otherwise that is an error. */
  readonly replace: boolean;
}

/** Most states that `restore` can bring back; older ones are dropped. */
const MOST_KEPT = 50;

/** One collator for all: creating it is slow. */
const { compare } = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });
const byName = (one: PresetView, other: PresetView): number => compare(one.name, other.name);

/** The presets of the active profile. */
export class Presets {
  readonly #ports: PresetPorts;
  readonly #changes = new Listeners<readonly PresetView[]>();
  /** What was removed or replaced, in memory until the program ends. */
  readonly #before = new Map<PresetId, StoredPreset>();
  #shownOf: ProfileId | null;

  constructor(ports: PresetPorts) {
    this.#ports = ports;
    const { catalogue } = ports;
    this.#shownOf = catalogue.profileId;
    catalogue.onChange(() => {
      if (catalogue.profileId !== this.#shownOf) this.#publish();
    });
  }

  /** All of them, by name. */
  get view(): readonly PresetView[] {
    const { store, catalogue } = this.#ports;
    return catalogue.profileId === null ? [] : store.list(catalogue.profileId).toSorted(byName);
  }

  /** Calls `listener` with the new list after each change. */
  onChange(listener: (presets: readonly PresetView[]) => void): () => void {
    return this.#changes.add(listener);
  }

  /** The presets of a recipe with their values, by name. */
  of(recipeId: RecipeId): readonly StoredPreset[] {
    const { store, catalogue } = this.#ports;
    return catalogue.profileId === null ? [] : store.ofRecipe(catalogue.profileId, recipeId).toSorted(byName);
  }

  /** @throws AppError `preset-unknown` */
  get(id: PresetId): StoredPreset {
    const { store, catalogue } = this.#ports;
    const found = store.find(id);
    if (found === null || found.profileId !== catalogue.profileId) throw new AppError('preset-unknown');
    return found;
  }

  /**
   * Saves values under a name. Files are no part of it. `restore` undoes the replacement of a preset.
   *
   * @throws AppError `not-connected`; `preset-name-taken`; `over-limit` for too many presets of the recipe
   */
  save({ recipeId, name, values, replace }: NewPreset): PresetView {
    const { catalogue, clock } = this.#ports;
    const { profileId } = catalogue;
    if (profileId === null) throw new AppError('not-connected');
    const others = this.of(recipeId);
    const known = others.find((other) => isSameName(other.name, name));
    if (known !== undefined && !replace) throw new AppError('preset-name-taken', known.name);
    if (known === undefined && others.length >= LIMITS.presets) throw new AppError('over-limit', 'presets');
    if (known !== undefined) this.#keep(known);
    const form = catalogue.formOf(recipeId);
    return this.#put({
      id: known?.id ?? randomUUID(),
      profileId,
      recipeId,
      name: name.trim(),
      hint: form === null ? '' : presetHint(form, values),
      values: form === null ? values : presetValues(form, values),
      usedAt: clock.now(),
    });
  }

  /** @throws AppError `preset-unknown`, `preset-name-taken` */
  rename(id: PresetId, name: string): PresetView {
    const preset = this.get(id);
    this.#refuseTaken({ ...preset, name });
    return this.#put({ ...preset, name: name.trim() });
  }

  /** Removes a preset; `restore` undoes it. @throws AppError `preset-unknown` */
  remove(id: PresetId): void {
    this.#keep(this.get(id));
    this.#ports.store.remove(id);
    this.#publish();
  }

  /**
   * Brings a preset back as it was before it was last removed or replaced in this process.
   *
   * @throws AppError `preset-unknown`; `preset-name-taken` when its name went to another preset
   */
  restore(id: PresetId): PresetView {
    const before = this.#before.get(id);
    if (before === undefined || before.profileId !== this.#ports.catalogue.profileId)
      throw new AppError('preset-unknown');
    this.#refuseTaken(before);
    this.#before.delete(id);
    return this.#put(before);
  }

  /** Notes that a preset was chosen or run. */
  noteUse(id: PresetId): void {
    this.#ports.store.noteUse(id, this.#ports.clock.now());
    this.#publish();
  }

  #refuseTaken({ id, recipeId, name }: StoredPreset): void {
    const taken = this.of(recipeId).find((other) => other.id !== id && isSameName(other.name, name));
    if (taken !== undefined) throw new AppError('preset-name-taken', taken.name);
  }

  #put(preset: StoredPreset): PresetView {
    this.#ports.store.put(preset);
    this.#publish();
    const { id, recipeId, name, hint, usedAt } = preset;
    return { id, recipeId, name, hint, usedAt };
  }

  #keep(preset: StoredPreset): void {
    this.#before.delete(preset.id);
    this.#before.set(preset.id, preset);
    const [oldest] = this.#before.keys();
    if (oldest !== undefined && this.#before.size > MOST_KEPT) this.#before.delete(oldest);
  }

  #publish(): void {
    this.#shownOf = this.#ports.catalogue.profileId;
    this.#changes.emit(this.view);
  }
}
