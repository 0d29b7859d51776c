/** A number that a double would change: shown and copied as it was written. */
export class WrittenNumber {
  readonly source: string;

  constructor(source: string) {
    this.source = source;
  }
}

/** What a JSON text says. */
export type JsonValue =
  null | boolean | number | string | WrittenNumber | readonly JsonValue[] | { readonly [key: string]: JsonValue };

/** More than this takes longer to read than anybody waits, and no tree makes it clearer. Characters. */
const MOST = 5_000_000;
/** Commas and brackets, of which each value has one. */
const MOST_VALUES = 100_000;

/**
 * Reads a list or an object with the numbers as they were written. Null for all else: a bare value has nothing to
 * unfold, and what is no JSON, too long or nested without end is shown as it is.
 */
export function parseTree(text: string): Container | null {
  if (text.length > MOST || !/^\s*[[{]/.test(text) || holdsTooMuch(text)) return null;
  try {
    const value: unknown = JSON.parse(text, keepNumber);
    return isContainer(value) && childrenOf(value).length > 0 ? value : null;
  } catch {
    // It is no JSON, or nested deeper than can be read.
    return null;
  }
}

function holdsTooMuch(text: string): boolean {
  if (text.length <= MOST_VALUES) return false;
  let values = 0;
  for (let at = 0; at < text.length; at += 1) if (SEPARATORS.has(text.charCodeAt(at))) values += 1;
  return values > MOST_VALUES;
}

const SEPARATORS: ReadonlySet<number> = new Set(Array.from(',[{', (sign) => sign.charCodeAt(0)));

/** Chromium and Node tell a reviver how a value was written; TypeScript does not know of it yet. */
function keepNumber(_key: string, value: unknown, context?: { readonly source?: string }): unknown {
  const source = context?.source;
  return typeof value === 'number' && source !== undefined && String(value) !== source
    ? new WrittenNumber(source)
    : value;
}

type Container = readonly JsonValue[] | Readonly<Record<string, JsonValue>>;

/** Whether a value out of a JSON text has others in it. */
export const isContainer = (value: unknown): value is Container =>
  typeof value === 'object' && value !== null && !(value instanceof WrittenNumber);

/** What is in it, with the key of each: a place in a list, a name in an object. */
export const childrenOf = (value: Container): readonly (readonly [key: string, value: JsonValue])[] =>
  Object.entries(value);

/** A value as a person would paste it: a text without quotes, everything else as JSON. */
export const copiedText = (value: JsonValue): string => (typeof value === 'string' ? value : jsonText(value, ''));

function jsonText(value: JsonValue, indent: string): string {
  if (value instanceof WrittenNumber) return value.source;
  if (!isContainer(value)) return JSON.stringify(value);
  const isList = Array.isArray(value);
  const [open, close] = isList ? '[]' : '{}';
  const inner = `${indent}  `;
  const parts = childrenOf(value).map(([key, part]) => {
    const name = isList ? '' : `${JSON.stringify(key)}: `;
    return `${inner}${name}${jsonText(part, inner)}`;
  });
  return parts.length === 0
    ? `${open ?? ''}${close ?? ''}`
    : `${open ?? ''}\n${parts.join(',\n')}\n${indent}${close ?? ''}`;
}
