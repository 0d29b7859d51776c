import type { InputKind } from '../../contract/views.ts';
import { placeOf } from '../../contract/kinds.ts';
import type { Placeable } from '../../contract/kinds.ts';
import { DataError, dataProblemOf } from './data-error.ts';
import { withoutMark } from './json-text.ts';
import { JsonText } from '../omnitool/start-body.ts';

/** What a recipe takes; null when that is not known, and then everything is offered to it. */
export type Takes = readonly InputKind[] | null;

/** As much of an attachment or a stored input as is needed to send it. */
export interface Sendable extends Placeable {
  readonly name: string;
  /** The server's name for the uploaded file; null where nothing was uploaded. */
  readonly fid: string | null;
  /** A pasted text, an address, or the text of a JSON file. */
  readonly text: string | null;
}

interface Uploaded {
  readonly fid: string;
}

/** The arguments of a start, in the only form that works for every kind (wire 4). There is never an `error` key. */
export interface RecipeArgs {
  readonly text?: string;
  readonly json?: JsonText;
  readonly images?: readonly Uploaded[];
  readonly audio?: readonly Uploaded[];
  readonly video?: readonly Uploaded[];
  readonly documents?: readonly Uploaded[];
}

/** Which attachments a recipe will use, and which it will not, both in their order. */
export function usedBy<T extends Placeable>(
  takes: Takes,
  attachments: readonly T[],
): { readonly used: readonly T[]; readonly ignored: readonly T[] } {
  const isUsed = (thing: T): boolean => placeOf(thing, takes) !== null;
  return { used: attachments.filter(isUsed), ignored: attachments.filter((attachment) => !isUsed(attachment)) };
}

/** Whether an attachment has to be on the server before the start: texts, links and values travel with the start itself. */
export function isUploaded(thing: Placeable, takes: Takes): boolean {
  const place = placeOf(thing, takes);
  return place !== null && place !== 'text' && place !== 'json';
}

/**
 * The `args` of a start. What the recipe does not take is left out.
 *
 * @throws DataError for JSON text that is no object or list, or nested too deep
 */
export function assembleArgs(inputs: readonly Sendable[], message: string, takes: Takes): RecipeArgs {
  const at = (place: InputKind): readonly Sendable[] => inputs.filter((input) => placeOf(input, takes) === place);
  const files = (place: 'images' | 'audio' | 'video' | 'documents') => {
    const uploaded = at(place).map(uploadOf);
    return uploaded.length === 0 ? {} : { [place]: uploaded };
  };
  const takesText = takes === null || takes.includes('text');
  const texts = (takesText ? [message, ...at('text').map(textOf)] : []).filter((text) => text.trim() !== '');
  const values = at('json').map(valueText);
  const [first] = values;
  return {
    ...(texts.length === 0 ? {} : { text: texts.join('\n\n') }),
    ...(first === undefined ? {} : { json: new JsonText(values.length === 1 ? first : `[${values.join(',')}]`) }),
    ...files('images'),
    ...files('audio'),
    ...files('video'),
    ...files('documents'),
  };
}

/** The server drops unknown files without a word (wire 4), so a missing upload must never get that far. */
function uploadOf({ kind, fid }: Sendable): Uploaded {
  if (fid === null) throw new Error(`A file of kind ${kind} was not uploaded before the start.`);
  return { fid };
}

/**
 * Bytes that a thing takes in the body of a start: the escaped text, or about the JSON as it is written. A file has only
 * its id there.
 */
export function bytesInBody(thing: Placeable & Pick<Sendable, 'text'>, takes: Takes): number {
  const { kind, text } = thing;
  if (text === null || isUploaded(thing, takes)) return 0;
  return Buffer.byteLength(kind === 'json' ? text : JSON.stringify(text));
}

function textOf({ kind, text }: Sendable): string {
  if (text === null) throw new Error(`An input of kind ${kind} has no text.`);
  return text;
}

/** As it is written, once it is sure to be one JSON value: anything else could add arguments of its own. */
function valueText(input: Sendable): string {
  const text = withoutMark(textOf(input));
  const problem = dataProblemOf(text);
  if (problem !== null) throw new DataError(problem, input.name);
  return text;
}
