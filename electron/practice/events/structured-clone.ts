/** The type numbers of the stream's encoding (wire 9.1). */
const UNDEFINED = -1;
const PRIMITIVE = 0;
const ARRAY = 1;
const OBJECT = 2;
const DATE = 3;
const MAP = 5;
const SET = 6;
const ERROR = 7;
const BIGINT = 8;

type Entry = readonly [number] | readonly [number, unknown];

/**
 * Flattens a value the way the server's stream does (wire 9.1): a list of `[type, value]`, the root first; equal values
 * are written once and shared, so cycles are fine. Regular expressions, which the stream never carries, are refused.
 */
export function flatten(root: unknown): readonly Entry[] {
  const entries: Entry[] = [];
  const seen = new Map<unknown, number>();

  const reserve = (value: unknown, entry: Entry): number => {
    const index = entries.push(entry) - 1;
    seen.set(value, index);
    return index;
  };

  const add = (value: unknown): number => {
    const known = seen.get(value);
    if (known !== undefined) return known;
    if (value === undefined) return reserve(value, [UNDEFINED]);
    if (typeof value === 'bigint') return reserve(value, [BIGINT, value.toString()]);
    if (typeof value === 'function' || typeof value === 'symbol' || value instanceof RegExp) {
      throw new TypeError('This value cannot be sent on the event stream.');
    }
    if (typeof value !== 'object' || value === null) return reserve(value, [PRIMITIVE, value]);
    return addObject(value);
  };

  const addObject = (value: object): number => {
    if (value instanceof Date) return reserve(value, [DATE, value.toISOString()]);
    if (value instanceof Error) return reserve(value, [ERROR, { name: value.name, message: value.message }]);
    const children: unknown[] = [];
    const index = reserve(value, [typeOf(value), children]);
    if (Array.isArray(value) || value instanceof Set) for (const item of value) children.push(add(item));
    else {
      const pairs = value instanceof Map ? value.entries() : Object.entries(value);
      for (const [key, item] of pairs) children.push([add(key), add(item)]);
    }
    return index;
  };

  add(root);
  return entries;
}

function typeOf(value: object): number {
  if (Array.isArray(value)) return ARRAY;
  if (value instanceof Map) return MAP;
  return value instanceof Set ? SET : OBJECT;
}
