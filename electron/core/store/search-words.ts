/** More words than anybody searches for would only make the search slow. */
const MOST_WORDS = 16;

/** What the tokenizer of the index (`unicode61`) takes for a part of a word. */
const HAS_WORD = /[\p{L}\p{N}\p{Co}]/u;

/** A phrase in quotes, also one that is still being typed; or a word. */
const PIECE = /"([^"]*)("|$)|[^\s"]+/gu;

/**
 * What a person typed, as a question to FTS5: all words must be there, in any field; those in quotes one after the other.
 * The last word may go on, as it is still being typed. Everything else that FTS5 would take for its own language is
 * quoted. Null where there is no word to search for.
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
