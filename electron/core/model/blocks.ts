import { blockWords } from '../../contract/block-words.ts';
import type { RecipeNode } from '../omnitool/recipe-schema.ts';

/** Titles are shown in one line; an author can write a page. */
const LONGEST_TITLE = 80;

/** Blocks that are switched off are skipped by the server (wire 3). */
export const isOn = (node: RecipeNode): boolean => node.data.xOmniEnabled !== false;

/** What a block is called: what the recipe's author called it, and otherwise its key in readable words. */
export function blockName({ name, data }: Pick<RecipeNode, 'name' | 'data'>): string {
  const title = data['x-omni-title'];
  const line = typeof title === 'string' ? title.replaceAll(/[\s\p{Cc}\p{Cf}]+/gu, ' ').trim() : '';
  return line === '' ? blockWords(name) : Array.from(line).slice(0, LONGEST_TITLE).join('').trimEnd();
}
