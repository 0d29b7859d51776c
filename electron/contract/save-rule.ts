/** The rule that names files when all of a result are saved: a text with fields in braces. */
import { listWords } from './formats.ts';
import { LIMITS } from './limits.ts';

/** What a rule may name, each in braces. The ending of a file is not one of them: it always stays. */
export const SAVE_FIELDS = ['name', 'recipe', 'date', 'time', 'n'] as const;
export type SaveField = (typeof SAVE_FIELDS)[number];

export const USUAL_RULE = '{name}';

/** Characters of a rule. Names are cut far below what file systems take, so a longer one would be of no use. */
const LONGEST_RULE = LIMITS.rule;

export type RuleProblem = 'empty' | 'too-long' | 'slash' | 'unknown-field' | 'loose-brace';

/** A field in braces, or a brace that belongs to none. */
const BRACES = /\{([^{}]*)\}|[{}]/g;

const isField = (name: string): name is SaveField => (SAVE_FIELDS as readonly string[]).includes(name);

/** Why a rule cannot name a file; null when it can. */
export function ruleProblem(rule: string): RuleProblem | null {
  if (rule.length > LONGEST_RULE) return 'too-long';
  if (/^[\s.]*$/.test(rule)) return 'empty';
  if (/[/\\]/.test(rule)) return 'slash';
  for (const [, name] of rule.matchAll(BRACES)) {
    if (name === undefined) return 'loose-brace';
    if (!isField(name)) return 'unknown-field';
  }
  return null;
}

/** The rule with its fields put in. Only for a rule without a problem. */
export const fillRule = (rule: string, values: Readonly<Record<SaveField, string>>): string =>
  rule.replace(BRACES, (whole, name: string | undefined) =>
    name !== undefined && isField(name) ? values[name] : whole,
  );

const FIELD_LIST = SAVE_FIELDS.map((field) => `{${field}}`);

/** What is wrong with a rule, and what would be right. */
export function ruleProblemWords(problem: RuleProblem): string {
  switch (problem) {
    case 'empty':
      return 'Give the files a name: {name} is the name they came with.';
    case 'too-long':
      return `A rule has at most ${LONGEST_RULE} characters.`;
    case 'slash':
      return 'A name cannot hold / or \\.';
    case 'unknown-field':
      return `Only ${listWords(FIELD_LIST)} can stand in braces.`;
    case 'loose-brace':
      return 'A brace stands alone here. Write a field as {name}.';
  }
}

/** What a rule may hold, in one line. */
export const ruleHelpWords = (): string => `You can use ${listWords(FIELD_LIST, 'or')}. The kind of file stays.`;
