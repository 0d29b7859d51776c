import { resolve } from 'node:path';
import type { RunView } from '../contract/views.ts';
import { isEnded } from '../contract/views.ts';
import { candidatesWords } from '../contract/text/batches.ts';
import { isAnswerCut, runInputsWords } from '../contract/text/runs.ts';
import type { Core } from '../core/app/core.ts';
import { AppError } from '../core/base/coded-error.ts';
import { errorView } from '../core/base/error-view.ts';
import { saveAllArtifacts } from '../core/export/saver.ts';
import type { ExitCode } from './exit-codes.ts';
import { EXIT, exitOfError, exitOfWait } from './exit-codes.ts';
import { resultData } from './json.ts';
import type { LiveChat } from './live-chat.ts';
import type { Output } from './output.ts';
import { sayError } from './output.ts';
import { printResult } from './show.ts';
import type { Waited } from './wait.ts';
import { terminalRunWords } from './words.ts';

/** How the results of ended runs are printed and copied. */
export interface Finish {
  /** The folder for copies of the files; null: no copies. */
  readonly out: string | null;
  /** With --json: one list of results instead of one result. */
  readonly asList: boolean;
  /** The names of the inputs that the recipe does not take, for --json. Default: not known. */
  readonly notUsed?: readonly string[];
  /** The chat that was printed during the runs. Default: none. */
  readonly chat?: LiveChat;
}

/** Prints the results, run by run. Returns the exit code of the worst run. */
export async function finishAll(core: Core, output: Output, waited: Waited, how: Finish): Promise<ExitCode> {
  const results: object[] = [];
  const codes: ExitCode[] = [];
  for (const view of waited.views) {
    if (waited.views.length > 1) output.note(`${runInputsWords(view)}:`);
    const { code, saved } = await finish(core, output, view, { out: how.out, cutBy: waited.cutBy });
    codes.push(code);
    if (output.json)
      results.push({
        ...resultData(core, view.id, saved),
        ...(how.notUsed === undefined ? {} : { notUsed: how.notUsed }),
      });
    else if (isEnded(view)) printResult(core, output, view.id, saved, how.chat?.of(view.id));
    sayHowItEnded(output, view);
  }
  if (output.json) for (const one of how.asList ? [results] : results) output.result(JSON.stringify(one, null, 2));
  if (waited.cutBy === 'signal') return EXIT.interrupted;
  return WORST_FIRST.find((code) => codes.includes(code)) ?? EXIT.done;
}

const WORST_FIRST: readonly ExitCode[] = [
  EXIT.noToken,
  EXIT.disk,
  EXIT.usage,
  EXIT.notKnown,
  EXIT.notDone,
  EXIT.endNotSeen,
  EXIT.timeUp,
  EXIT.noOutput,
];

interface Finished {
  readonly code: ExitCode;
  /** The copies that were made; null if none were wanted or the copying failed. */
  readonly saved: readonly string[] | null;
}

async function finish(
  core: Core,
  output: Output,
  view: RunView,
  { out, cutBy }: { readonly out: string | null; readonly cutBy: Waited['cutBy'] },
): Promise<Finished> {
  if (!isEnded(view)) return { code: codeOfUnfinished(view, cutBy), saved: null };
  const code = isAnswerCut(view) ? EXIT.endNotSeen : (CODE_OF_END[view.state] ?? EXIT.notDone);
  if (out === null) return { code, saved: null };
  try {
    const { artifacts } = core.results.find(view.id);
    return { code, saved: await saveAllArtifacts(core.folderOf(view.id), artifacts, resolve(out)) };
  } catch (failure) {
    // The result is printed nevertheless, with the paths of the originals.
    if (!(failure instanceof AppError)) throw failure;
    sayError(output, errorView(failure));
    return { code: exitOfError(failure.code), saved: null };
  }
}

const CODE_OF_END: Partial<Record<RunView['state'], ExitCode>> = {
  succeeded: EXIT.done,
  unverified: EXIT.endNotSeen,
  empty: EXIT.noOutput,
};

function codeOfUnfinished(view: RunView, cutBy: Waited['cutBy']): ExitCode {
  if (view.state === 'unconfirmed') return EXIT.notKnown;
  return exitOfWait(view.reason) ?? (cutBy === 'timeout' ? EXIT.timeUp : EXIT.notDone);
}

function sayHowItEnded(output: Output, view: RunView): void {
  if (view.state === 'succeeded' && view.reason === null) return;
  const parts = [terminalRunWords(view)];
  if (view.state === 'unconfirmed') parts.push(candidatesWords(view.candidates) ?? '');
  else if (!isEnded(view)) parts.push('Nothing is lost: omnitray resume continues it.');
  output.problem(parts.filter((part) => part !== '').join(' '));
}
