import { isNestedTooDeep } from '../../contract/json-depth.ts';
import type { NotDataReason } from '../../contract/views.ts';

/**
 * Largest JSON file that is sent as a value, in bytes. A larger one is sent as a document, because a start carries
 * values in its body.
 */
export const JSON_FILE_LIMIT = 1_048_576;

/** Removes the byte order mark that some programs write: it is a syntax error inside a body. */
export const withoutMark = (text: string): string => text.replace(/^\uFEFF/, '');

/**
 * Returns the object or list in a JSON text; null when there is none, or when it is nested too deep. A lone number or
 * string stays a document: as a value, the server would parse it a second time as text (wire 4).
 */
export function parseJsonFile(text: string): object | null {
  const value = valueIn(text);
  return typeof value === 'object' ? value : null;
}

/**
 * Returns the text of a JSON file that can be sent as a value, without a byte order mark, or the reason why it cannot.
 */
export function readJsonFile(bytes: Uint8Array): { readonly text: string } | { readonly why: NotDataReason } {
  const [first = 1, second = 1] = bytes;
  // JSON begins with an ASCII character. In UTF-16 one of the first two bytes is therefore 0, or both are a byte order
  // mark.
  if (first === 0 || second === 0 || first >= 0xfe) return { why: 'utf-16' };
  const text = decodedUtf8(bytes);
  if (text === null) return { why: 'not-utf-8' };
  if (isNestedTooDeep(text)) return { why: 'too-deep' };
  const value = valueIn(text);
  if (value === undefined) return { why: 'not-json' };
  return typeof value === 'object' && value !== null ? { text } : { why: 'single-value' };
}

/** Returns undefined for text that is not JSON. */
function valueIn(text: string): unknown {
  if (isNestedTooDeep(text)) return undefined;
  try {
    return JSON.parse(withoutMark(text));
  } catch {
    return undefined;
  }
}

function decodedUtf8(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    // The decoder throws on invalid bytes.
    return null;
  }
}
