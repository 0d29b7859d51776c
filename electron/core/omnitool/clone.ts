import { deserialize } from '@ungap/structured-clone';
import { z } from 'zod';
import { holdsMoreThan } from './json-limit.ts';
import { listIn } from './schemas.ts';

/**
 * The largest number of entries. The decoder makes a value of each: this many take about 50 ms. No real message has as
 * many.
 */
const MAX_ENTRIES = 50_000;
/** The largest number of references between entries. */
const MAX_LINKS = 200_000;
/** The largest number of JSON values in the text: a type and a value for each entry, and the references. */
const MAX_VALUES = 3 * MAX_ENTRIES + 2 * MAX_LINKS;
/** The decoder recurses once for each level. */
const MAX_DEPTH = 200;

interface Entry {
  readonly type: number;
  readonly value: unknown;
  /** The entries it refers to, in the order they are decoded. */
  readonly links: readonly number[];
  /** Those of them that become keys of an object. */
  readonly keys: readonly number[];
}
type Content = Omit<Entry, 'type'>;

// A loop instead of a spread: there may be `MAX_LINKS` references.
const isIndex = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) >= 0;
const isPair = (value: unknown): value is readonly [number, number] =>
  Array.isArray(value) && value.length === 2 && value.every(isIndex);
const list = z
  .custom<readonly number[]>((value) => Array.isArray(value) && value.every(isIndex))
  .transform((value): Content => ({ value, links: value, keys: [] }));
const pairList = z.custom<readonly (readonly [number, number])[]>(
  (value) => Array.isArray(value) && value.every(isPair),
);
const pairs = pairList.transform((value): Content => ({ value, links: value.flat(), keys: [] }));
const members = pairList.transform((value): Content => ({
  value,
  links: value.flat(),
  keys: value.map(([key]) => key),
}));
const plain = <Schema extends z.ZodType>(schema: Schema) =>
  schema.transform((value): Content => ({ value, links: [], keys: [] }));
/** The decoder calls the constructor of any global that is named. These only keep their message. */
const errorName = z
  .enum(['Error', 'EvalError', 'RangeError', 'ReferenceError', 'SyntaxError', 'TypeError', 'URIError'])
  .catch('Error');

/**
 * The types of entries (wire 9.1). The decoder also accepts names of its own, and treats any other name as a
 * constructor (for instance `SharedArrayBuffer` with a length); the server's messages never hold those.
 */
const SHAPES: Readonly<Record<number, z.ZodType<Content>>> = {
  [-1]: plain(z.unknown().transform(() => undefined)),
  0: plain(z.union([z.string(), z.number(), z.boolean(), z.null()])),
  1: list,
  2: members,
  3: plain(z.union([z.string(), z.number()])),
  4: plain(z.object({ source: z.string().max(1_000), flags: z.string().max(10) })),
  5: pairs,
  6: list,
  7: plain(z.object({ name: errorName, message: z.string().catch('') })),
  // Longer digits take long to parse, and no id or count has as many.
  8: plain(z.string().regex(/^-?\d{1,400}$/)),
};

/** The decoder's typings contradict its documentation about the root. */
const encoding = z.custom<Parameters<typeof deserialize>[0]>(Array.isArray);

/**
 * Decodes a flattened structured clone, the server's encoding of stream messages (wire 9.1). The value may be cyclic
 * and may share parts. Null for other text and for text that was made to exhaust memory or time.
 */
export function readClone(text: string): { readonly value: unknown } | null {
  try {
    const entries = holdsMoreThan(text, MAX_VALUES) ? null : entriesOf(JSON.parse(text));
    if (entries === null || !isSafe(entries)) return null;
    return { value: deserialize(encoding.parse(entries.map(({ type, value }) => [type, value]))) };
  } catch {
    // Not JSON, or a value that its constructor refuses: the message is dropped in both cases.
    return null;
  }
}

function entriesOf(parsed: unknown): readonly Entry[] | null {
  const encoded = Array.isArray(parsed) ? listIn(parsed) : [];
  if (encoded.length === 0 || encoded.length > MAX_ENTRIES) return null;
  const entries: Entry[] = [];
  for (const entry of encoded) {
    const [type, value] = listIn(entry);
    const content = typeof type === 'number' ? SHAPES[type]?.safeParse(value) : undefined;
    if (typeof type !== 'number' || content?.success !== true) return null;
    entries.push({ type, ...content.data });
  }
  return entries;
}

/** Whether every reference is valid, keys are plain, and decoding ends soon and not too deep. */
function isSafe(entries: readonly Entry[]): boolean {
  let count = 0;
  for (const { links, keys } of entries) {
    count += links.length;
    if (count > MAX_LINKS || links.some((link) => link >= entries.length)) return false;
    if (keys.some((key) => entries[key]?.type !== 0)) return false;
  }
  return isShallow(entries);
}

/** Visits each entry once, in the decoder's order, and measures the depth. */
function isShallow(entries: readonly Entry[]): boolean {
  const seen = new Uint8Array(entries.length);
  const open: (readonly [entry: number, depth: number])[] = [[0, 0]];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const [entry, depth] = next;
    if (seen[entry] === 1) continue;
    if (depth > MAX_DEPTH) return false;
    seen[entry] = 1;
    for (const link of entries[entry]?.links.toReversed() ?? []) open.push([link, depth + 1]);
  }
  return true;
}
