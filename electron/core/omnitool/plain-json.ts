import { MAX_DATA_DEPTH } from '../../contract/limits.ts';

/** Levels up to which JSON is indented. Each further level would add two more spaces to every line below it. */
const MOST_INDENTED = 100;
/** The most parts of an object when everything shared is written out. */
const MAX_PARTS = 100_000;

/**
 * A copy of a decoded value as plain JSON data. Null for a value that is cyclic, too deep, or unfolds to billions of
 * parts. Values that JSON does not know become a text, a list or an object.
 */
export function toPlainJson(value: unknown): { readonly json: unknown } | null {
  const budget = { parts: MAX_PARTS };
  try {
    return { json: copyOf(value, 0, budget) };
  } catch (thrown) {
    if (thrown instanceof RangeError) return null;
    throw thrown;
  }
}

function copyOf(value: unknown, depth: number, budget: { parts: number }): unknown {
  budget.parts -= 1;
  if (depth > MAX_DATA_DEPTH || budget.parts < 0) throw new RangeError('No plain JSON.');
  const copy = (part: unknown): unknown => copyOf(part, depth + 1, budget);
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (typeof value === 'bigint' || value instanceof RegExp) return String(value);
  if (typeof value !== 'object' || value === null) return value ?? null;
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString();
  if (value instanceof Error) return { name: value.name, message: value.message };
  if (Array.isArray(value) || value instanceof Set || value instanceof Map)
    return Array.from<unknown, unknown>(value, copy);
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, copy(part)]));
}

/** Whether parsed JSON is nested deeper than `MAX_DATA_DEPTH`, so that serializing it could overflow the stack. */
export const isTooDeep = (value: unknown): boolean => isDeeperThan(MAX_DATA_DEPTH, value);

/** The text in which a value of a result is stored and shown: indented, unless deep nesting would make that huge. */
export const jsonText = (value: unknown): string =>
  JSON.stringify(value, null, isDeeperThan(MOST_INDENTED, value) ? 0 : 2);

function isDeeperThan(levels: number, value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((part) => isDeeperThan(levels - 1, part));
}
