/** A recipe's id: a UUID, or 36 hex digits (wire 3). */
const ID = /(?<![\da-f-])(?:[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}|[\da-f]{36})(?![\da-f-])/gi;

/**
 * The id of the recipe that a typed or pasted text names: the id itself, or an address that holds it. Null for a text with
 * other words, with none or with several ids.
 */
export function recipeIdIn(text: string): string | null {
  const typed = text.trim();
  const [id, ...others] = new Set(typed.match(ID) ?? []);
  if (id === undefined || others.length > 0 || /\s/.test(typed)) return null;
  return typed === id || /^https?:\/\//i.test(typed) ? id.toLowerCase() : null;
}
