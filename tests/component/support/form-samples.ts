import type { FormControl, FormField, FormPart, FormValues, RecipeForm } from '../../../electron/contract/views.ts';
import type { DraftView, InputKind, PresetView } from '../../../electron/contract/views.ts';
import { openApp } from './open.ts';
import { anApp, aRecipe } from './samples.ts';
import { ScriptedBridge } from './scripted-bridge.ts';

/** A text field of one line, with these changes. */
export const aField = (key: string, change: Partial<FormField> = {}): FormField => ({
  key,
  label: key,
  description: '',
  placeholder: '',
  isRequired: false,
  control: aText(),
  initial: '',
  sendAs: key,
  condition: null,
  ...change,
});

export const aText = (change: Partial<FormControl & { kind: 'text' }> = {}): FormControl => ({
  ...{ kind: 'text', isLong: false, format: 'any', minLength: null, maxLength: null, pattern: null },
  ...change,
});

export const aNumber = (change: Partial<FormControl & { kind: 'number' }> = {}): FormControl => ({
  ...{ kind: 'number', min: null, max: null, step: null, isWhole: false },
  ...change,
});

export const someFiles = (change: Partial<FormControl & { kind: 'files' }> = {}): FormControl => ({
  ...{ kind: 'files', accepts: ['image'], isMany: false, isDrawing: false, isPlain: false },
  ...change,
});

/** A form of these fields, one below the other unless `parts` arranges them. */
export const aForm = (fields: readonly FormField[], change: Partial<RecipeForm> = {}): RecipeForm => ({
  fields,
  parts: fields.map(({ key }): FormPart => ({ kind: 'field', key })),
  unshown: [],
  notes: [],
  ...change,
});

interface Opened {
  readonly takes?: readonly InputKind[];
  readonly lastValues?: FormValues;
  readonly draft?: Partial<DraftView>;
  readonly presets?: readonly PresetView[];
}

/** Opens Launch on a recipe with this form. */
export function openForm(
  form: RecipeForm,
  { takes = [], lastValues = {}, draft = {}, presets = [] }: Opened = {},
  bridge = new ScriptedBridge(),
): ScriptedBridge {
  const shape = { takes, gives: ['images'], givesInChat: [], hasForm: true, formTakes: [], warnings: [] } as const;
  const recipes = [aRecipe({ id: 'form', name: 'Photograph', shape })];
  const app = anApp();
  bridge.script('recipes:detail', ({ recipeId }) => ({
    ok: true,
    value: { recipeId, category: '', help: '', blocks: 2, form, lastValues },
  }));
  return openApp(
    { recipes: { ...app.recipes, recipes }, draft: { ...app.draft, recipeId: 'form', ...draft }, presets },
    bridge,
  );
}
