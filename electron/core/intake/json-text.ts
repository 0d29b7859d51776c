import { isNestedTooDeep } from '../../contract/json-depth.ts';

/** JSON files up to this many bytes are sent as values; larger ones are documents. A start carries them in its body. */
export const JSON_FILE_LIMIT = 1_048_576;

/** JSON text without the byte order mark that some programs write before it: in a body it would be an error. */
export const withoutMark = (text: string): string => text.replace(/^\uFEFF/, '');

/**
 * The object or list in a JSON file, null when there is none, or one that is nested too deep to be sent as a value. A
 * lone number or word in a `.json` file is left a document: as a value the server would read it once more, as text
 * (wire 4).
 */
export function parseJsonFile(text: string): object | null {
  if (isNestedTooDeep(text)) return null;
  try {
    const value: unknown = JSON.parse(withoutMark(text));
    return typeof value === 'object' ? value : null;
  } catch {
    // Not JSON, whatever the name says.
    return null;
  }
}
