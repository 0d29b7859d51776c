import type { AttachmentKind, InputKind, OutputKind, RecipeShape, RecipeWarning } from '../../contract/views.ts';
import { ATTACHMENT_KINDS, INPUT_KINDS, OUTPUT_KINDS, RECIPE_WARNINGS } from '../../contract/views.ts';
import type { RecipeNode } from '../omnitool/recipe-schema.ts';
import { excerptOf } from '../base/excerpt.ts';
import { isOn } from './blocks.ts';
import { formDataOf, isForm } from './form/form-block.ts';
import { readForm } from './form/read-form.ts';

const CHAT_INPUT = 'omnitool.chat_input';
/** Component key of the chat output block. */
export const CHAT_OUTPUT = 'omnitool.chat_output';
const RECIPE_OUTPUT = 'omnitool.recipe_output';
/** Component key of the block that writes to the File Manager (wire 13.5). */
export const FILE_OUTPUT = 'omnitool.file_output';

/** The chat output block names some of its inputs differently from the recipe output block (wire 9.4). */
const CHAT_SOCKETS: ReadonlyMap<string, OutputKind> = new Map([
  ['video', 'videos'],
  ['file', 'files'],
  ['object', 'objects'],
  ['json', 'objects'],
]);

/** Characters of the recipe's own text that are shown. */
const OWN_TEXT_SHOWN = 300;

type Sockets = RecipeNode['inputs'];

/**
 * Derives what a recipe takes and gives from its blocks: the connected outputs of its chat inputs, and the inputs of
 * its output blocks that are connected or have a value (wire 3). Disabled blocks, and what is connected only to them,
 * do not count because the server skips them.
 *
 * @param unreadable number of blocks that could not be read
 */
export function shapeOf(nodes: readonly RecipeNode[], unreadable = 0): RecipeShape {
  const on = nodes.filter(isOn);
  const named = (name: string): readonly RecipeNode[] => on.filter((node) => node.name === name);
  const live = liveSockets(nodes);
  const given = (node: RecipeNode): readonly string[] => [...live(node.inputs), ...filledIn(node)];
  const takes = kindsAmong(
    INPUT_KINDS,
    named(CHAT_INPUT).flatMap(({ outputs }) => live(outputs)),
  );
  const gives = kindsAmong(OUTPUT_KINDS, named(RECIPE_OUTPUT).flatMap(given));
  const inChat = named(CHAT_OUTPUT).flatMap(given);
  const givesInChat = kindsAmong(
    OUTPUT_KINDS,
    inChat.map((socket) => CHAT_SOCKETS.get(socket) ?? socket),
  );
  const hasForm = on.some(isForm);
  const storesFile = named(FILE_OUTPUT).length > 0;
  const applies: Record<RecipeWarning, boolean> = {
    'no-output': gives.length === 0 && givesInChat.length === 0 && !storesFile,
    'output-off': gives.length === 0 && nodes.some((node) => node.name === RECIPE_OUTPUT && !isOn(node)),
    'chat-only': gives.length === 0 && givesInChat.length > 0,
    'file-output': storesFile,
    'several-outputs': named(RECIPE_OUTPUT).length > 1,
    'unknown-blocks': unreadable > 0 || leadsNowhere(nodes),
  };
  const warnings = RECIPE_WARNINGS.filter((warning) => applies[warning]);
  const formTakes = hasForm ? formTakesOf(on) : [];
  const ownText = ownTextOf(
    named(CHAT_INPUT).filter(({ inputs, outputs }) => live(outputs).includes('text') && !live(inputs).includes('text')),
  );
  return { takes, gives, givesInChat, hasForm, formTakes, ...(ownText === '' ? {} : { ownText }), warnings };
}

/** The kinds of the files that the fields of a form take; a field for any file takes all of them. */
function formTakesOf(on: readonly RecipeNode[]): readonly AttachmentKind[] {
  const fields = readForm(formDataOf(on))?.fields ?? [];
  const taken = fields.flatMap(({ control }) =>
    control.kind !== 'files' ? [] : control.accepts.length === 0 ? FILE_KINDS : control.accepts,
  );
  return FILE_KINDS.filter((kind) => taken.includes(kind));
}

const FILE_KINDS = ATTACHMENT_KINDS.filter((kind) => kind !== 'text' && kind !== 'link');

/** Returns the known kinds among the sockets in the contract's order, each once. */
const kindsAmong = <Kind extends InputKind | OutputKind>(
  kinds: readonly Kind[],
  sockets: readonly string[],
): readonly Kind[] => kinds.filter((kind) => sockets.includes(kind));

/** Finds the sockets that are connected to an enabled block. An unreadable block counts as enabled. */
function liveSockets(nodes: readonly RecipeNode[]): (sockets: Sockets) => readonly string[] {
  const off = new Set(nodes.filter((node) => !isOn(node)).map(({ id }) => id));
  return (sockets) =>
    Object.entries(sockets)
      .filter(([, { connections }]) => connections.some(({ node }) => !off.has(node)))
      .map(([socket]) => socket);
}

/** A chat input that no block feeds passes on its saved text when the start has none (wire 4). '': none of these holds one. */
const ownTextOf = (inputs: readonly RecipeNode[]): string =>
  inputs
    .map(({ data: { text } }) => (typeof text === 'string' ? excerptOf(text, OWN_TEXT_SHOWN) : ''))
    .find((text) => text !== '') ?? '';

const filledIn = ({ data }: RecipeNode): readonly string[] => Object.keys(data).filter((key) => isFilledIn(data[key]));

const isFilledIn = (value: unknown): boolean =>
  value !== undefined && value !== null && value !== '' && !(Array.isArray(value) && value.length === 0);

/** Whether a connection leads to a block that was not read. */
function leadsNowhere(nodes: readonly RecipeNode[]): boolean {
  const known = new Set(nodes.map(({ id }) => id));
  const ends = nodes.flatMap(({ inputs, outputs }) => [...Object.values(inputs), ...Object.values(outputs)]);
  return ends.some(({ connections }) => connections.some(({ node }) => !known.has(node)));
}
