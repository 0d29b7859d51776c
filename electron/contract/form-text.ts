/** The values that a text stands for in the fields of a form: of a setting on a command line, and of a cell of a table. */
import type { FormProblemCode } from './form-rules.ts';
import { foldText } from './recipe-search.ts';
import type { ControlOf, FormField, FormValue } from './views/forms.ts';

/** A value, or why a text is none. `word` is the part of the text that is meant. Limits are checked apart (form-rules.ts). */
export type TextValue =
  { readonly value: FormValue } | { readonly code: FormProblemCode | 'no-json'; readonly word: string };

/** Reads a text as a field takes it. An empty text is no value, except for a text. */
export function valueFromText({ control }: Pick<FormField, 'control'>, text: string): TextValue {
  switch (control.kind) {
    case 'text':
    case 'date':
    case 'colour':
    case 'files':
      return { value: text };
    case 'number':
      return readNumber(text);
    case 'checkbox':
      return readFlag(text);
    case 'choice':
      return readChoice(control, text);
    case 'json':
      return readJson(text);
  }
}

function readNumber(text: string): TextValue {
  if (text.trim() === '') return { value: null };
  const number = Number(text);
  return Number.isFinite(number) ? { value: number } : { code: 'not-a-number', word: text };
}

const FLAGS: ReadonlyMap<string, boolean> = new Map([
  ...['true', 'yes', 'on', '1'].map((word) => [word, true] as const),
  ...['false', 'no', 'off', '0'].map((word) => [word, false] as const),
]);

function readFlag(text: string): TextValue {
  const value = FLAGS.get(text.trim().toLowerCase());
  return value === undefined ? { code: 'not-on-or-off', word: text } : { value };
}

function readChoice({ options, sends }: ControlOf<'choice'>, text: string): TextValue {
  const valueOf = (word: string): string | number | boolean | undefined =>
    (
      options.find(({ value }) => String(value) === word) ??
      options.find(({ label }) => foldText(label) === foldText(word))
    )?.value;
  if (sends === 'one') {
    if (text === '') return { value: null };
    const value = valueOf(text) ?? valueOf(text.trim());
    return value === undefined ? { code: 'no-choice', word: text } : { value };
  }
  const words = text.split(',').flatMap((word) => (word.trim() === '' ? [] : [word.trim()]));
  const unknown = words.find((word) => valueOf(word) === undefined);
  if (unknown !== undefined) return { code: 'no-choice', word: unknown };
  const chosen = words.flatMap((word) => valueOf(word) ?? []);
  if (sends === 'many') return { value: chosen };
  return { value: Object.fromEntries(options.map(({ value }) => [String(value), chosen.includes(value)])) };
}

function readJson(text: string): TextValue {
  try {
    return { value: text === '' ? null : (JSON.parse(text) as FormValue) };
  } catch {
    return { code: 'no-json', word: text };
  }
}
