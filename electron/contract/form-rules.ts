/** What a filled-in form sends, and what is wrong with its values: one set of rules for the page, the terminal and core. */
import type { ControlOf, FormField, FormValue, FormValues, RecipeForm } from './views/forms.ts';

/** What is wrong with the value of a field. */
export type FormProblemCode =
  | 'missing'
  | 'not-a-number'
  | 'not-whole'
  | 'too-small'
  | 'too-large'
  | 'off-step'
  | 'too-short'
  | 'too-long'
  | 'no-match'
  | 'no-email'
  | 'no-url'
  | 'no-choice'
  | 'no-date'
  | 'no-colour'
  | 'not-on-or-off'
  | 'no-text'
  | 'too-many-files';

export interface FormProblem {
  readonly key: string;
  readonly code: FormProblemCode;
}

/** The value of a field: what was filled in, else what the form holds at first. */
export const valueOf = (field: FormField, values: FormValues): FormValue => {
  const value = Object.hasOwn(values, field.key) ? values[field.key] : undefined;
  return value === undefined ? field.initial : value;
};

/** Whether two values are the same JSON. Null and an empty text are the same. */
export const isSameValue = (one: FormValue, other: FormValue): boolean =>
  one === other || (isBlank(one) && isBlank(other)) || JSON.stringify(one) === JSON.stringify(other);

const isBlank = (value: FormValue): boolean => value === null || value === '';

/** The fields that are shown with these values. A field that depends on a hidden one is hidden with it. */
export function shownFields(form: RecipeForm, values: FormValues): readonly FormField[] {
  const byKey = new Map(form.fields.map((field) => [field.key, field]));
  const isShown = (field: FormField, from: ReadonlySet<string>): boolean => {
    const { condition, key } = field;
    if (condition === null || from.has(key)) return true;
    const other = byKey.get(condition.key);
    // A condition on what the form does not have is never met, as in Omnitool's own form.
    if (other === undefined || !isShown(other, new Set([...from, key]))) return !condition.shows;
    return holds(valueOf(other, values), condition.value) === condition.shows;
  };
  return form.fields.filter((field) => isShown(field, new Set()));
}

/** form.io compares as texts, and asks an object of options for the option. */
function holds(value: FormValue, wanted: string): boolean {
  if (Array.isArray(value)) return value.some((one: FormValue) => holds(one, wanted));
  if (typeof value === 'object' && value !== null)
    return Object.hasOwn(value, wanted) && Reflect.get(value, wanted) === true;
  return String(value ?? '') === wanted;
}

/** What is wrong with the shown fields, in the order of the form. `files` counts the files of a field. */
export function problemsOf(
  form: RecipeForm,
  values: FormValues,
  files: (key: string) => number,
): readonly FormProblem[] {
  return shownFields(form, values).flatMap((field) => {
    const code = problemOf(field, valueOf(field, values), files(field.key));
    return code === null ? [] : [{ key: field.key, code }];
  });
}

/** What is wrong with one value; null when it can be sent. */
export function problemOf(field: FormField, value: FormValue, files: number): FormProblemCode | null {
  const { control, isRequired } = field;
  if (control.kind === 'files') {
    if (files > 1 && !control.isMany) return 'too-many-files';
    return isRequired && files === 0 ? 'missing' : null;
  }
  if (isEmpty(value)) return isRequired ? 'missing' : null;
  switch (control.kind) {
    case 'text':
      return textProblem(control, value);
    case 'number':
      return numberProblem(control, value);
    case 'checkbox':
      if (typeof value !== 'boolean') return 'not-on-or-off';
      return isRequired && !value ? 'missing' : null;
    case 'choice':
      return choiceProblem(control, value, isRequired);
    case 'date':
      return typeof value === 'string' && DATES[control.has].test(value) ? null : 'no-date';
    case 'colour':
      return isColour(value) ? null : 'no-colour';
    case 'json':
      return null;
  }
}

/** Whether it is a colour such as `#3366cc`, the only form that a colour input of a page has. */
export const isColour = (value: FormValue): value is string =>
  typeof value === 'string' && /^#[\da-f]{6}$/i.test(value);

const isEmpty = (value: FormValue): boolean => isBlank(value) || (Array.isArray(value) && value.length === 0);

/** What the inputs of a page write, and what form.io writes. */
const DATES = {
  date: /^\d{4}-\d\d-\d\d(T.*)?$|^\d\d\/\d\d\/\d{4}$/,
  time: /^\d\d:\d\d(:\d\d)?$/,
  both: /^\d{4}-\d\d-\d\dT\d\d:\d\d/,
} as const;

/** A pattern is tried on texts of this length at most: it is written by a stranger. */
const LONGEST_MATCHED = 2_000;

function textProblem(control: ControlOf<'text'>, value: FormValue): FormProblemCode | null {
  if (typeof value !== 'string') return 'no-text';
  const { minLength, maxLength, pattern, format } = control;
  if (minLength !== null && value.length < minLength) return 'too-short';
  if (maxLength !== null && value.length > maxLength) return 'too-long';
  if (format === 'email' && !/^[^\s@]+@[^\s@]+$/.test(value)) return 'no-email';
  if (format === 'url' && !URL.canParse(value)) return 'no-url';
  if (pattern === null || value.length > LONGEST_MATCHED) return null;
  return new RegExp(`^(?:${pattern})$`, 'v').test(value) ? null : 'no-match';
}

function numberProblem(control: ControlOf<'number'>, value: FormValue): FormProblemCode | null {
  if (typeof value !== 'number' || !Number.isFinite(value)) return 'not-a-number';
  const { min, max, step, isWhole } = control;
  if (min !== null && value < min) return 'too-small';
  if (max !== null && value > max) return 'too-large';
  if (isWhole && !Number.isInteger(value)) return 'not-whole';
  return step !== null && !isOnStep(value - (min ?? 0), step) ? 'off-step' : null;
}

/** Steps such as 0.1 have no exact binary form. */
function isOnStep(distance: number, step: number): boolean {
  const steps = distance / step;
  return Math.abs(steps - Math.round(steps)) < 1e-9 * Math.max(1, Math.abs(steps));
}

function choiceProblem(control: ControlOf<'choice'>, value: FormValue, isRequired: boolean): FormProblemCode | null {
  const isOption = (one: FormValue): boolean => control.options.some((option) => option.value === one);
  if (control.sends === 'one') return isOption(value) ? null : 'no-choice';
  if (control.sends === 'many') return Array.isArray(value) && value.every(isOption) ? null : 'no-choice';
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return 'no-choice';
  return isRequired && !Object.values(value).includes(true) ? 'missing' : null;
}
