import type { RecipeShape } from '../../contract/views.ts';
import type { Recipe } from '../omnitool/recipe-schema.ts';
import { blockName, isOn } from './blocks.ts';
import { type FormData, formDataOf } from './form/form-block.ts';
import type { RecipeNode } from '../omnitool/recipe-schema.ts';
import { CHAT_OUTPUT, FILE_OUTPUT, shapeOf } from './shape.ts';

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
  /** The names that its File Output blocks give to their files, where they are known; null: it has no such block. */
  readonly fileNames: readonly string[] | null;
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
      fileNames: fileNamesOf(nodes),
      forms: formDataOf(nodes),
    },
  };
}

function fileNamesOf(nodes: readonly RecipeNode[]): readonly string[] | null {
  const blocks = nodes.filter((node) => isOn(node) && node.name === FILE_OUTPUT);
  if (blocks.length === 0) return null;
  // A name that comes from another block is known only when the recipe runs.
  return blocks.flatMap(({ data: { fileName }, inputs }) =>
    typeof fileName === 'string' && fileName.trim() !== '' && (inputs.fileName?.connections.length ?? 0) === 0
      ? [fileName]
      : [],
  );
}
