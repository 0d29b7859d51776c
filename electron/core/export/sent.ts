import type { SentRequestView, SentView } from '../../contract/views.ts';
import { sizeWords } from '../../contract/formats.ts';
import { assembleArgs, isUploaded } from '../model/assemble.ts';
import type { RecipeArgs } from '../model/assemble.ts';
import { toAsciiName } from '../omnitool/ascii-name.ts';
import { EXEC } from '../omnitool/start-body.ts';
import { UPLOAD } from '../omnitool/upload.ts';
import { startText } from '../omnitool/start-body.ts';
import type { Run, RunInput } from '../model/run.ts';
import { startOf } from '../model/sent-facts.ts';

/** Characters of a request that are shown: a text of megabytes would be no help to anybody. */
const MOST_SHOWN = 20_000;

/** A file of a run that goes by itself, before the start. */
export type UploadedInput = RunInput & { readonly path: string };

/** Which inputs are uploaded, in their order: as the sender does it. */
export const uploadsOf = ({ inputs, takes }: Run): readonly UploadedInput[] =>
  inputs.flatMap((input) => (input.path !== null && isUploaded(input, takes) ? [{ ...input, path: input.path }] : []));

/** The arguments of the start, with `idOf` in place of the server's own name of each file: that one is a secret. */
export function argsWith(run: Run, idOf: (input: UploadedInput) => string): RecipeArgs {
  const ids = new Map(uploadsOf(run).map((input) => [input.position, idOf(input)]));
  const inputs = run.inputs.map((input) => ({ ...input, fid: ids.get(input.position) ?? null }));
  return assembleArgs(inputs, run.message, run.takes);
}

/** What a run sends, from what is stored of it: the token, cookies and ids of files are in none of it. */
export function sentView(run: Run): SentView {
  const args = argsWith(run, ({ name }) => `<id of ${name}>`);
  return {
    start: startOf(run),
    requests: [...uploadsOf(run).map(uploadRequest), request(EXEC, null, startText(run.recipeId, args, '  '))],
  };
}

function uploadRequest({ name, size, mime, sha256 }: UploadedInput): SentRequestView {
  const sentName = toAsciiName(name);
  const lines = [
    `name: ${sentName}${sentName === name ? '' : ` (here: ${name})`}`,
    `size: ${sizeWords(size)}`,
    ...(mime === null ? [] : [`type: ${mime}`]),
    ...(sha256 === null ? [] : [`SHA-256: ${sha256}`]),
  ];
  return request(UPLOAD, name, lines.join('\n'));
}

const request = (path: string, file: string | null, body: string): SentRequestView => ({
  method: 'POST',
  path,
  file,
  body: body.slice(0, MOST_SHOWN),
  cut: Math.max(0, body.length - MOST_SHOWN),
});
