import { fillRule } from '../../contract/save-rule.ts';
import { FreeNames, NAME_LIMIT, type NameLimit, safeFileName, splitName, titledName } from '../base/file-name.ts';

/** Most names tried for one file. */
const MOST_NAMES = 10_000;

/** The facts that a rule may use. */
export interface RuleFacts {
  readonly recipeName: string;
  /** In ms since 1970; formatted in local time. */
  readonly at: number;
}

interface NamingOptions {
  /** Names that the folder already has. */
  readonly taken?: readonly string[];
  readonly room?: NameLimit;
  /** Returns only this many names: a result may have tens of thousands of files. */
  readonly most?: number;
}

/**
 * Names the files of a result by a valid rule. Each name is safe on every file system, unique, not among `taken`, and
 * keeps the file's ending. Names that differ only in case (`A.png`, `a.png`) are equal, as on Windows and macOS.
 */
export function namesByRule(
  rule: string,
  files: readonly { readonly name: string }[],
  facts: RuleFacts,
  { taken = [], room = NAME_LIMIT, most = files.length }: NamingOptions = {},
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

/** Yields `name.png`, `name (2).png`, `name (3).png` and so on. */
export function* numberedNames(stem: string, ending: string): Generator<string> {
  yield stem + ending;
  for (let count = 2; count <= MOST_NAMES; count += 1) yield `${stem} (${count})${ending}`;
}

/** `2026-11-25` and `14-02`: sortable, and without the colon that Windows forbids. */
export function timesOf(at: number): { readonly date: string; readonly time: string } {
  const moment = new Date(at);
  const two = (value: number): string => value.toString().padStart(2, '0');
  return {
    date: `${moment.getFullYear()}-${two(moment.getMonth() + 1)}-${two(moment.getDate())}`,
    time: `${two(moment.getHours())}-${two(moment.getMinutes())}`,
  };
}
