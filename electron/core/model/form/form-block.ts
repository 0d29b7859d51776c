import { isNestedTooDeep } from '../../../contract/json-depth.ts';
import type { AttachmentKind } from '../../../contract/views.ts';
import type { RecipeNode } from '../../omnitool/recipe-schema.ts';
import { fieldsOf } from '../../omnitool/schemas.ts';
import { isOn } from '../blocks.ts';

/** The block of the form extension, also as the files of recipes name it (wire 13.1). */
const FORM = /(^|:)formio\.auto_ui$/;

/** One input that a form block really has (wire 13.1). */
export interface BlockInput {
  readonly key: string;
  /** The kinds of files that it takes; null when it takes no files, empty for any file. */
  readonly files: readonly AttachmentKind[] | null;
  readonly takesMany: boolean;
  /** Files of it are sent as in a chat, because the block does not convert them (wire 13.3). */
  readonly isArraySocket: boolean;
  readonly min: number | null;
  readonly max: number | null;
  readonly choices: readonly unknown[];
  /** What it gets when the start leaves it out: the saved value, else the default of the block. */
  readonly kept: unknown;
}

/** A form block: its form.io schema, and its inputs by key. */
export interface FormBlock {
  /** Null when it could not be read. */
  readonly schema: Readonly<Record<string, unknown>> | null;
  readonly inputs: ReadonlyMap<string, BlockInput>;
}

export const isForm = ({ name }: Pick<RecipeNode, 'name'>): boolean => FORM.test(name);

/** What an enabled form block holds: its schema, its inputs, and their saved values. */
export type FormData = RecipeNode['data'];

/** What the enabled form blocks of a recipe hold. No known recipe has two. */
export const formDataOf = (nodes: readonly RecipeNode[]): readonly FormData[] =>
  nodes.filter((node) => isOn(node) && isForm(node)).map(({ data }) => data);

/** Reads what a form block holds. */
export function readBlock(data: FormData): FormBlock {
  const declared = Object.entries(fieldsOf(data['x-omni-dynamicInputs'])).slice(0, MOST_INPUTS);
  return {
    schema: schemaOf(data.source),
    inputs: new Map(declared.map(([key, input]) => [key, inputOf(key, fieldsOf(input), data)])),
  };
}

const MOST_INPUTS = 1_000;
/** Characters of a schema that is a text. The largest public one has 20,000. */
const LONGEST_SCHEMA = 2_000_000;

function schemaOf(source: unknown): FormBlock['schema'] {
  if (typeof source !== 'string') return isObject(source) ? source : null;
  if (source.length > LONGEST_SCHEMA || isNestedTooDeep(source)) return null;
  try {
    const parsed: unknown = JSON.parse(source);
    return isObject(parsed) ? parsed : null;
  } catch {
    return null;
  }
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The sockets that hold files, and the kinds that each takes. */
const FILE_SOCKETS: ReadonlyMap<string, readonly AttachmentKind[]> = new Map([
  ['image', ['image']],
  ['audio', ['audio']],
  ['video', ['video']],
  ['document', ['document', 'json']],
  ['file', []],
]);

function inputOf(
  key: string,
  input: Readonly<Record<string, unknown>>,
  data: Readonly<Record<string, unknown>>,
): BlockInput {
  const socket = typeof input.customSocket === 'string' ? input.customSocket : '';
  const isArraySocket = socket.endsWith('Array');
  const number = (value: unknown): number | null =>
    typeof value === 'number' && Number.isFinite(value) ? value : null;
  return {
    key,
    files: FILE_SOCKETS.get(isArraySocket ? socket.slice(0, -'Array'.length) : socket) ?? null,
    takesMany: isArraySocket || fieldsOf(input.socketOpts).array === true,
    isArraySocket,
    min: number(input.minimum),
    max: number(input.maximum),
    choices: Array.isArray(input.choices) ? input.choices : [],
    kept: Object.hasOwn(data, key) && data[key] !== '' ? data[key] : input.default,
  };
}
