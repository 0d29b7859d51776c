/** More than this, made to be slow to read, would hold up the window: it is shown as it was written. Characters. */
const MOST = 50_000;
/** So many of these, unmatched, take marked longer than anybody waits: it tries each with each. */
const MOST_MARKS = 4_000;
/** Lists within lists, on one line or by ever more spaces. */
const SLOW: readonly RegExp[] = [
  /^[ \t]*(?:(?:[-+*>]|\d{1,9}[.)])[ \t]+){40}/m,
  /^[ \t]{120,}(?:[-+*>]|\d{1,9}[.)])[ \t]/m,
];
/** No name before an @ is as long; marked begins to read one at each of its letters. Characters. */
const LONG_NAME = 1_000;
const hasEndlessMail = (text: string): boolean =>
  text
    .split('@')
    .slice(0, -1)
    .some((before) => before.length >= LONG_NAME && /^[\w.+-]+$/.test(before.slice(-LONG_NAME)));
/** What is looked at to find out what a text is. Characters. */
const GLANCE = 20_000;

/** Whether a text is so long, or so full of marks, that reading it as markdown would hold up the window. */
export const isTooLongToRead = (text: string): boolean =>
  text.length > MOST ||
  (text.match(/[*_>]/g)?.length ?? 0) > MOST_MARKS ||
  SLOW.some((slow) => slow.test(text)) ||
  hasEndlessMail(text);

/** What nobody writes by accident: one of them is enough. */
const SURE_SIGNS: readonly RegExp[] = [
  /^ {0,3}(?:```|~~~)[^`\n]*$/m,
  // The line below a table's head.
  /^ {0,3}\|?[ \t]*:?-{3,}:?[ \t]*(?:\|[ \t]*:?-{3,}:?[ \t]*)+(?:\|[ \t]*)?$/m,
  /^#{2,6} \S/m,
  /(?:^|[\s(])\*\*[^\s*](?:[^*\n]*[^\s*])?\*\*(?=$|[\s.,;:!?)])/m,
  /(?:^|[^\\])\[[^[\]\n]+\]\((?:https?:|mailto:)[^\s)]{1,2000}\)/,
];

/** What plain texts, scripts and settings have as well: two of them tell. */
const SIGNS: readonly RegExp[] = [
  /^# \S[^\n]*\n[ \t]*$/m,
  /^ {0,3}[-*+] \S[^\n]*\n(?: {0,3}[-*+] |[ \t]+)\S/m,
  /^ {0,3}1[.)] \S[^\n]*\n(?:[ \t]*\n)?(?: {0,3}2[.)] |[ \t]+)\S/m,
  /^> \S/m,
  /(?:^|[\s(])`[^`\n]+`(?=$|[\s.,;:!?)])/m,
  /(?:^|[\s(])(?:\*[^\s*](?:[^*\n]*[^\s*])?\*|_[^\s_](?:[^_\n]*[^\s_])?_)(?=$|[\s.,;:!?)])/m,
];

/**
 * Whether a text that says nothing of its kind is markdown, by its first 20,000 characters. Rather no than yes: a log
 * or a script shown as markdown loses its lines, and markdown shown plain can still be read. Data and pages are not.
 */
export function looksLikeMarkdown(text: string): boolean {
  const start = text.slice(0, GLANCE);
  if (/^\s*(?:[{<]|\[[\s\d"{[]|#!)/.test(start)) return false;
  return SURE_SIGNS.some((sign) => sign.test(start)) || SIGNS.filter((sign) => sign.test(start)).length > 1;
}
