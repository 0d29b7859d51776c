import type { RecipeShape } from '../../contract/views.ts';
import type { Recipe } from '../omnitool/recipe-schema.ts';
import { blockName, isOn } from './blocks.ts';
import { type FormData, formDataOf } from './form/form-block.ts';
import { CHAT_OUTPUT, shapeOf } from './shape.ts';

/** The facts of a loaded recipe that the list shows. */
export interface RecipeFacts {
  readonly shape: RecipeShape;
  /** The recipe's own texts, for listings that have none (wire 2a, 2c). */
  readonly words: {
    readonly name: string;
    readonly description: string;
    readonly author: string;
    readonly tags: readonly string[];
  };
}

/** The facts of a loaded recipe that only its own page and the progress of its runs show. */
export interface RecipeDetail {
  readonly category: string;
  /** Markdown by the recipe's author; untrusted. */
  readonly help: string;
  /** The number of enabled blocks. */
  readonly blocks: number;
  /** The title of each block by block id. */
  readonly titles: Readonly<Record<string, string>>;
  /** Ids of the enabled chat output blocks; null when a block could not be read. */
  readonly chatBlocks: readonly string[] | null;
  /** What its form blocks hold, for `readForm`. */
  readonly forms: readonly FormData[];
}

/** Extracts everything that this program stores of a recipe. */
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
      forms: formDataOf(nodes),
    },
  };
}
