import type { DraftView, RecipeId, RunId } from '../../contract/views.ts';
import type { DraftThing } from '../intake/draft.ts';
import { OmnitoolError } from '../omnitool/errors.ts';
import { newRun } from '../runs/new-run.ts';
import type { Run } from '../runs/run.ts';
import { NotReady } from '../runs/servers.ts';
import { AppError } from './app-error.ts';
import type { Core } from './core.ts';

/**
 * Runs the draft as it stands on its recipe, and clears it. Files are looked at once more first, so that what is sent
 * is what is on the disk now. Whatever is wrong leaves the draft as it is.
 *
 * @throws AppError `not-connected`, `recipe-unknown`, `attachment-problem`, `nothing-to-run`
 */
export async function startDraft(core: Core, owner: string): Promise<Run> {
  const { profile } = core.connection.view;
  if (profile === null) throw new AppError('not-connected');
  await core.draft.settled();
  await core.draft.addPaths(core.draft.contents().attachments.flatMap(({ path }) => (path === null ? [] : [path])));
  await learnRecipe(core, core.draft.contents().recipeId);
  // From here to `take` nothing is waited for: what comes onto the table meanwhile would be lost with it.
  const { recipeId, attachments, message } = core.draft.contents();
  const recipe = recipeId === null ? null : core.catalogue.find(recipeId);
  if (recipe === null) throw new AppError('recipe-unknown');
  const run = newRun(
    { profile: { id: profile.id, origin: profile.address, name: profile.name }, recipe, attachments, message, owner },
    Date.now(),
  );
  core.engine.submit(run);
  core.draft.take();
  core.catalogue.noteUse(
    profile.id,
    recipe.id,
    run.inputs.map(({ kind }) => kind),
    run.createdAt,
  );
  return run;
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

/** Puts what an earlier run sent back on the table. Files that changed or went away show it there. */
export async function draftFromRun(core: Core, runId: RunId): Promise<DraftView> {
  const run = core.runs.get(runId);
  const things = run.inputs.flatMap(({ path, text }): readonly DraftThing[] => {
    if (path !== null) return [{ path }];
    return text === null ? [] : [{ text }];
  });
  return core.draft.replace(things, { recipeId: run.recipeId, message: run.message });
}
