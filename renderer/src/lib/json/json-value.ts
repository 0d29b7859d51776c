/** A number that a double cannot represent exactly. It is shown and copied as written. */
export class WrittenNumber {
  readonly source: string;

  constructor(source: string) {
    this.source = source;
  }
}

/** A parsed JSON value. */
export type JsonValue =
  null | boolean | number | string | WrittenNumber | readonly JsonValue[] | { readonly [key: string]: JsonValue };

/** Characters. A longer text takes too long to parse, and a tree would not make it readable. */
const MOST = 5_000_000;
/** Counted by commas and opening brackets. */
const MOST_VALUES = 100_000;

/**
 * Parses a list or an object, and keeps numbers as written. Null for all other texts: a bare value cannot be unfolded;
 * invalid, too long or too deeply nested JSON is shown as text.
 */
export function parseTree(text: string): Container | null {
  if (text.length > MOST || !/^\s*[[{]/.test(text) || holdsTooMuch(text)) return null;
  try {
    const value: unknown = JSON.parse(text, keepNumber);
    return isContainer(value) && childrenOf(value).length > 0 ? value : null;
  } catch {
    // Invalid, or nested deeper than the parser allows.
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

/** Chromium and Node pass the source text to a reviver; the types of TypeScript lack it. */
function keepNumber(_key: string, value: unknown, context?: { readonly source?: string }): unknown {
  const source = context?.source;
  return typeof value === 'number' && source !== undefined && String(value) !== source
    ? new WrittenNumber(source)
    : value;
}

type Container = readonly JsonValue[] | Readonly<Record<string, JsonValue>>;

/** Whether the value is a list or an object. */
export const isContainer = (value: unknown): value is Container =>
  typeof value === 'object' && value !== null && !(value instanceof WrittenNumber);

/** The members of a value with their keys: indices of a list, names of an object. */
export const childrenOf = (value: Container): readonly (readonly [key: string, value: JsonValue])[] =>
  Object.entries(value);

/** The text that Copy puts on the clipboard: a string without quotes, all else as JSON. */
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
