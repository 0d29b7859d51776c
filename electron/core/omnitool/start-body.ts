import { MAX_BYTES } from '../../contract/limits.ts';
import { OmnitoolError } from './errors.ts';

/** The route that starts a recipe. */
export const EXEC = '/api/v1/workflow/exec';

/**
 * JSON that goes into the body of a start verbatim. Parsing and serializing would change it: large numbers are rounded,
 * repeated keys are lost. The text must be valid JSON.
 *
 * It is not sent as a string: the server makes one object of a list in a string, and several of the list itself.
 */
export class JsonText {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** The body of a start as text; with `indent`, formatted for people. */
export function startText(recipeId: string, args: object, indent = ''): string {
  const [line, gap, deep] = indent === '' ? ['', '', ''] : [`\n${indent}`, ' ', `\n${indent}${indent}`];
  const written = Object.entries(args).map(([name, value]: [string, unknown]) => {
    const text =
      value instanceof JsonText ? value.text : JSON.stringify(value, null, indent).replaceAll('\n', deep || '\n');
    return `${deep}${JSON.stringify(name)}:${gap}${text}`;
  });
  const end = indent === '' ? '' : '\n';
  const list = written.length === 0 ? '{}' : `{${written.join(',')}${line}}`;
  return `{${line}"workflow":${gap}${JSON.stringify(recipeId)},${line}"args":${gap}${list}${end}}`;
}

/**
 * The bytes of the body of a start. They are made before the run is stored as `starting`: from then on nothing on this
 * side may fail, or a start that was never sent would look like one whose answer was lost.
 *
 * @throws OmnitoolError `too-large` (sent `no`) when it is over the server's 32 MiB (wire 4)
 * @throws TypeError for an empty recipe id and for an argument named `error`, which fails any job (wire 4)
 */
export function startBody(recipeId: string, args: object): Buffer {
  if (recipeId === '') throw new TypeError('A start needs a recipe id.');
  if ('error' in args) throw new TypeError('A recipe fails on any argument named error.');
  const body = Buffer.from(startText(recipeId, args));
  if (body.byteLength > MAX_BYTES)
    throw new OmnitoolError({ code: 'too-large', method: 'POST', path: EXEC, sent: 'no' });
  return body;
}
