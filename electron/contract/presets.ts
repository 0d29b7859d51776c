/** What a preset holds, and how it is named: one set of rules for the page, the terminal and core. */
import { isSameValue, valueOf } from './form-rules.ts';
import type { FormField, FormValues, RecipeForm } from './views.ts';

/** Whether two names are the same to the user: the case of letters does not count. */
export const isSameName = (one: string, other: string): boolean => folded(one) === folded(other);

const folded = (name: string): string => name.trim().normalize('NFC').toLowerCase();

/** Fields with a value: files are no part of a preset. */
const filledIn = ({ fields }: RecipeForm): readonly FormField[] =>
  fields.filter(({ control }) => control.kind !== 'files');

/** What a preset keeps of a form: the value of each field, also of those that hold their first one. */
export const presetValues = (form: RecipeForm, values: FormValues): FormValues =>
  Object.fromEntries(filledIn(form).map((field) => [field.key, valueOf(field, values)]));

/** Whether a form is filled in the same way with both. Values that the form has no field for do not count. */
export const isSameFill = (form: RecipeForm, one: FormValues, other: FormValues): boolean =>
  filledIn(form).every((field) => isSameValue(valueOf(field, one), valueOf(field, other)));

/** Characters of one value in a hint. */
const LONGEST_SHOWN = 24;

function cut(text: string): string {
  const letters = Array.from(text.trim().replaceAll(/\s+/gu, ' '));
  return letters.length <= LONGEST_SHOWN
    ? letters.join('')
    : `${letters
        .slice(0, LONGEST_SHOWN - 1)
        .join('')
        .trimEnd()}…`;
}

/** What is special about these values, in a few words, from the first fields that do not hold their first value. */
export function presetHint(form: RecipeForm, values: FormValues): string {
  const special = filledIn(form).filter(
    (field) => field.sendAs !== null && !isSameValue(valueOf(field, values), field.initial),
  );
  const sides = ['width', 'height'].map((side) => {
    const field = special.find(({ label, control }) => control.kind === 'number' && label.toLowerCase() === side);
    return field === undefined ? null : valueOf(field, values);
  });
  if (sides.every((side) => typeof side === 'number')) return sides.join(' × ');
  // Texts come last: they say less in a few characters.
  const isText = ({ control }: FormField): boolean => control.kind === 'text';
  const ordered = [...special.filter((field) => !isText(field)), ...special.filter(isText)];
  return ordered
    .flatMap((field) => hintOf(field, values) ?? [])
    .slice(0, 2)
    .join(', ');
}

/** The value of one field; null when a few words cannot say it. */
function hintOf(field: FormField, values: FormValues): string | null {
  const value = valueOf(field, values);
  const { control, label } = field;
  const found = control.kind === 'choice' ? control.options.find((option) => option.value === value)?.label : undefined;
  if (found !== undefined) return cut(found);
  if (typeof value === 'number') return `${cut(label)} ${String(value)}`;
  if (typeof value === 'boolean') return cut(value ? label : `${label} off`);
  return typeof value !== 'string' || value.trim() === '' ? null : cut(value);
}

/** A name for new values that no preset has yet. */
export function presetSuggestion(hint: string, taken: readonly string[]): string {
  const isFree = (name: string): boolean => taken.every((other) => !isSameName(name, other));
  const base = hint === '' ? 'Preset' : hint;
  if (hint !== '' && isFree(base)) return base;
  let count = hint === '' ? 1 : 2;
  while (!isFree(`${base} ${count}`)) count += 1;
  return `${base} ${count}`;
}
