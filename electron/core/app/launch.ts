import { stat } from 'node:fs/promises';
import type { DraftView, RecipeId, RunId } from '../../contract/views.ts';
import type { DraftThing } from '../intake/draft.ts';
import { saysVanished } from '../intake/file-error.ts';
import { inOrder } from '../intake/in-order.ts';
import { OmnitoolError } from '../omnitool/errors.ts';
import { newRuns } from '../runs/new-run.ts';
import { inputCopyPath } from '../runs/input-copies.ts';
import type { Run, RunIn, RunInput } from '../runs/run.ts';
import { NotReady } from '../runs/servers.ts';
import { AppError } from './app-error.ts';
import type { Core } from './core.ts';

/** Files of an earlier run that are looked for at a time. */
const LOOKS_AT_ONCE = 4;

/**
 * Runs the draft as it stands on its recipe, and clears it: one run, or a batch (new-run.ts). Files are looked at once more first, so that what is sent
 * is what is on the disk now. Whatever is wrong leaves the draft as it is.
 *
 * @throws AppError `not-connected`, `recipe-unknown`, `attachment-problem`, `nothing-to-run`
 */
export async function startDraft(core: Core, owner: string): Promise<readonly Run[]> {
  const { profile } = core.connection.view;
  if (profile === null) throw new AppError('not-connected');
  await core.draft.settled();
  await core.draft.addPaths(core.draft.contents().attachments.flatMap(({ path }) => (path === null ? [] : [path])));
  await learnRecipe(core, core.draft.contents().recipeId);
  // From here to `take` nothing is waited for: what comes onto the table meanwhile would be lost with it.
  const { recipeId, attachments, message, mode } = core.draft.contents();
  const recipe = recipeId === null ? null : core.catalogue.find(recipeId);
  if (recipe === null) throw new AppError('recipe-unknown');
  const runs = newRuns(
    { profile: { id: profile.id, origin: profile.address, name: profile.name }, recipe, attachments, message, owner },
    mode,
    Date.now(),
  );
  submitRuns(core, runs);
  core.draft.take();
  core.catalogue.noteUse(
    profile.id,
    recipe.id,
    runs.flatMap(({ inputs }) => inputs.map(({ kind }) => kind)),
    Date.now(),
  );
  return runs;
}

/** Hands new runs to the engine. They are on disk when this returns; copies of what they send follow. */
export function submitRuns(core: Core, runs: readonly RunIn<'queued'>[]): void {
  core.engine.submitAll(runs);
  if (core.settings.read().keepInputs) core.copies.keep(runs);
}

/** Finds out what a recipe takes, where the server can be asked; the run itself waits for a server that is away. */
async function learnRecipe(core: Core, recipeId: RecipeId | null): Promise<void> {
  if (recipeId === null || core.connection.view.status !== 'online') return;
  try {
    await core.catalogue.load(recipeId);
  } catch (failure) {
    if (!(failure instanceof OmnitoolError || failure instanceof NotReady)) throw failure;
  }
}

/**
 * Puts what an earlier run sent back on the table. Files that changed show it there, as they are now; one that is gone
 * is replaced by the copy that was kept of it.
 */
export async function draftFromRun(core: Core, runId: RunId): Promise<DraftView> {
  const run = core.runs.get(runId);
  const things = await inOrder(run.inputs, LOOKS_AT_ONCE, (input) => thingOf(input, core.folderOf(runId)));
  return core.draft.replace(
    things.flatMap((thing) => thing ?? []),
    // It was one run of all of them.
    { recipeId: run.recipeId, message: run.message, mode: 'together' },
  );
}

async function thingOf({ path, text, copy, position }: RunInput, folder: string): Promise<DraftThing | null> {
  if (path === null) return text === null ? null : { text };
  return { path: copy !== null && (await isGone(path)) ? inputCopyPath(folder, position, copy) : path };
}

async function isGone(path: string): Promise<boolean> {
  try {
    await stat(path);
    return false;
  } catch (failure) {
    return saysVanished(failure);
  }
}
