import { isObject } from '../base/json.ts';

/** One block of a recipe, as the server stores it (wire 3). */
export interface GraphNode {
  readonly id: number;
  readonly name: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly inputs: Readonly<Record<string, Port<InputConnection>>>;
  readonly outputs: Readonly<Record<string, Port<OutputConnection>>>;
  readonly position: readonly [number, number];
}

interface Port<Connection> {
  readonly connections: readonly Connection[];
}

interface InputConnection {
  readonly node: number;
  readonly output: string;
  readonly data: Readonly<Record<string, never>>;
}

interface OutputConnection {
  readonly node: number;
  readonly input: string;
  readonly data: Readonly<Record<string, never>>;
}

/** Blocks by their id, which is a number as text. */
export type Graph = Readonly<Record<string, GraphNode>>;

/** The names of Omnitool's own blocks that carry a recipe's input and output. */
export const CHAT_INPUT = 'omnitool.chat_input';
export const CHAT_OUTPUT = 'omnitool.chat_output';
export const RECIPE_OUTPUT = 'omnitool.recipe_output';
/** The block that stores a file in the File Manager (wire 13.5). */
export const FILE_OUTPUT = 'omnitool.file_output';
/** The block that holds a recipe's description, without connections (recorded templates). */
export const METADATA = 'omnitool.recipe_metadata';
/** The block of the form that Omnitool's own page shows (wire 3). */
export const FORM = 'omni-core-formio:formio.auto_ui';

/** The outputs of a chat input block, which always has all six (wire 3). */
const CHAT_INPUT_PORTS = ['text', 'images', 'audio', 'video', 'documents', 'json'] as const;

/** An input of a form block, as `x-omni-dynamicInputs` declares it (wire 13.1). */
export type FormInput = Readonly<Record<string, unknown>>;

/** The inputs that a form block has, by their keys (wire 13.1). */
export function formInputs(data: Readonly<Record<string, unknown>>): Readonly<Record<string, FormInput>> {
  const declared = data['x-omni-dynamicInputs'];
  if (!isObject(declared)) return {};
  return Object.fromEntries(
    Object.entries(declared).filter((entry): entry is [string, FormInput] => isObject(entry[1])),
  );
}

/** A block of a recipe: its name and field values. Its id is its position in the list, counted from 1. */
export type Block = readonly [name: string, data?: Readonly<Record<string, unknown>>];

/** A connection: from a block and its output to a block and its input. */
export type Wire = readonly [from: number, output: string, to: number, input: string];

/** Builds the stored form of a recipe, with each connection at both of its ends. */
export function graph(blocks: readonly Block[], wires: readonly Wire[]): Graph {
  const nodes = blocks.map(([name, data = {}], index): GraphNode => {
    const id = index + 1;
    const outputs: Record<string, Port<OutputConnection>> = {};
    if (name === CHAT_INPUT) for (const port of CHAT_INPUT_PORTS) outputs[port] = { connections: [] };
    if (name === FORM)
      for (const port of [...Object.keys(formInputs(data)), 'any']) outputs[port] = { connections: [] };
    for (const [, output] of wires.filter(([from]) => from === id)) {
      const out = wires.filter(([from, port]) => from === id && port === output);
      outputs[output] = { connections: out.map(([, , node, input]) => ({ node, input, data: {} })) };
    }
    const inputs: Record<string, Port<InputConnection>> = {};
    if (name === FORM) for (const port of Object.keys(formInputs(data))) inputs[port] = { connections: [] };
    for (const [, , , input] of wires.filter(([, , to]) => to === id)) {
      const into = wires.filter(([, , to, port]) => to === id && port === input);
      inputs[input] = { connections: into.map(([node, output]) => ({ node, output, data: {} })) };
    }
    return { id, name, data, inputs, outputs, position: [id * 300, 0] };
  });
  return Object.fromEntries(nodes.map((node) => [String(node.id), node]));
}

/** Whether a block is enabled; a disabled one is skipped (wire 3). */
export const isOn = ({ data }: GraphNode): boolean => data.xOmniEnabled !== false;

/** What a recipe takes: the connected outputs of its chat input blocks. */
export const takes = (nodes: Graph): readonly string[] => connected(nodes, CHAT_INPUT, 'outputs');

/** What a recipe gives through the API: the connected inputs of its recipe output blocks. */
export const gives = (nodes: Graph): readonly string[] => connected(nodes, RECIPE_OUTPUT, 'inputs');

/** What a recipe says in the chat: the connected inputs of its chat output blocks. */
export const says = (nodes: Graph): readonly string[] => connected(nodes, CHAT_OUTPUT, 'inputs');

function connected(nodes: Graph, name: string, side: 'inputs' | 'outputs'): readonly string[] {
  const ports: readonly (readonly [string, Port<unknown>])[] = Object.values(nodes)
    .filter((node) => node.name === name && isOn(node))
    .flatMap((node) => Object.entries<Port<unknown>>(node[side]));
  return [...new Set(ports.flatMap(([port, { connections }]) => (connections.length > 0 ? [port] : [])))];
}
