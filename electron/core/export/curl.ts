import { randomUUID } from 'node:crypto';
import { toAsciiName } from '../omnitool/ascii-name.ts';
import { JOBS, RESULTS } from '../omnitool/server.ts';
import { EXEC, startText } from '../omnitool/start-body.ts';
import { UPLOAD } from '../omnitool/upload.ts';
import type { Run } from '../model/run.ts';
import { argsWith, type UploadedInput, uploadsOf } from './sent.ts';

/** Quotes a text as one word of a POSIX shell. Leaves out NUL, which ends a shell word. */
export const shellWord = (text: string): string => `'${text.replaceAll('\0', '').replaceAll("'", `'\\''`)}'`;

/**
 * Returns a shell script that repeats a run: uploads its files, starts the recipe, waits for the job and prints the
 * result. The token comes from `$OMNITOOL_TOKEN`. The script holds neither the token nor the server's id of any file.
 *
 * The script passes the token to curl in a file, because every user of the machine can read the arguments of a program.
 * It sends files on standard input, so that no file name has to be quoted for curl.
 */
export function curlScript(run: Run): string {
  const uploads = uploadsOf(run);
  return [heading(run), PRELUDE, ...uploads.map(uploadStep), startStep(run, uploads), WAIT, RESULT].join('\n');
}

const oneLine = (text: string): string => text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ');

const heading = ({ recipeName, serverName, origin }: Run): string => `#!/bin/sh
# ${oneLine(recipeName)} on ${oneLine(serverName)}. Set OMNITOOL_TOKEN to a token of the server, then run this with sh. Needs curl.
set -eu
: "\${OMNITOOL_TOKEN:?Set it to a token of the server first.}"
server=${shellWord(origin)}`;

/** The first call exchanges the token for a session: uploads accept nothing else (wire 0.1, 5). */
const PRELUDE = `work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM
printf 'Authorization: Bearer %s\\n' "$OMNITOOL_TOKEN" > "$work/auth"
ask() { curl --silent --show-error --fail --header @"$work/auth" --cookie "$work/cookies" "$@"; }
field() { grep -o "\\"$1\\" *: *\\"[^\\"]*\\"" "$2" | head -n 1 | cut -d '"' -f 4; }
ask --cookie-jar "$work/cookies" --output "$work/jobs" "$server${JOBS}"
`;

function uploadStep({ name, path }: UploadedInput, index: number): string {
  const id = `file${index + 1}`;
  return `# ${oneLine(name)}
ask --form 'file=@-;filename="${toAsciiName(name)}"' --output "$work/reply" "$server${UPLOAD}" < ${shellWord(path)}
${id}=$(field fid "$work/reply")
[ -n "$${id}" ] || { echo 'The server did not keep a file.' >&2; exit 1; }
`;
}

/** The body in pieces, with the ids of the uploaded files between them. */
function startStep(run: Run, uploads: readonly UploadedInput[]): string {
  const mark = randomUUID();
  const places = new Map(uploads.map(({ position }, index) => [position, index + 1]));
  const args = argsWith(run, ({ position }) => `${mark}${places.get(position) ?? ''}${mark}`);
  const pieces = startText(run.recipeId, args).split(mark);
  // Every second piece is the number of a file.
  const words = pieces.map((piece, index) => (index % 2 === 0 ? shellWord(piece) : `"$file${piece}"`));
  return `printf '%s' ${words.join(' \\\n  ')} > "$work/start.json"
ask --header 'Content-Type: application/json' --data-binary @"$work/start.json" --output "$work/reply" "$server${EXEC}"
job=$(field jobId "$work/reply")
[ -n "$job" ] || { echo 'The server did not start the recipe.' >&2; exit 1; }
`;
}

/**
 * Only the list of jobs shows that a job ended, never its result (wire 6, 7). A job that is no longer listed has ended.
 */
const WAIT = `state=running
while [ "$state" = running ] || [ "$state" = forceStop ]; do
  sleep 1
  ask --output "$work/jobs" "$server${JOBS}"
  grep -o "{[^{}]*\\"$job\\"[^{}]*}" "$work/jobs" > "$work/job" || true
  state=$(field state "$work/job")
done
`;

const RESULT = `code=$(ask --no-fail --output "$work/result" --write-out '%{http_code}' "$server${RESULTS}?jobId=$job")
[ "$code" != 200 ] || { cat "$work/result"; echo; }
[ "$code" = 200 ] || echo 'Nothing came back: the recipe has no Recipe Output, or did not reach it.' >&2
[ "\${state:-success}" = success ] || { echo "The recipe ended with: $state" >&2; exit 1; }
[ "$code" = 200 ]
`;
