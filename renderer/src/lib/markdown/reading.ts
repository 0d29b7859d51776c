/** Characters. A longer text could block the window while it is parsed. */
const MOST = 50_000;
/** With more unmatched marks, marked takes too long: it compares each with each. */
const MOST_MARKS = 4_000;
/** Deeply nested lists, on one line or by indentation. */
const SLOW: readonly RegExp[] = [
  /^[ \t]*(?:(?:[-+*>]|\d{1,9}[.)])[ \t]+){40}/m,
  /^[ \t]{120,}(?:[-+*>]|\d{1,9}[.)])[ \t]/m,
];
/** Characters. marked looks for an e-mail address at each letter before an @, which is slow for longer words. */
const LONG_NAME = 1_000;
const hasEndlessMail = (text: string): boolean =>
  text
    .split('@')
    .slice(0, -1)
    .some((before) => before.length >= LONG_NAME && /^[\w.+-]+$/.test(before.slice(-LONG_NAME)));
/** Characters that are examined to detect markdown. */
const GLANCE = 20_000;

/** Whether a text is so long, or so full of marks, that parsing it as markdown would block the window. */
export const isTooLongToRead = (text: string): boolean =>
  text.length > MOST ||
  (text.match(/[*_>]/g)?.length ?? 0) > MOST_MARKS ||
  SLOW.some((slow) => slow.test(text)) ||
  hasEndlessMail(text);

/** Patterns that do not occur by accident: one is enough. */
const SURE_SIGNS: readonly RegExp[] = [
  /^ {0,3}(?:```|~~~)[^`\n]*$/m,
  // The delimiter row of a table.
  /^ {0,3}\|?[ \t]*:?-{3,}:?[ \t]*(?:\|[ \t]*:?-{3,}:?[ \t]*)+(?:\|[ \t]*)?$/m,
  /^#{2,6} \S/m,
  /(?:^|[\s(])\*\*[^\s*](?:[^*\n]*[^\s*])?\*\*(?=$|[\s.,;:!?)])/m,
  /(?:^|[^\\])\[[^[\]\n]+\]\((?:https?:|mailto:)[^\s)]{1,2000}\)/,
];

/** Patterns that also occur in plain texts, scripts and settings: two are needed. */
const SIGNS: readonly RegExp[] = [
  /^# \S[^\n]*\n[ \t]*$/m,
  /^ {0,3}[-*+] \S[^\n]*\n(?: {0,3}[-*+] |[ \t]+)\S/m,
  /^ {0,3}1[.)] \S[^\n]*\n(?:[ \t]*\n)?(?: {0,3}2[.)] |[ \t]+)\S/m,
  /^> \S/m,
  /(?:^|[\s(])`[^`\n]+`(?=$|[\s.,;:!?)])/m,
  /(?:^|[\s(])(?:\*[^\s*](?:[^*\n]*[^\s*])?\*|_[^\s_](?:[^_\n]*[^\s_])?_)(?=$|[\s.,;:!?)])/m,
];

/**
 * Guesses from the first 20,000 characters whether a text is markdown. In doubt it is not: logs and scripts lose their
 * line structure as markdown, but markdown stays readable as plain text. JSON, HTML and scripts with a `#!` line are
 * not.
 */
export function looksLikeMarkdown(text: string): boolean {
  const start = text.slice(0, GLANCE);
  if (/^\s*(?:[{<]|\[[\s\d"{[]|#!)/.test(start)) return false;
  return SURE_SIGNS.some((sign) => sign.test(start)) || SIGNS.filter((sign) => sign.test(start)).length > 1;
}
