import { practiceBlock } from '../blocks/registry.ts';
import { type Block, CHAT_INPUT, CHAT_OUTPUT, RECIPE_OUTPUT, type Wire } from '../blocks/graph.ts';

/** A recipe as it is declared here: its texts, blocks and connections. */
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

/** One of this server's own blocks, with its name in this recipe and its field values. */
export const own = (name: string, title: string, data: Data = {}): Block => [
  practiceBlock(name),
  { ...data, 'x-omni-title': title },
];

/** Connects outputs with the inputs of the same names. */
export const straight = (from: number, to: number, ...ports: readonly string[]): readonly Wire[] =>
  ports.map((port) => [from, port, to, port]);

/** Connects a chat input, one of this server's blocks and a recipe output. */
export const through = (block: Block, taken: readonly string[], given: readonly string[]) => ({
  blocks: [input, block, output],
  wires: [...straight(1, 2, ...taken), ...straight(2, 3, ...given)],
});
