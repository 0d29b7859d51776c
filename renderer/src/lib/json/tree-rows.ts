import { countWords } from '../contract.ts';
import { childrenOf, isContainer, type JsonValue, WrittenNumber } from './json-value.ts';

/** Members of a list that are shown per page. */
export const PAGE = 100;
/** Characters. A longer text is folded. */
const SHORT_TEXT = 200;
/** Characters of an unfolded text that are drawn; the raw view shows all. */
const LONGEST_TEXT = 20_000;
/** Rows that are open at first, so that they fit the screen. */
const OPEN_AT_FIRST = 60;

/** One row of a tree that is drawn as a flat list. */
export interface TreeRow {
  /** The JSON pointer of the value (RFC 6901); identifies the row. */
  readonly path: string;
  readonly parent: string | null;
  /** From 1, as in `aria-level`. */
  readonly level: number;
  /** null for the outermost value. */
  readonly key: string | null;
  readonly value: JsonValue;
  readonly look: 'container' | 'text' | 'number' | 'word' | 'more';
  /** The text of the row. */
  readonly words: string;
  /** null if the value cannot be unfolded. */
  readonly isOpen: boolean | null;
  readonly position: number;
  readonly siblings: number;
}

export interface TreeFolds {
  readonly open: ReadonlySet<string>;
  /** The number of members shown by path; `PAGE` by default. */
  readonly shown: ReadonlyMap<string, number>;
}

const under = (path: string, key: string): string => `${path}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`;

/** Opens the outermost value, and its members as long as few rows result. */
export function openAtFirst(root: JsonValue): readonly string[] {
  const open = [''];
  if (!isContainer(root)) return open;
  const members = childrenOf(root).slice(0, PAGE);
  let lines = members.length;
  for (const [key, value] of members) {
    if (!isContainer(value)) continue;
    lines += childrenOf(value).length;
    if (lines > OPEN_AT_FIRST) break;
    open.push(under('', key));
  }
  return open;
}

/** The rows of all unfolded values, from top to bottom. */
export function treeRows(root: JsonValue, folds: TreeFolds): readonly TreeRow[] {
  const rows: TreeRow[] = [];
  const add = (
    value: JsonValue,
    at: Pick<TreeRow, 'path' | 'parent' | 'level' | 'key' | 'position' | 'siblings'>,
  ): void => {
    const isOpen = isFoldable(value) ? folds.open.has(at.path) : null;
    rows.push({ ...at, value, isOpen, look: lookOf(value), words: wordsOf(value, isOpen === true) });
    if (isOpen !== true || !isContainer(value)) return;
    const children = childrenOf(value);
    const shown = children.slice(0, folds.shown.get(at.path) ?? PAGE);
    const rest = children.length - shown.length;
    const inside = { parent: at.path, level: at.level + 1, siblings: shown.length + (rest > 0 ? 1 : 0) };
    shown.forEach(([key, child], index) => {
      add(child, { ...inside, path: under(at.path, key), key, position: index + 1 });
    });
    if (rest > 0) rows.push({ ...inside, ...moreRow(at.path, rest, children.length), position: inside.siblings });
  };
  add(root, { path: '', parent: null, level: 1, key: null, position: 1, siblings: 1 });
  return rows;
}

/** Keys escape `~` (RFC 6901), so this path is unique. */
const moreRow = (
  path: string,
  rest: number,
  all: number,
): Pick<TreeRow, 'path' | 'key' | 'value' | 'look' | 'words' | 'isOpen'> => ({
  path: `${path}/~`,
  key: null,
  value: null,
  look: 'more',
  words: `Show ${Math.min(PAGE, rest)} more of ${all.toLocaleString('en-GB')}`,
  isOpen: null,
});

const isFoldable = (value: JsonValue): boolean =>
  isContainer(value) ? childrenOf(value).length > 0 : typeof value === 'string' && value.length > SHORT_TEXT;

function lookOf(value: JsonValue): TreeRow['look'] {
  if (isContainer(value)) return 'container';
  if (typeof value === 'string') return 'text';
  return typeof value === 'number' || value instanceof WrittenNumber ? 'number' : 'word';
}

function wordsOf(value: JsonValue, isOpen: boolean): string {
  if (value instanceof WrittenNumber) return value.source;
  if (typeof value === 'string') return textWords(value, isOpen);
  if (!isContainer(value)) return String(value);
  const { length } = childrenOf(value);
  return Array.isArray(value) ? countWords(length, 'item') : countWords(length, 'entry', 'entries');
}

function textWords(text: string, isOpen: boolean): string {
  if (isOpen) return text.length > LONGEST_TEXT ? `${text.slice(0, LONGEST_TEXT)}…` : text;
  if (text.length <= SHORT_TEXT) return `“${text}”`;
  return `“${text.slice(0, SHORT_TEXT).replaceAll(/\s+/g, ' ')}…” ${countWords(text.length, 'character')}`;
}
