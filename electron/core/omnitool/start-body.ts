import { MAX_BYTES } from '../../contract/limits.ts';
import { OmnitoolError } from './errors.ts';

/** The route that starts a recipe. */
export const EXEC = '/api/v1/workflow/exec';

/**
 * The body of a start, in the bytes that are sent. It is written before the run is stored as `starting`: from then on
 * nothing on this side may fail, or a start that never left would look like one whose answer was lost.
 *
 * @throws OmnitoolError `too-large` (sent `no`) when it is over the server's 32 MiB (wire 4)
 * @throws TypeError for an empty recipe id and for an argument named `error`, which fails any job (wire 4)
 */
export function startBody(recipeId: string, args: Readonly<Record<string, unknown>>): Buffer {
  if (recipeId === '') throw new TypeError('A start needs a recipe id.');
  if ('error' in args) throw new TypeError('A recipe fails on any argument named error.');
  const body = Buffer.from(JSON.stringify({ workflow: recipeId, args }));
  if (body.byteLength > MAX_BYTES)
    throw new OmnitoolError({ code: 'too-large', method: 'POST', path: EXEC, sent: 'no' });
  return body;
}
