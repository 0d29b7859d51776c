import { mkdir } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { RunView } from '../contract/views.ts';
import { END_STATES } from '../contract/views.ts';
import { attachmentProblemWords, runStateWords, sizeWords } from '../contract/words.ts';
import type { Core } from '../core/app/core.ts';
import { startDraft } from '../core/app/launch.ts';
import { saveAllArtifacts } from '../core/results/saver.ts';
import type { Command } from './arguments.ts';
import { UsageError } from './arguments.ts';
import { findRecipe } from './find-recipe.ts';
import type { ExitCode } from './help.ts';
import { EXIT } from './help.ts';
import type { Output } from './output.ts';
import { sayError } from './output.ts';
import { printResult } from './show.ts';

type RunCommand = Extract<Command, { name: 'run' }>;

/** Runs a recipe on files, stays until it ended, and prints what came back. */
export async function run(core: Core, output: Output, command: RunCommand, owner: string): Promise<ExitCode> {
  const refusal = await refusalOfConnection(core, output);
  if (refusal !== null) return refusal;
  await core.catalogue.refresh();
  const recipe = findRecipe(core.catalogue.view.recipes, command.recipe);
  const message = command.message === '-' ? (await process.stdin.toArray()).join('') : command.message;
  const draft = await core.draft.addPaths(command.files.map((file) => resolve(file)));
  core.draft.edit({ recipeId: recipe.id, message });
  for (const { name, problem } of draft.attachments) {
    if (problem !== null) throw new UsageError(attachmentProblemWords(problem, name));
  }
  const started = await startDraft(core, owner);
  const ended = await waitForEnd(core, output, [started.id], command.timeoutMs);
  return finish(core, output, ended.get(started.id) ?? null, command.out);
}

/** Goes on with what earlier commands left behind. */
export async function resume(core: Core, output: Output): Promise<ExitCode> {
  core.engine.resume();
  const ids = core.engine.mine().map(({ id }) => id);
  if (ids.length === 0) output.note('Nothing is left unfinished.');
  const ended = await waitForEnd(core, output, ids, null);
  for (const view of ended.values()) output.note(`${view.recipeName}: ${describe(view)}`);
  return [...ended.values()].every((view) => view.state === 'succeeded') ? EXIT.done : EXIT.notDone;
}

/** Says why nothing can be run just now; null when it can. */
export async function refusalOfConnection(core: Core, output: Output): Promise<ExitCode | null> {
  await core.connection.startUp();
  const { status, problem } = core.connection.view;
  if (status === 'online') return null;
  sayError(output, problem ?? { code: 'not-connected', detail: null });
  return status === 'offline' ? EXIT.noServer : EXIT.noToken;
}

const hasEnded = (run: RunView): boolean => (END_STATES as readonly string[]).includes(run.state);
const describe = (run: RunView): string => runStateWords(run.state, run.reason, run.reasonDetail).sentence;

/** Waits until every run ended, or needs the user; the last view of each. */
async function waitForEnd(
  core: Core,
  output: Output,
  ids: readonly string[],
  timeoutMs: number | null,
): Promise<ReadonlyMap<string, RunView>> {
  const last = new Map(ids.map((id) => [id, core.runs.view(core.runs.get(id))]));
  const isOver = (run: RunView): boolean => hasEnded(run) || run.state === 'unconfirmed' || waitsForUser(run);
  const { promise, resolve: done } = Promise.withResolvers<undefined>();
  const check = (): void => {
    if ([...last.values()].every(isOver)) done(undefined);
  };
  const unsubscribe = core.runs.onNews(({ run: view, before }) => {
    if (!last.has(view.id)) return;
    last.set(view.id, view);
    if (before !== view.state || view.state === 'waiting') output.note(progressWords(view));
    check();
  });
  const timer = timeoutMs === null ? undefined : setTimeout(() => done(undefined), timeoutMs);
  for (const view of last.values()) if (!isOver(view)) output.note(progressWords(view));
  check();
  await promise;
  clearTimeout(timer);
  unsubscribe();
  return last;
}

const waitsForUser = (run: RunView): boolean =>
  run.state === 'waiting' &&
  ['token-expired', 'token-refused', 'token-absent', 'keychain-locked'].includes(run.reason ?? '');

function progressWords(run: RunView): string {
  const words = runStateWords(run.state, run.reason, run.reasonDetail);
  if (run.state === 'uploading') {
    const bytes = run.inputs.reduce((sum, input) => sum + input.size, 0);
    return bytes === 0 ? `${words.label}.` : `${words.label} ${sizeWords(bytes)}.`;
  }
  return run.state === 'waiting' ? words.sentence : `${words.label}.`;
}

async function finish(core: Core, output: Output, view: RunView | null, out: string | null): Promise<ExitCode> {
  if (view === null) return EXIT.notDone;
  if (!hasEnded(view)) {
    output.problem(`${describe(view)} Nothing is lost: omnitray resume goes on with it.`);
    return waitsForUser(view) ? EXIT.noToken : EXIT.notDone;
  }
  const folder = out === null ? null : resolve(out);
  const saved = folder === null ? null : await saveOutputs(core, view.id, folder);
  printResult(core, output, view.id, saved);
  if (view.state === 'succeeded') return EXIT.done;
  output.problem(describe(view));
  return view.state === 'empty' ? EXIT.noOutput : EXIT.notDone;
}

async function saveOutputs(core: Core, runId: string, folder: string): Promise<readonly string[]> {
  await mkdir(folder, { recursive: true });
  return saveAllArtifacts(core.folderOf(runId), core.results.find(runId).artifacts, folder);
}
