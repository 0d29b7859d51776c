import type { SentRequestView, SentView } from '../../contract/views.ts';
import { sizeWords } from '../../contract/formats.ts';
import { assembleArgs, isUploaded, type RecipeArgs } from '../model/assemble.ts';
import { toAsciiName } from '../omnitool/ascii-name.ts';
import { EXEC, startText } from '../omnitool/start-body.ts';
import { UPLOAD } from '../omnitool/upload.ts';
import type { Run, RunInput } from '../model/run.ts';
import { startOf } from '../model/sent-facts.ts';

/** Most characters of a request that are shown. */
const MOST_SHOWN = 20_000;

/** An input that is uploaded before the start. */
export type UploadedInput = RunInput & { readonly path: string };

/** The inputs that are uploaded, in the sender's order. */
export const uploadsOf = ({ inputs, takes }: Run): readonly UploadedInput[] =>
  inputs.flatMap((input) => (input.path !== null && isUploaded(input, takes) ? [{ ...input, path: input.path }] : []));

/** Builds the arguments of the start with `idOf` in place of the server's id of each file, which is a secret. */
export function argsWith(run: Run, idOf: (input: UploadedInput) => string): RecipeArgs {
  const ids = new Map(uploadsOf(run).map((input) => [input.position, idOf(input)]));
  const inputs = run.inputs.map((input) => ({ ...input, fid: ids.get(input.position) ?? null }));
  return assembleArgs({ ...run, inputs });
}

/** Describes the request of a run from what is stored, without the token, cookies and ids of files. */
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
