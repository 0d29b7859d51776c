import { INPUT_KINDS, OUTPUT_KINDS } from '../../contract/views.ts';
import type { InputKind, OutputKind, RecipeShape } from '../../contract/views.ts';
import type { RecipeNode } from '../omnitool/schemas.ts';

const CHAT_INPUT = 'omnitool.chat_input';
const CHAT_OUTPUT = 'omnitool.chat_output';
const RECIPE_OUTPUT = 'omnitool.recipe_output';

/** Blocks that are switched off are skipped by the server (wire 3). */
const isOn = (node: RecipeNode): boolean => node.data.xOmniEnabled !== false;

/**
 * What a recipe takes and gives, from its blocks: the outputs of its chat input that lead somewhere, and the inputs of
 * its output block that are fed or filled in (wire 3).
 */
export function shapeOf(nodes: readonly RecipeNode[]): RecipeShape {
  const on = nodes.filter(isOn);
  const taken = new Set<string>();
  const given = new Set<string>();
  for (const node of on) {
    if (node.name === CHAT_INPUT) connected(node.outputs).forEach((kind) => taken.add(kind));
    if (node.name === RECIPE_OUTPUT) {
      connected(node.inputs).forEach((kind) => given.add(kind));
      OUTPUT_KINDS.filter((kind) => isFilledIn(node.data[kind])).forEach((kind) => given.add(kind));
    }
  }
  return {
    takes: INPUT_KINDS.filter((kind: InputKind) => taken.has(kind)),
    gives: OUTPUT_KINDS.filter((kind: OutputKind) => given.has(kind)),
    givesInChat: on.some((node) => node.name === CHAT_OUTPUT) ? ['text'] : [],
    needsForm: false,
    warnings: [],
  };
}

const connected = (sockets: RecipeNode['inputs']): readonly string[] =>
  Object.entries(sockets)
    .filter(([, socket]) => socket.connections.length > 0)
    .map(([kind]) => kind);

const isFilledIn = (value: unknown): boolean =>
  value !== undefined && value !== null && value !== '' && !(Array.isArray(value) && value.length === 0);
