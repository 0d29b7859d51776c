import {
  type FormField,
  type FormPart,
  type FormProblemCode,
  type FormValue,
  type FormValues,
  numbersNear,
  tidy,
} from '../contract.ts';

/** The keys of all fields in these parts. */
export const keysIn = (parts: readonly FormPart[]): readonly string[] =>
  parts.flatMap((part) => {
    if (part.kind === 'field') return [part.key];
    return part.kind === 'group' ? part.pages.flatMap((page) => keysIn(page.parts)) : [];
  });

/** Numbers near a bad one that can be sent: at most two, the smaller first. */
export const repairsOf = ({ control }: FormField, value: FormValue, code: FormProblemCode): readonly number[] =>
  control.kind === 'number' && typeof value === 'number' && MENDED.includes(code) ? numbersNear(control, value) : [];

/** What another number can mend. */
const MENDED: readonly FormProblemCode[] = ['too-small', 'too-large', 'off-step', 'not-whole'];

/** One step up or down from a number, within its limits. */
export function stepped({ control }: FormField, value: FormValue, by: number): number | null {
  if (control.kind !== 'number') return null;
  const { min, max, step } = control;
  if (typeof value !== 'number') return min ?? 0;
  return Math.min(max ?? Infinity, Math.max(min ?? -Infinity, tidy(value + by * (step ?? 1))));
}

/** A date as an input of the page takes it, in local time; form.io writes some as `05/24/2026`, and some with a zone. */
export function dateInput(text: string, has: 'date' | 'time' | 'both'): string {
  const [, month, day, year] = /^(\d\d)\/(\d\d)\/(\d{4})$/.exec(text) ?? [];
  if (has === 'time') return text;
  if (/T.*(Z|[+-]\d\d:?\d\d)$/.test(text) && !Number.isNaN(Date.parse(text))) {
    const date = new Date(text);
    const local = new Date(date.getTime() - date.getTimezoneOffset() * 60_000);
    return dateInput(local.toISOString().slice(0, -1), has);
  }
  if (year !== undefined && month !== undefined && day !== undefined) return `${year}-${month}-${day}`;
  return text.slice(0, has === 'date' ? 10 : 16);
}

/** The characters of the values of a form, as they are sent. Most forms are known to be small without writing them. */
export function sizeOf(values: FormValues): number {
  const parts = Object.values(values);
  const isSmall =
    parts.length < 1_000 && parts.every((part) => typeof part !== 'object' && String(part).length < 1_000);
  return isSmall ? 0 : JSON.stringify(values).length;
}

/** Lookups that are derived as a whole, so they need not be reactive themselves. */
export const mapOf = <Key, Value>(entries: readonly (readonly [Key, Value])[]): ReadonlyMap<Key, Value> =>
  new Map(entries);
export const setOf = <Key>(keys: readonly Key[]): ReadonlySet<Key> => new Set(keys);
