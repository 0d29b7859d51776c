/** The rule by which all files of a result are named when they are saved: a text with fields in braces. */
import { LIMITS } from './limits.ts';

/** The fields of a rule. The extension of a file is not one of them, because it is always kept. */
export const SAVE_FIELDS = ['name', 'recipe', 'date', 'time', 'n'] as const;
export type SaveField = (typeof SAVE_FIELDS)[number];

export const USUAL_RULE = '{name}';

export type RuleProblem = 'empty' | 'too-long' | 'slash' | 'unknown-field' | 'loose-brace';

/** A field in braces, or a single brace. */
const BRACES = /\{([^{}]*)\}|[{}]/g;

const isField = (name: string): name is SaveField => (SAVE_FIELDS as readonly string[]).includes(name);

/** Why a rule cannot name a file; null when it can. */
export function ruleProblem(rule: string): RuleProblem | null {
  if (rule.length > LIMITS.rule) return 'too-long';
  if (/^[\s.]*$/.test(rule)) return 'empty';
  if (/[/\\]/.test(rule)) return 'slash';
  for (const [, name] of rule.matchAll(BRACES)) {
    if (name === undefined) return 'loose-brace';
    if (!isField(name)) return 'unknown-field';
  }
  return null;
}

/** Replaces the fields of a valid rule by their values. */
export const fillRule = (rule: string, values: Readonly<Record<SaveField, string>>): string =>
  rule.replace(BRACES, (whole, name: string | undefined) =>
    name !== undefined && isField(name) ? values[name] : whole,
  );
