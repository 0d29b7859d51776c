import { mkdir } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { RunView } from '../contract/views.ts';
import { END_STATES } from '../contract/views.ts';
import { attachmentProblemWords, runInputsWords, runStateWords, sizeWords, progressWords } from '../contract/words.ts';
import type { Core } from '../core/app/core.ts';
import { AppError, errorView } from '../core/app/app-error.ts';
import { startDraft } from '../core/app/launch.ts';
import { saveAllArtifacts } from '../core/results/saver.ts';
import type { Command } from './arguments.ts';
import { UsageError } from './arguments.ts';
import { Refused, refusalOfConnection } from './connected.ts';
import { findRecipe } from './find-recipe.ts';
import type { ExitCode } from './help.ts';
import { EXIT } from './help.ts';
import type { Output } from './output.ts';
import { sayError } from './output.ts';
import { printResult, resultData } from './show.ts';

type RunCommand = Extract<Command, { name: 'run' }>;

/** Runs a recipe on files, stays until it ended, and prints what came back. */
export async function run(core: Core, output: Output, command: RunCommand, owner: string): Promise<ExitCode> {
  const refusal = await refusalOfConnection(core);
  if (refusal !== null) throw refusal;
  const { problem: unlisted, recipes } = await core.catalogue.refresh();
  if (unlisted !== null && recipes.length === 0) throw new Refused(unlisted, EXIT.noServer);
  const recipe = findRecipe(recipes, command.recipe);
  const message = command.message === '-' ? (await process.stdin.toArray()).join('') : command.message;
  const draft = await core.draft.add({ paths: command.files.map((file) => resolve(file)) });
  core.draft.edit({ recipeId: recipe.id, message, mode: command.each ? 'each' : 'together' });
  for (const { name, problem } of draft.attachments) {
    if (problem !== null) throw new UsageError(attachmentProblemWords(problem, name));
  }
  // Before anything is sent: a result that cannot be put where it should go is found out early.
  if (command.out !== null) await makeFolder(command.out);
  const ids = (await startDraft(core, owner)).runs.map(({ id }) => id);
  const { last, interrupted } = await waitForEnd(core, output, ids, command.timeoutMs);
  const code = await finishAll(core, output, [...last.values()], command);
  if (interrupted) return EXIT.interrupted;
  await core.copies.settled();
  return code;
}

/** Goes on with what earlier commands left behind. */
export async function resume(core: Core, output: Output): Promise<ExitCode> {
  if (!core.engine.resume()) throw new AppError('disk-refused', 'its folder');
  const ids = core.engine.mine().map(({ id }) => id);
  if (ids.length === 0) output.note('Nothing is left unfinished.');
  const { last, interrupted } = await waitForEnd(core, output, ids, null);
  for (const view of last.values()) output.note(`${view.recipeName}: ${describe(view)}`);
  if (output.json) output.result(JSON.stringify([...last.values()], null, 2));
  if (interrupted) return EXIT.interrupted;
  return [...last.values()].every((view) => view.state === 'succeeded') ? EXIT.done : EXIT.notDone;
}

const hasEnded = (run: RunView): boolean => (END_STATES as readonly string[]).includes(run.state);
const describe = (run: RunView): string => runStateWords(run.state, run.reason, run.reasonDetail).sentence;

interface Waited {
  readonly last: ReadonlyMap<string, RunView>;
  readonly interrupted: boolean;
}

/** Waits until every run ended or needs the user, until the time is up, or for Ctrl+C; the last view of each. */
async function waitForEnd(
  core: Core,
  output: Output,
  ids: readonly string[],
  timeoutMs: number | null,
): Promise<Waited> {
  const last = new Map(ids.map((id) => [id, core.runs.view(core.runs.get(id))]));
  const { promise, resolve: done } = Promise.withResolvers<undefined>();
  let isLeaving = false;
  let interrupted = false;
  const isOver = (run: RunView): boolean => hasEnded(run) || run.state === 'unconfirmed' || waitsForUser(run);
  // A start is never left without its answer: nobody could say whether the server took it.
  const mayLeave = (run: RunView): boolean => isOver(run) || (isLeaving && run.state !== 'starting');
  const check = (): void => {
    if ([...last.values()].every(mayLeave)) done(undefined);
  };
  const leave = (): void => {
    isLeaving = true;
    check();
  };
  const onSignal = (): void => {
    interrupted = true;
    leave();
  };
  // One of several says which it is.
  const which = (view: RunView): string => (ids.length > 1 ? `${runInputsWords(view)}: ` : '');
  const unsubscribe = core.runs.onNews(({ run: view }) => {
    const before = last.get(view.id);
    if (before === undefined) return;
    last.set(view.id, view);
    if (saysMore(before, view)) output.note(which(view) + noteOf(view));
    check();
  });
  const timer = timeoutMs === null ? undefined : setTimeout(leave, timeoutMs);
  for (const signal of SIGNALS) process.once(signal, onSignal);
  for (const view of last.values()) if (!isOver(view)) output.note(which(view) + noteOf(view));
  check();
  await promise;
  clearTimeout(timer);
  for (const signal of SIGNALS) process.off(signal, onSignal);
  unsubscribe();
  return { last, interrupted };
}

