import type { RunId, RunView } from '../contract/views.ts';
import { artifactProblemWords, leftOutWords } from '../contract/text/files.ts';
import { runInputsWords, runStateWords } from '../contract/text/runs.ts';
import { sizeWords, timeWords } from '../contract/formats.ts';
import type { Core } from '../core/app/core.ts';
import { UsageError } from './arguments.ts';
import type { ExitCode } from './exit-codes.ts';
import { EXIT } from './exit-codes.ts';
import { pathsOf, resultData, runData } from './json.ts';
import { NOTHING_PRINTED } from './live-chat.ts';
import type { Output } from './output.ts';
import { table } from './output.ts';
import { shortId, terminalRunWords } from './words.ts';

const MOST_LISTED = 50;

/**
 * Prints a result: texts, chat, data, then the paths of the files. `saved` holds the paths of copies made for the user.
 * Skips chat that is `printed` already.
 */
export function printResult(
  core: Core,
  output: Output,
  runId: RunId,
  saved: readonly string[] | null,
  printed = NOTHING_PRINTED,
): void {
  if (output.json) {
    output.result(JSON.stringify(resultData(core, runId, saved), null, 2));
    return;
  }
  const result = core.runs.result(runId);
  const paths = pathsOf(core, runId, saved);
  const unprinted = result.messages.slice(printed.messages);
  const said = unprinted.map(({ text }) => text).filter((text) => text !== '');
  const parts = [...result.texts, ...said, ...result.objects, ...(paths.length === 0 ? [] : [paths.join('\n')])];
  if (parts.length > 0) output.result(`${printed.isAnything ? '\n' : ''}${parts.join('\n\n')}`);
  if (result.leftOut > 0) output.problem(leftOutWords(result.leftOut));
  for (const artifact of result.artifacts) {
    if (artifact.problem !== null) output.problem(`${artifact.name}: ${artifactProblemWords(artifact.problem)}`);
  }
}

/** The run whose id begins with `wanted`. @throws UsageError if no run or several do */
export function findRun(core: Core, wanted: string): RunView {
  const found = core.runs.list().filter((run) => run.id.startsWith(wanted));
  const [run] = found;
  if (run === undefined || found.length > 1) {
    throw new UsageError(`${found.length === 0 ? 'No run begins' : 'Several runs begin'} with "${wanted}"`);
  }
  return run;
}

/** Prints the state and the result of one run. Throws a UsageError where no run or several begin with `wanted`. */
export function show(core: Core, output: Output, wanted: string): ExitCode {
  const run = findRun(core, wanted);
  const words = runStateWords(run.state, run.reason, run.reasonDetail);
  output.note(`${run.recipeName}: ${words.label}. ${terminalRunWords(run)}`);
  printResult(core, output, run.id, null);
  return EXIT.done;
}

/** Prints the last runs, at most `MOST_LISTED`: as columns, or as a JSON list. */
export function runs(core: Core, output: Output): ExitCode {
  const listed = core.runs.list().slice(0, MOST_LISTED);
  if (output.json) output.result(JSON.stringify(listed.map(runData), null, 2));
  else if (listed.length === 0) output.note('No runs yet.');
  else {
    const rows = listed.map((run) => [
      shortId(run.id),
      timeWords(run.createdAt, Date.now()),
      runStateWords(run.state, run.reason, run.reasonDetail).label,
      run.recipeName,
      runInputsWords(run),
      run.inputs.length === 0 ? '' : sizeWords(run.inputs.reduce((sum, input) => sum + input.size, 0)),
    ]);
    output.result(table(rows));
  }
  return EXIT.done;
}
