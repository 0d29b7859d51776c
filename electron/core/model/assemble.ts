import { INPUT_KINDS, type InputKind } from '../../contract/views.ts';
import { type Placeable, placeOf } from '../../contract/kinds.ts';
import { DataError, dataProblemOf } from './data-error.ts';
import { withoutMark } from './json-text.ts';
import { JsonText } from '../omnitool/start-body.ts';
import { type FormFile, formArgs } from './form/form-args.ts';
import type { Run } from './run.ts';

/** The kinds of input that a recipe takes. Null: unknown; then every input is offered to the recipe. */
export type Takes = readonly InputKind[] | null;

/** The parts of an attachment or a stored input that are needed to send it. */
export interface Sendable extends Placeable {
  readonly name: string;
  /** The server's name for the uploaded file; null where nothing was uploaded. */
  readonly fid: string | null;
  /** Bytes. */
  readonly size: number;
  /** The field of the form that it fills; null: it goes to the chat inputs. */
  readonly field: string | null;
  /** A pasted text, an address, or the text of a JSON file. */
  readonly text: string | null;
}

interface Uploaded {
  readonly fid: string;
}

/**
 * The arguments of a start, in the only form that works for every kind (wire 4), with those of a form beside them (wire 13).
 * There is never an `error` key.
 */
export type RecipeArgs = Readonly<Record<string, unknown>>;

/**
 * Whether an attachment must be uploaded before the start. Texts, links and values travel in the start itself; what fills a
 * field of a form is always a file.
 */
export function isUploaded(thing: Placeable & Pick<Sendable, 'field'>, takes: Takes): boolean {
  if (thing.field !== null) return true;
  const place = placeOf(thing, takes);
  return place !== null && place !== 'text' && place !== 'json';
}

/**
 * Builds the `args` of a start. Leaves out what the recipe does not take. Form and chat inputs read the same arguments; where
 * both have one of the same name, the message counts unless it is empty (wire 13.2).
 *
 * @throws DataError for JSON text that is not an object or a list, or is nested too deep
 */
export function assembleArgs({
  inputs,
  message,
  takes,
  form,
}: { readonly inputs: readonly Sendable[] } & Pick<Run, 'message' | 'takes' | 'form'>): RecipeArgs {
  const filesOf = (key: string): readonly FormFile[] =>
    inputs.filter(({ field }) => field === key).map(({ name, size, ...input }) => ({ name, size, ...uploadOf(input) }));
  const chat = inputs.filter(({ field }) => field === null);
  return { ...formArgs(form ?? [], filesOf), ...chatArgs(chat, message, takes) };
}

function chatArgs(inputs: readonly Sendable[], message: string, takes: Takes): RecipeArgs {
  const at = (place: InputKind): readonly Sendable[] => inputs.filter((input) => placeOf(input, takes) === place);
  const files = INPUT_KINDS.filter((kind) => kind !== 'text' && kind !== 'json').flatMap((kind) => {
    const uploaded = at(kind).map(uploadOf);
    return uploaded.length === 0 ? [] : [[kind, uploaded] as const];
  });
  const text = chatText(inputs, message, takes);
  const values = at('json').map(valueText);
  const [first] = values;
  return {
    // Without one the recipe's own text runs; an empty one would replace it (wire 4).
    ...(text === '' ? {} : { text }),
    ...(first === undefined ? {} : { json: new JsonText(values.length === 1 ? first : `[${values.join(',')}]`) }),
    ...Object.fromEntries(files),
  };
}

/** The message and the texts among the inputs as the one text that is sent; '' for none. */
export function chatText(
  inputs: readonly (Placeable & Pick<Sendable, 'text'>)[],
  message: string,
  takes: Takes,
): string {
  const texts = inputs.filter((input) => placeOf(input, takes) === 'text').map(textOf);
  const all = takes === null || takes.includes('text') ? [message, ...texts] : [];
  return all.filter((text) => text.trim() !== '').join('\n\n');
}

/** The server ignores unknown files without an error (wire 4), so a missing upload must be found here. */
function uploadOf({ kind, fid }: Pick<Sendable, 'kind' | 'fid'>): Uploaded {
  if (fid === null) throw new Error(`A file of kind ${kind} was not uploaded before the start.`);
  return { fid };
}

/**
 * The number of bytes that an input adds to the body of a start. A text counts with its escapes, JSON as it is written.
 * A file adds only its id, which counts as 0.
 */
export function bytesInBody(thing: Placeable & Pick<Sendable, 'text' | 'field'>, takes: Takes): number {
  const { kind, text } = thing;
  if (text === null || isUploaded(thing, takes)) return 0;
  return Buffer.byteLength(kind === 'json' ? text : JSON.stringify(text));
}

function textOf({ kind, text }: Pick<Sendable, 'kind' | 'text'>): string {
  if (text === null) throw new Error(`An input of kind ${kind} has no text.`);
  return text;
}

/** Returns the JSON text unchanged after checking that it is one JSON value: other text could add arguments. */
function valueText(input: Sendable): string {
  const text = withoutMark(textOf(input));
  const problem = dataProblemOf(text);
  if (problem !== null) throw new DataError(problem, input.name);
  return text;
}
