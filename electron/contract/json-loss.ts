import type { InputChange } from './views.ts';

/** What the server loses of a JSON text, because it reads numbers as 64-bit floats and objects as maps. */
export interface JsonLoss {
  /** The first number that is read as another one; `read` is null for a number beyond the range. */
  readonly number: { readonly written: string; readonly read: string | null } | null;
  /** The first key that one object has twice: the last value counts. */
  readonly key: string | null;
}

/** Returns a loss as changes of the input. */
export const changesOfLoss = (loss: JsonLoss | null): readonly InputChange[] => [
  ...(loss?.number == null ? [] : [{ kind: 'number', ...loss.number } as const]),
  ...(loss?.key == null ? [] : [{ kind: 'key', key: loss.key } as const]),
];

const [QUOTE, BACKSLASH, COLON, COMMA, MINUS] = [34, 92, 58, 44, 45];
const [OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT] = [91, 93, 123, 125];

/**
 * Finds what the server loses of a valid JSON text; null when it loses nothing. One pass without recursion, so deep
 * nesting is safe.
 */
export function jsonLossOf(text: string): JsonLoss | null {
  const keys: Set<string>[] = [];
  let [number, key]: [JsonLoss['number'], string | null] = [null, null];
  let lastString = '';
  for (let at = 0; at < text.length && (number === null || key === null); at += 1) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) {
      const end = endOfString(text, at);
      lastString = text.slice(at, end);
      at = end - 1;
    } else if (code === COLON) {
      const name = unquoted(lastString);
      if (keys.at(-1)?.has(name) === true) key ??= name;
      keys.at(-1)?.add(name);
    } else if (code === OPEN_OBJECT || code === OPEN_LIST) keys.push(new Set());
    else if (code === CLOSE_OBJECT || code === CLOSE_LIST) keys.pop();
    else if (code === MINUS || isDigit(code)) {
      const end = endOfNumber(text, at);
      number ??= lossOf(text.slice(at, end));
      at = end - 1;
    }
  }
  return number === null && key === null ? null : { number, key };
}

const isDigit = (code: number): boolean => code >= 48 && code <= 57;

function endOfString(text: string, from: number): number {
  let at = from + 1;
  while (at < text.length && text.charCodeAt(at) !== QUOTE) at += text.charCodeAt(at) === BACKSLASH ? 2 : 1;
  return at + 1;
}

function endOfNumber(text: string, from: number): number {
  let at = from + 1;
  while (at < text.length && !isEndOfNumber(text.charCodeAt(at))) at += 1;
  return at;
}

const isEndOfNumber = (code: number): boolean =>
  code === COMMA || code === CLOSE_LIST || code === CLOSE_OBJECT || code <= 32;

/** The key in a string literal, because `"a"` and `"\u0061"` are the same key. */
const unquoted = (literal: string): string =>
  literal.includes('\\') ? String(JSON.parse(literal)) : literal.slice(1, -1);

function lossOf(written: string): JsonLoss['number'] {
  const value = Number(written);
  if (!Number.isFinite(value)) return { written, read: null };
  const read = String(value);
  return sameNumber(written, read) ? null : { written, read };
}

/** Whether two decimals are the same number in different notations: `1.50e1` and `15`. */
const sameNumber = (one: string, other: string): boolean => one === other || normal(one) === normal(other);

/** The digits without zeros around them, and the power of ten of the last digit. */
function normal(decimal: string): string {
  const [, sign = '', whole = '', fraction = '', exponent = '0'] =
    /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(decimal) ?? [];
  const digits = `${whole}${fraction}`.replace(/^0+/, '');
  const kept = digits.replace(/0+$/, '');
  if (kept === '') return '0';
  return `${sign}${kept}e${Number(exponent) - fraction.length + digits.length - kept.length}`;
}
