import { tick, untrack } from 'svelte';
import { SvelteMap, SvelteSet } from 'svelte/reactivity';
import type { Bridge } from '../bridge/bridge.ts';
import {
  type AttachmentView,
  type Dropped,
  type ErrorView,
  filledInWords,
  FORM_WORDS,
  type FormField,
  type FormProblemCode,
  formProblemWords,
  type FormValue,
  type FormValues,
  isSameValue,
  messageField,
  placeInForm,
  PRESET_WORDS,
  type PresetId,
  presetValues,
  problemOf,
  type RecipeDetailView,
  type RecipeForm,
  type RecipeView,
  shownFields,
  usedIn,
  valueOf,
} from '../contract.ts';
import type { DraftState } from './draft.svelte.ts';
import { mapOf, setOf } from './form-fields.ts';
import type { Toasts } from './toasts.svelte.ts';

/** The form of the chosen recipe. Its values belong to the draft. */
export class FormState {
  status = $state<'none' | 'loading' | 'ready' | 'failed'>('none');
  form = $state.raw<RecipeForm | null>(null);
  /** Why it could not be loaded. */
  problem = $state.raw<ErrorView | null>(null);
  /** What it was filled in with when it last ran. */
  lastValues = $state.raw<FormValues>({});
  /** The field that gets the focus next. Tabs open the page that has it. */
  wanted = $state<string | null>(null);
  /** Errors that are no values, such as text that is not JSON, by the key of the field. */
  readonly unreadable = new SvelteMap<string, string>();
  readonly #draft: DraftState;
  readonly #bridge: Bridge;
  readonly #toasts: Toasts;
  readonly #left = new SvelteSet<string>();
  #wasTried = $state(false);
  #recipe: RecipeView | null = null;
  #loaded = '';

