import { isNestedTooDeep } from '../../contract/json-depth.ts';
import type { NotDataReason } from '../../contract/views.ts';

/** JSON files up to this many bytes are sent as values; larger ones are documents. A start carries them in its body. */
export const JSON_FILE_LIMIT = 1_048_576;

/** JSON text without the byte order mark that some programs write before it: in a body it would be an error. */
export const withoutMark = (text: string): string => text.replace(/^\uFEFF/, '');

/**
 * The object or list in a JSON text, null when there is none, or one that is nested too deep to be sent as a value. A
 * lone number or word is left a document: as a value the server would read it once more, as text (wire 4).
 */
export function parseJsonFile(text: string): object | null {
  const value = valueIn(text);
  return typeof value === 'object' ? value : null;
}

/** The text of a JSON file that can be sent as data, without a byte order mark, or why it cannot. */
export function readJsonFile(bytes: Uint8Array): { readonly text: string } | { readonly why: NotDataReason } {
  const [first = 1, second = 1] = bytes;
  // JSON begins with a sign of ASCII, so in UTF-16 one of the first two bytes is 0, or they are a byte order mark.
  if (first === 0 || second === 0 || first >= 0xfe) return { why: 'utf-16' };
  const text = decodedUtf8(bytes);
  if (text === null) return { why: 'not-utf-8' };
  if (isNestedTooDeep(text)) return { why: 'too-deep' };
  const value = valueIn(text);
  if (value === undefined) return { why: 'not-json' };
  return typeof value === 'object' && value !== null ? { text } : { why: 'single-value' };
}

/** undefined where it is no JSON, whatever its name says. */
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
    // The decoder's way of saying no.
    return null;
  }
}
