/** Texts for the rule that names saved files. */
import { listWords } from '../formats.ts';
import { LIMITS } from '../limits.ts';
import { type RuleProblem, SAVE_FIELDS } from '../save-rule.ts';

const FIELD_LIST = SAVE_FIELDS.map((field) => `{${field}}`);

/** Why a rule cannot name files. */
export function ruleProblemWords(problem: RuleProblem): string {
  switch (problem) {
    case 'empty':
      return 'Give the files a name: {name} is the name they came with.';
    case 'too-long':
      return `A rule has at most ${LIMITS.rule} characters.`;
    case 'slash':
      return 'A name cannot hold / or \\.';
    case 'unknown-field':
      return `Only ${listWords(FIELD_LIST)} can stand in braces.`;
    case 'loose-brace':
      return 'A brace stands alone here. Write a field as {name}.';
  }
}

/** The help text for rules, in one line. */
export const ruleHelpWords = (): string => `You can use ${listWords(FIELD_LIST, 'or')}. The kind of file stays.`;
