import { countWords } from '../contract.ts';
import { childrenOf, isContainer, type JsonValue, WrittenNumber } from './json-value.ts';

/** Members of a list that are shown at a time. */
export const PAGE = 100;
/** A text longer than this is folded. Characters. */
const SHORT_TEXT = 200;
/** Of an unfolded text so much is drawn; the rest is in the raw view. Characters. */
const LONGEST_TEXT = 20_000;
/** At first so many lines are open: the whole is to be taken in at a glance. */
const OPEN_AT_FIRST = 60;

/** One line of a tree that is drawn as a list. */
export interface TreeRow {
  /** Where the value is (RFC 6901): names the line. */
  readonly path: string;
  readonly parent: string | null;
  /** From 1, as assistive technology counts. */
  readonly level: number;
  /** Null for the outermost value. */
  readonly key: string | null;
  readonly value: JsonValue;
  readonly look: 'container' | 'text' | 'number' | 'word' | 'more';
  /** The value in words: as it stands in the line. */
  readonly words: string;
  /** Null where there is nothing to unfold. */
  readonly isOpen: boolean | null;
  readonly position: number;
  readonly siblings: number;
}

export interface TreeFolds {
  readonly open: ReadonlySet<string>;
  /** How many members are shown, where it is not the first hundred. */
  readonly shown: ReadonlyMap<string, number>;
}

const under = (path: string, key: string): string => `${path}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`;

/** Opens the outermost value, and what is right inside it as long as all of it is short. */
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

/** The lines that are in sight, from top to bottom. */
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

/** No key has a bare `~`, so this is nobody else's. */
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
