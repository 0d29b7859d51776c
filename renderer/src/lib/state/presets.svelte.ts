import type { Bridge } from '../bridge/bridge.ts';
import {
  type FormValues,
  isSameName,
  LIMITS,
  limitWords,
  PRESET_WORDS,
  type PresetId,
  type PresetView,
  presetWords,
  type RecipeId,
  type Result,
} from '../contract.ts';
import type { DraftState } from './draft.svelte.ts';
import type { Toasts } from './toasts.svelte.ts';

const NONE: readonly PresetView[] = [];

/** The presets of the server in use. */
export class PresetsState {
  /** By name. */
  list = $state.raw<readonly PresetView[]>(NONE);
  /** The values of the presets whose recipe is filled in. */
  values = $state.raw<Readonly<Record<PresetId, FormValues>>>({});
  readonly #bridge: Bridge;
  readonly #toasts: Toasts;
  readonly #draft: DraftState;
  readonly #byRecipe: ReadonlyMap<RecipeId, readonly PresetView[]> = $derived(
    Map.groupBy(this.list, ({ recipeId }) => recipeId),
  );
  /** The preset from which the values of the draft came. */
  readonly chosen: PresetView | null = $derived.by(
    () => this.list.find(({ id }) => id === this.#draft.presetId) ?? null,
  );

  constructor(bridge: Bridge, toasts: Toasts, draft: DraftState) {
    this.#bridge = bridge;
    this.#toasts = toasts;
    this.#draft = draft;
  }

  of(recipeId: RecipeId): readonly PresetView[] {
    return this.#byRecipe.get(recipeId) ?? NONE;
  }

  /** The other preset of the recipe that has this name. */
  named(recipeId: RecipeId, name: string, except: PresetId | null = null): PresetView | null {
    return this.of(recipeId).find((preset) => preset.id !== except && isSameName(preset.name, name)) ?? null;
  }

  /** Loads the values of a recipe's presets. Until they are here, none counts as changed. */
  async learn(recipeId: RecipeId): Promise<void> {
    if (this.of(recipeId).length === 0) return;
    const result = await this.#bridge.call('presets:values', { recipeId });
    if (result.ok && this.#draft.view.recipeId === recipeId) this.values = result.value;
  }

  /** Saves the values of the draft. Returns whether that is done. */
  async save(recipeId: RecipeId, name: string, replace: boolean): Promise<boolean> {
    if (!this.#fits(name)) return false;
    const { values } = this.#draft;
    const isOld = this.named(recipeId, name) !== null;
    const saved = await this.#toasts.answer(this.#bridge.call('presets:save', { recipeId, name, values, replace }));
    if (saved === undefined) return false;
    this.#put(saved);
    this.values = { ...this.values, [saved.id]: values };
    if (this.#draft.view.recipeId === recipeId) this.#draft.setPreset(saved.id);
    if (isOld) this.#offerBack(presetWords(saved.name, 'replaced'), saved);
    else this.#toasts.say(presetWords(saved.name, 'saved'));
    return true;
  }

  async rename(presetId: PresetId, name: string): Promise<boolean> {
    return this.#fits(name) && this.#take(this.#bridge.call('presets:rename', { presetId, name }));
  }

  async remove(preset: PresetView): Promise<void> {
    const answer = await this.#toasts.answer(this.#bridge.call('presets:remove', { presetId: preset.id }));
    if (answer === undefined) return;
    this.list = this.list.filter(({ id }) => id !== preset.id);
    this.#offerBack(presetWords(preset.name, 'removed'), preset);
  }

  /** A longer name is refused with the words of its limit. */
  #fits(name: string): boolean {
    if (name.trim().length <= LIMITS['preset-name']) return true;
    const [title, detail] = limitWords('preset-name');
    this.#toasts.show(title, { tone: 'problem', detail });
    return false;
  }

  #offerBack(text: string, { id: presetId }: PresetView): void {
    const run = (): void => void this.#take(this.#bridge.call('presets:restore', { presetId }));
    this.#toasts.show(text, { action: { label: PRESET_WORDS.undo, run } });
  }

  /** The event with the new list follows; what was just named must be there at once. */
  #put(preset: PresetView): void {
    this.list = [...this.list.filter(({ id }) => id !== preset.id), preset].toSorted(byName);
  }

  async #take(asked: Promise<Result<PresetView>>): Promise<boolean> {
    const preset = await this.#toasts.answer(asked);
    if (preset !== undefined) this.#put(preset);
    return preset !== undefined;
  }
}

const byName = (one: PresetView, other: PresetView): number =>
  one.name.localeCompare(other.name, 'en', { numeric: true, sensitivity: 'base' });