/** A second one ends the process at once; its run is gone on with all the same. */
const SIGNALS = ['SIGINT', 'SIGTERM'] as const;

const waitsForUser = (run: RunView): boolean =>
  ['token-expired', 'token-refused', 'token-absent', 'keychain-locked'].includes(run.reason ?? '');

const saysMore = (before: RunView, now: RunView): boolean =>
  before.state !== now.state || before.reason !== now.reason || noteOf(before) !== noteOf(now);

function noteOf(run: RunView): string {
  const words = runStateWords(run.state, run.reason, run.reasonDetail);
  if (run.state === 'uploading') {
    const bytes = run.inputs.reduce((sum, input) => sum + input.size, 0);
    return bytes === 0 ? `${words.label}.` : `${words.label} ${sizeWords(bytes)}.`;
  }
  const at = run.state === 'running' && run.progress !== null ? progressWords(run.progress) : null;
  if (at !== null && run.reason === null) return `${words.label}: ${at}.`;
  return run.reason !== null && !hasEnded(run) ? words.sentence : `${words.label}.`;
}

/** Prints what came back, in the order of the files; the exit code is that of the run that went worst. */
async function finishAll(
  core: Core,
  output: Output,
  views: readonly RunView[],
  { each, out }: Pick<RunCommand, 'each' | 'out'>,
): Promise<ExitCode> {
  const results: object[] = [];
  const codes: ExitCode[] = [];
  for (const view of views) {
    if (views.length > 1) output.note(`${runInputsWords(view)}:`);
    const code = await finish(core, output, view, out, (saved) => {
      if (each && output.json) results.push(resultData(core, view.id, saved));
      else printResult(core, output, view.id, saved);
    });
    codes.push(code);
  }
  if (each && output.json) output.result(JSON.stringify(results, null, 2));
  return WORST_FIRST.find((code) => codes.includes(code)) ?? EXIT.done;
}

const WORST_FIRST: readonly ExitCode[] = [EXIT.noToken, EXIT.usage, EXIT.notDone, EXIT.noOutput];

async function finish(
  core: Core,
  output: Output,
  view: RunView,
  out: string | null,
  print: (saved: readonly string[] | null) => void,
): Promise<ExitCode> {
  if (!hasEnded(view)) {
    output.problem(
      `${describe(view)}${view.state === 'unconfirmed' ? '' : ' Nothing is lost: omnitray resume goes on with it.'}`,
    );
    if (output.json) print(null);
    return waitsForUser(view) ? EXIT.noToken : EXIT.notDone;
  }
  const folder = out === null ? null : resolve(out);
  const saved = folder === null ? null : await saveOutputs(core, output, view.id, folder);
  print(saved);
  if (folder !== null && saved === null) return EXIT.usage;
  if (view.state === 'succeeded') return EXIT.done;
  output.problem(describe(view));
  return view.state === 'empty' ? EXIT.noOutput : EXIT.notDone;
}

async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(resolve(folder), { recursive: true });
  } catch (cause) {
    throw new AppError('disk-refused', folder, { cause });
  }
}

/** A result that cannot be copied is printed all the same, with the places where its files are; null then. */
async function saveOutputs(
  core: Core,
  output: Output,
  runId: string,
  folder: string,
): Promise<readonly string[] | null> {
  try {
    return await saveAllArtifacts(core.folderOf(runId), core.results.find(runId).artifacts, folder);
  } catch (failure) {
    if (!(failure instanceof AppError)) throw failure;
    sayError(output, errorView(failure));
    return null;
  }
}