  readonly fields: ReadonlyMap<string, FormField> = $derived(
    mapOf((this.form?.fields ?? []).map((field) => [field.key, field])),
  );
  /** The values on which other fields depend, as one text: the rest of the form need not be looked at for other keys. */
  readonly #conditions = $derived.by((): string => {
    const keys = setOf((this.form?.fields ?? []).flatMap(({ condition }) => condition?.key ?? []));
    return JSON.stringify([...keys].map((key) => this.value(key)));
  });
  readonly shown: readonly FormField[] = $derived.by(() => {
    void this.#conditions;
    const { form } = this;
    return form === null ? [] : untrack(() => shownFields(form, this.#draft.values));
  });
  readonly #shownKeys = $derived(setOf(this.shown.map(({ key }) => key)));
  readonly #placed = $derived.by((): ReadonlyMap<AttachmentView, string> => {
    void this.#conditions;
    const values = untrack(() => this.#draft.values);
    return placeInForm(this.#attachments, this.form, values);
  });
  readonly #files = $derived(Map.groupBy(this.#attachments, (attachment) => this.#placed.get(attachment) ?? null));
  /** The attachments that fill no field. */
  readonly unplaced: readonly AttachmentView[] = $derived(this.#files.get(null) ?? []);
  readonly problems: ReadonlyMap<string, FormProblemCode> = $derived(
    mapOf(
      this.shown.flatMap((field) => {
        const code = problemOf(field, this.#sent(field), this.filesOf(field.key).length);
        return code === null ? [] : [[field.key, code] as const];
      }),
    ),
  );
  /** The first field that cannot be sent as it is. */
  readonly firstBad: FormField | null = $derived(this.shown.find(({ key }) => this.#isBad(key)) ?? null);
  /** The first bad field whose error is shown. */
  readonly firstShownBad: FormField | null = $derived(this.shown.find(({ key }) => this.errorOf(key) !== null) ?? null);

  /** Whether a shown field takes files. */
  readonly takesFiles = $derived(this.shown.some(({ control }) => control.kind === 'files'));

  constructor(bridge: Bridge, toasts: Toasts, draft: DraftState) {
    this.#bridge = bridge;
    this.#toasts = toasts;
    this.#draft = draft;
  }

  get #attachments(): readonly AttachmentView[] {
    return this.#draft.view.attachments;
  }

  /** Loads the form of the chosen recipe, unless it is here already. A form that changed replaces the old one quietly. */
  async follow(recipe: RecipeView | null): Promise<void> {
    if (recipe?.shape?.hasForm !== true) {
      this.#forget();
      this.status = 'none';
      return;
    }
    const version = JSON.stringify([recipe.id, recipe.updatedAt, recipe.shape, recipe.usedAt]);
    if (version === this.#loaded) return;
    if (this.#recipe?.id !== recipe.id) this.#forget();
    this.#recipe = recipe;
    this.#loaded = version;
    await this.#load(recipe, version);
  }

  async retry(): Promise<void> {
    if (this.#recipe !== null) await this.#load(this.#recipe, this.#loaded);
  }

  async #load({ id }: RecipeView, version: string): Promise<void> {
    if (this.form === null) this.status = 'loading';
    const result = await this.#bridge.call('recipes:detail', { recipeId: id });
    if (version !== this.#loaded) return;
    if (result.ok) this.#show(result.value);
    else if (this.form === null) {
      this.problem = result.error;
      this.status = 'failed';
    }
  }

  #show({ form, lastValues }: RecipeDetailView): void {
    const isFirst = this.form === null;
    this.form = form;
    this.lastValues = lastValues;
    this.status = form === null ? 'none' : 'ready';
    if (form === null || !isFirst || Object.keys(this.#draft.values).length > 0) return;
    // The form may have changed since the last run: a value that it no longer takes is left out.
    const kept = form.fields.flatMap(({ key, ...field }): readonly (readonly [string, FormValue])[] => {
      const value = lastValues[key];
      if (value === undefined || field.control.kind === 'files') return [];
      const code = problemOf({ key, ...field }, value, 0);
      return code === null || code === 'missing' ? [[key, value]] : [];
    });
    if (kept.length > 0) this.#draft.fillIn(Object.fromEntries(kept));
  }

  #forget(): void {
    this.form = null;
    this.problem = null;
    this.#recipe = null;
    this.#loaded = '';
    this.calm();
    this.unreadable.clear();
  }

  /** Hides the errors until a field is left or Run is pressed again. */
  calm(): void {
    this.#wasTried = false;
    this.#left.clear();
  }

  value(key: string): FormValue {
    const field = this.fields.get(key);
    return field === undefined ? null : valueOf(field, this.#draft.values);
  }

  /** A message is sent in place of the field that has its name. */
  #sent(field: FormField): FormValue {
    const isFed =
      this.#draft.message.trim() !== '' && messageField(this.form, this.#recipe?.shape?.takes ?? null) === field;
    return isFed ? this.#draft.message : this.value(field.key);
  }

  set(key: string, value: FormValue): void {
    this.unreadable.delete(key);
    this.#draft.fillIn({ ...this.#draft.values, [key]: value });
  }

  /**
   * Writes a dropped text into the first empty text field, a long one before the others, when the recipe takes text only
   * by its form. Returns whether it did.
   */
  takeText({ paths, unsaved, texts }: Dropped): boolean {
    const [text] = texts;
    const isAlone = paths.length === 0 && unsaved.length === 0 && texts.length === 1;
    if (text === undefined || !isAlone || this.#recipe?.shape?.takes.includes('text') === true) return false;
    const empty = this.shown.filter(({ key, control }) => control.kind === 'text' && this.value(key) === '');
    const field = empty.find(({ control }) => control.kind === 'text' && control.isLong) ?? empty[0];
    if (field === undefined) return false;
    this.set(field.key, text);
    this.#toasts.show(filledInWords(field.label), {
      action: { label: 'Undo', run: () => this.set(field.key, '') },
    });
    return true;
  }

  isShown(key: string): boolean {
    return this.#shownKeys.has(key);
  }

  filesOf(key: string): readonly AttachmentView[] {
    return this.#files.get(key) ?? [];
  }

  isChanged(field: FormField): boolean {
    if (field.control.kind === 'files') return false;
    return this.unreadable.has(field.key) || !isSameValue(this.value(field.key), field.initial);
  }

  reset(field: FormField): void {
    this.set(field.key, field.initial);
  }

  /** The first values are stored too: an empty draft would start with the values of the last run. */
  resetAll(): void {
    this.#replaceAll({}, FORM_WORDS.wasReset);
  }

  /** Fills in what it last ran with. */
  useLast(): void {
    this.#replaceAll(this.lastValues, PRESET_WORDS.wasLastUsed);
  }

  #replaceAll(values: FormValues, words: string): void {
    if (this.form === null) return;
    const { values: before, presetId } = this.#draft;
    this.unreadable.clear();
    this.calm();
    this.#fill(presetValues(this.form, values), null);
    this.#toasts.show(words, { action: { label: 'Undo', run: () => this.#fill(before, presetId) } });
  }

  #fill(values: FormValues, presetId: PresetId | null): void {
    this.#draft.fillIn(values);
    this.#draft.setPreset(presetId);
  }

  /** Shows the errors of values that no longer fit, for instance because the recipe has changed since they were saved. */
  showUnfit(): void {
    for (const [key, code] of this.problems) if (code !== 'missing') this.#left.add(key);
  }

  /** Called when the focus leaves a field: its error may be shown from now on. */
  leave(key: string): void {
    this.#left.add(key);
    void this.#draft.flush();
  }

  #isBad(key: string): boolean {
    return this.unreadable.has(key) || this.problems.has(key);
  }

  /** The error to show beside a field, as a sentence; null while it is not to be shown. */
  errorOf(key: string): string | null {
    const field = this.fields.get(key);
    if (field === undefined || !(this.#wasTried || this.#left.has(key))) return null;
    const code = this.problems.get(key);
    return this.unreadable.get(key) ?? (code === undefined ? null : formProblemWords(field, code));
  }

  /** Shows the errors and moves the focus to the first bad field. Returns that field; null if all can be sent. */
  async check(): Promise<FormField | null> {
    const bad = this.firstBad;
    if (bad === null) return null;
    this.#wasTried = true;
    await this.focus(bad.key);
    return bad;
  }

  async focus(key: string): Promise<void> {
    this.wanted = key;
    // The tab with the field opens first.
    await tick();
    this.wanted = null;
    const row = [...document.querySelectorAll<HTMLElement>('[data-field]')].find(
      ({ dataset }) => dataset.field === key,
    );
    // The field of a number comes after its slider.
    const main =
      row?.querySelector<HTMLElement>('[data-main]') ?? row?.querySelector<HTMLElement>('input, select, button');
    main?.focus();
    row?.scrollIntoView({ block: 'nearest' });
  }

  /** The attachments that a run would use. */
  used(takes: Parameters<typeof usedIn>[0]['takes']): readonly AttachmentView[] {
    const { values, view } = this.#draft;
    return usedIn({ takes, form: this.form, values }, view.attachments, view.mode);
  }
}
