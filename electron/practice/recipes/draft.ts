import { practiceBlock } from '../blocks/registry.ts';
import { type Block, CHAT_INPUT, CHAT_OUTPUT, RECIPE_OUTPUT, type Wire } from '../blocks/graph.ts';

/** A recipe as it is written down here: its words, its blocks, and what leads where. */
export interface Draft {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly help: string;
  readonly tags: readonly string[];
  readonly blocks: readonly Block[];
  readonly wires: readonly Wire[];
  readonly public?: boolean;
  readonly hidden?: boolean;
}

type Data = Readonly<Record<string, unknown>>;

export const input: Block = [CHAT_INPUT];
export const output: Block = [RECIPE_OUTPUT];
export const markdownChat: Block = [CHAT_OUTPUT, { textType: 'text/markdown' }];

/** One of this server's own blocks, with the name its author gave it in this recipe and what was typed into it. */
export const own = (name: string, title: string, data: Data = {}): Block => [
  practiceBlock(name),
  { ...data, 'x-omni-title': title },
];

/** From output to input of the same name, for several names. */
export const straight = (from: number, to: number, ...ports: readonly string[]): readonly Wire[] =>
  ports.map((port) => [from, port, to, port]);

/** Chat input, one block of our own, recipe output. */
export const through = (block: Block, taken: readonly string[], given: readonly string[]) => ({
  blocks: [input, block, output],
  wires: [...straight(1, 2, ...taken), ...straight(2, 3, ...given)],
});
