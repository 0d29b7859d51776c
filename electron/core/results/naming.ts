import { parse } from 'node:path';
import { fillRule } from '../../contract/save-rule.ts';
import { safeFileName } from './artifact-file.ts';

/** Names tried for one file before giving up; a person would have noticed long before. */
const MOST_NAMES = 10_000;

/** Room for the letters that a rule and the ending of a file may take in a name, in UTF-16 units. */
const LONGEST_STEM = 90;

/** What a rule may say of a run. */
export interface RuleFacts {
  readonly recipeName: string;
  /** In ms since 1970; told in the time of this machine. */
  readonly at: number;
}

/**
 * What the files of a result are called by a rule without a problem: safe on every file system, each name once, none of
 * those `taken`, and with the ending the file came with. Names that differ only in how they are written (`A.png`,
 * `a.png`) are the same to Windows and macOS, and so they are here.
 */
export function namesByRule(
  rule: string,
  files: readonly { readonly name: string }[],
  facts: RuleFacts,
  taken: readonly string[] = [],
): readonly string[] {
  const used = new Set(taken.map(asOne));
  const digits = String(files.length).length;
  return files.map(({ name }, index) => {
    const { name: stem, ext } = parse(safeFileName(name));
    const filled = fillRule(rule, {
      name: stem,
      recipe: facts.recipeName,
      ...timesOf(facts.at),
      n: String(index + 1).padStart(digits, '0'),
    });
    const free = freeName(cut(safeFileName(filled.replace(/[/\\]/g, '_'))) + ext, used);
    used.add(asOne(free));
    return free;
  });
}

/** `name.png`, `name (2).png`, `name (3).png` and so on, as often as it is asked for. */
export function* numberedNames({ name, ext }: { readonly name: string; readonly ext: string }): Generator<string> {
  yield name + ext;
  for (let count = 2; count <= MOST_NAMES; count += 1) yield `${name} (${count})${ext}`;
}

/** By how a file system that knows no case, and composes letters, would tell two names apart. */
const asOne = (name: string): string => name.normalize('NFC').toLowerCase().toUpperCase();

function freeName(wanted: string, used: ReadonlySet<string>): string {
  for (const name of numberedNames(parse(safeFileName(wanted)))) if (!used.has(asOne(name))) return name;
  throw new RangeError(`There are more than ${MOST_NAMES} files of one name.`);
}

const cut = (stem: string): string => {
  if (stem.length <= LONGEST_STEM) return stem;
  let short = '';
  for (const letter of stem) {
    if (short.length + letter.length > LONGEST_STEM) break;
    short += letter;
  }
  return short.trimEnd();
};

/** `2026-11-25` and `14-02`: they sort by time, and Windows has no name with a colon. */
export function timesOf(at: number): { readonly date: string; readonly time: string } {
  const moment = new Date(at);
  const two = (value: number): string => value.toString().padStart(2, '0');
  return {
    date: `${moment.getFullYear()}-${two(moment.getMonth() + 1)}-${two(moment.getDate())}`,
    time: `${two(moment.getHours())}-${two(moment.getMinutes())}`,
  };
}
