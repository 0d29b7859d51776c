import { linkedFid } from '../../contract/file-links.ts';

/** A place in a text where an address begins: in Markdown, in an attribute of HTML, or on its own (then it has a host). */
const IN_LINK =
  /(?:\]\(\s{0,8}<?|\]:\s{0,8}<?|[\s"'](?:src|href)\s{0,8}=\s{0,8}["']?)(https?:\/\/[^\s/?#\\@<>"'()]+)?$/i;
const ALONE = /[\s(<](https?:\/\/[^\s/?#\\@<>"'()]+)$/i;
/** The rest of the address. A sentence may go on behind it. */
const REST = /^\/fid\/[\w%,-]{1,140}(?:\.[a-z\d]{1,16})?(?:[?#][^\s)"'<>]{0,300})?(?=[.,;:!?]*(?:[\s)"'<>\]]|$))/i;
const FILES = '/fid/';
/** Letters before an address that are looked at. */
const BEFORE = 300;
/** Places that are looked at in one text; a hostile one may have millions. */
const MOST_PLACES = 5_000;

/**
 * The ids of the files that a text of a recipe links to on its server, each once, in their order (wire 13.5). Links in code
 * do not count. Takes time in proportion to the text.
 *
 * @param origin of the run's server
 */
export function linkedFids(text: string, origin: string): readonly string[] {
  if (!text.includes(FILES)) return [];
  const read = `\n${withoutCode(text)}`;
  const fids = new Set<string>();
  let at = read.indexOf(FILES);
  for (let places = 0; at !== -1 && places < MOST_PLACES; places += 1) {
    const fid = fidAt(read, at, origin);
    if (fid !== null) fids.add(fid);
    at = read.indexOf(FILES, at + FILES.length);
  }
  return [...fids];
}

function fidAt(text: string, at: number, origin: string): string | null {
  const before = text.slice(Math.max(0, at - BEFORE), at);
  const start = IN_LINK.exec(before) ?? ALONE.exec(before);
  const [rest] = REST.exec(text.slice(at, at + 2 * BEFORE)) ?? [];
  if (start === null || rest === undefined) return null;
  return linkedFid((start[1] ?? '') + rest, origin);
}

const withoutCode = (text: string): string => withoutElements(withoutSpans(withoutBlocks(text)));

const FENCE = /^[ \t>]*(?:[-+*] {1,4})?(`{3,}|~{3,})/;
const INDENTED = /^(?: {4}| {0,3}\t)/;
const LIST_ITEM = /^ {0,3}(?:[-+*]|\d{1,9}[.)])[ \t]/;

/** Without the blocks of code: between fences, and indented outside of lists. */
function withoutBlocks(text: string): string {
  const kept: string[] = [];
  let fence = '';
  let isAfterBreak = true;
  let isInList = false;
  for (const line of text.split('\n')) {
    const mark = FENCE.exec(line)?.[1] ?? '';
    if (fence !== '') {
      if (mark.startsWith(fence) && line.trimEnd().endsWith(mark)) fence = '';
      continue;
    }
    // What follows backquotes on their line must have none: else they are in a sentence.
    if (mark !== '' && !(mark.startsWith('`') && line.slice(line.indexOf(mark) + mark.length).includes('`'))) {
      fence = mark;
      continue;
    }
    const isBlank = line.trim() === '';
    const isIndented = INDENTED.test(line);
    if (!isBlank && isIndented && isAfterBreak && !isInList) continue;
    if (!isBlank && !isIndented) isInList = LIST_ITEM.test(line) || (isInList && !isAfterBreak);
    isAfterBreak = isBlank;
    kept.push(line);
  }
  return kept.join('\n');
}

/** Without code in sentences: from some backquotes to the next of the same number, in one paragraph. */
const withoutSpans = (text: string): string =>
  text
    .split(/\n[ \t]*\n/)
    .map(withoutSpansIn)
    .join('\n\n');

function withoutSpansIn(paragraph: string): string {
  const marks = [...paragraph.matchAll(/`+/g)];
  /** By number of backquotes, the nearest place behind; filled from the end. */
  const nearest = new Map<number, number>();
  const partners = marks
    .map(({ 0: mark }, index) => ({ length: mark.length, index }))
    .toReversed()
    .map(({ length, index }) => {
      const partner = nearest.get(length) ?? null;
      nearest.set(length, index);
      return partner;
    })
    .toReversed();
  const kept: string[] = [];
  let from = 0;
  for (let index = 0; index < marks.length; index += 1) {
    const [partner, mark] = [partners[index] ?? null, marks[index]];
    const end = partner === null ? undefined : marks[partner];
    if (partner === null || mark === undefined || end === undefined) continue;
    kept.push(paragraph.slice(from, mark.index));
    from = end.index + end[0].length;
    index = partner;
  }
  kept.push(paragraph.slice(from));
  return kept.join(' ');
}

/** Without elements of HTML whose content is not shown as text with links, and comments. One that is not closed goes to the end. */
function withoutElements(text: string): string {
  const kept: string[] = [];
  let [open, from] = ['', 0];
  for (const found of text.matchAll(/<!--|-->|<(\/?)(pre|code|script|style|template|textarea)\b/gi)) {
    const name = (found[2] ?? '!').toLowerCase();
    const isClosing = found[0] === '-->' || found[1] === '/';
    if (open === '' && !isClosing) {
      kept.push(text.slice(from, found.index));
      open = name;
    } else if (open === name && isClosing) {
      open = '';
      from = found.index;
    }
  }
  if (open === '') kept.push(text.slice(from));
  return kept.join(' ');
}
