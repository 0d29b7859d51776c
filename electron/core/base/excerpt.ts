/** Number of characters of which an excerpt is made: a text can have megabytes. */
export const EXCERPT_SOURCE = 2_000;

/** The beginning of a text in one line of at most `longest` characters; '' for a blank text. */
export function excerptOf(text: string, longest: number): string {
  const line = text.slice(0, EXCERPT_SOURCE).replace(/\s+/g, ' ').trim();
  const characters = Array.from(line);
  return characters.length <= longest ? line : `${characters.slice(0, longest - 1).join('')}…`;
}
