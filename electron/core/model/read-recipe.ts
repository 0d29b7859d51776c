import type { RecipeShape } from '../../contract/views.ts';
import type { Recipe } from '../omnitool/recipe-schema.ts';
import { blockName, isOn } from './blocks.ts';
import { CHAT_OUTPUT, shapeOf } from './shape.ts';

/** What the list shows of a recipe that was loaded. */
export interface RecipeFacts {
  readonly shape: RecipeShape;
  /** Its own words, for listings that give none (wire 2a, 2c). */
  readonly words: {
    readonly name: string;
    readonly description: string;
    readonly author: string;
    readonly tags: readonly string[];
  };
}

/** What only the recipe's own page and the progress of its runs show. */
export interface RecipeDetail {
  readonly category: string;
  /** Markdown by the recipe's author: never trusted. */
  readonly help: string;
  /** How many of its blocks are switched on. */
  readonly blocks: number;
  /** What each block is called, by its id. */
  readonly titles: Readonly<Record<string, string>>;
  /** Ids of the chat output blocks that are switched on; null where not all of its blocks could be read. */
  readonly chatBlocks: readonly string[] | null;
}

/** Everything this program keeps of a recipe as the server has it. */
export function readRecipe(recipe: Recipe): { readonly facts: RecipeFacts; readonly detail: RecipeDetail } {
  const { name, description, author, tags, category, help, nodes, unreadableNodes } = recipe;
  return {
    facts: { shape: shapeOf(nodes, unreadableNodes), words: { name, description, author, tags } },
    detail: {
      category,
      help,
      blocks: nodes.filter(isOn).length + unreadableNodes,
      titles: Object.fromEntries(nodes.map((node) => [node.id, blockName(node)])),
      chatBlocks:
        unreadableNodes > 0
          ? null
          : nodes.filter((node) => isOn(node) && node.name === CHAT_OUTPUT).map(({ id }) => id),
    },
  };
}
