import { serialize } from '@ungap/structured-clone';

/** The type number of a regular expression (wire 9.1). */
const REGEXP = 4;

/**
 * Flattens a value into the encoding of the event stream (wire 9.1): a list of `[type, value]`, the root first. Equal
 * values are written once and shared, so cycles are allowed. Throws a TypeError for what the stream never carries:
 * functions, symbols and regular expressions.
 */
export function flatten(root: unknown): readonly unknown[] {
  const entries = serialize(root);
  if (entries.some(([type]) => type === REGEXP)) throw new TypeError('The event stream carries no regular expression.');
  return entries;
}
