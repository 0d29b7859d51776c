import { fillRule } from '../../contract/save-rule.ts';
import type { NameRoom } from '../base/file-name.ts';
import { FreeNames, NAME_ROOM, safeFileName, splitName, titledName } from '../base/file-name.ts';

/** Names tried for one file before giving up; a person would have noticed long before. */
const MOST_NAMES = 10_000;

/** What a rule may say of a run. */
export interface RuleFacts {
  readonly recipeName: string;
  /** In ms since 1970; told in the time of this machine. */
  readonly at: number;
}

interface NamingOptions {
  /** Names that are in the folder already. */
  readonly taken?: readonly string[];
  readonly room?: NameRoom;
  /** Only the first so many names are wanted: a result may have tens of thousands of files. */
  readonly most?: number;
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
  { taken = [], room = NAME_ROOM, most = files.length }: NamingOptions = {},
): readonly string[] {
  const free = new FreeNames(taken);
  const digits = String(files.length).length;
  return files.slice(0, most).map(({ name }, index) => {
    const { stem, ending } = splitName(safeFileName(name));
    const filled = fillRule(rule, {
      name: stem,
      recipe: facts.recipeName,
      ...timesOf(facts.at),
      n: String(index + 1).padStart(digits, '0'),
    });
    return free.take(titledName(filled, ending, room));
  });
}

/** `name.png`, `name (2).png`, `name (3).png` and so on, as often as it is asked for. */
export function* numberedNames(stem: string, ending: string): Generator<string> {
  yield stem + ending;
  for (let count = 2; count <= MOST_NAMES; count += 1) yield `${stem} (${count})${ending}`;
}

/** `2026-11-25` and `14-02`: they sort by time, and Windows has no name with a colon. */
export function timesOf(at: number): { readonly date: string; readonly time: string } {
  const moment = new Date(at);
  const two = (value: number): string => value.toString().padStart(2, '0');
  return {
    date: `${moment.getFullYear()}-${two(moment.getMonth() + 1)}-${two(moment.getDate())}`,
    time: `${two(moment.getHours())}-${two(moment.getMinutes())}`,
  };
}
