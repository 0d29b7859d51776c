/** Most words of a search: more would only make it slow. */
const MOST_WORDS = 16;

/** What the tokenizer of the index (`unicode61`) counts as part of a word. */
const HAS_WORD = /[\p{L}\p{N}\p{Co}]/u;

/** A phrase in quotes, also one that is still being typed; or a word. */
const PIECE = /"([^"]*)("|$)|[^\s"]+/gu;

/**
 * Turns what the user typed into an FTS5 expression: all words must occur, in any field; those in quotes as a phrase. The
 * last word may be a prefix, as the user may still be typing it. Quotes everything that FTS5 would read as syntax. Null
 * without a word to search for.
 */
export function searchExpression(query: string): string | null {
  const pieces = [...query.replace(/\p{Cc}/gu, ' ').matchAll(PIECE)]
    .map(([piece, phrase, end]) => ({ text: phrase ?? piece, isDone: end === '"' }))
    .filter(({ text }) => HAS_WORD.test(text))
    .slice(0, MOST_WORDS);
  if (pieces.length === 0) return null;
  return pieces
    .map(({ text, isDone }, index) => `"${text}"${index === pieces.length - 1 && !isDone ? ' *' : ''}`)
    .join(' AND ');
}
