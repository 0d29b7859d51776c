import { blockWords } from '../../contract/text/blocks.ts';
import type { RecipeNode } from '../omnitool/recipe-schema.ts';

/** Longest title in characters: a title is shown on one line, but an author can write a page. */
const LONGEST_TITLE = 80;

/** Whether a block is enabled. The server skips disabled blocks (wire 3). */
export const isOn = (node: RecipeNode): boolean => node.data.xOmniEnabled !== false;

/** The title of a block: the one that the recipe's author gave it, otherwise its key in readable words. */
export function blockName({ name, data }: Pick<RecipeNode, 'name' | 'data'>): string {
  const title = data['x-omni-title'];
  const line = typeof title === 'string' ? title.replaceAll(/[\s\p{Cc}\p{Cf}]+/gu, ' ').trim() : '';
  return line === '' ? blockWords(name) : Array.from(line).slice(0, LONGEST_TITLE).join('').trimEnd();
}
