import type { DraftView, RunId } from '../../contract/views.ts';
import { placeOf } from '../../contract/kinds.ts';
import { type DraftContents, type DraftEdit, isEmpty } from '../intake/draft-contents.ts';
import type { DraftItem } from '../intake/draft-items.ts';
import { isMissingError } from '../base/file-error.ts';
import { mapLimit } from '../base/map-limit.ts';
import { inputCopyPath } from '../intake/input-copies.ts';
import type { Run, RunInput } from '../model/run.ts';
import { userFiles } from '../user-files/user-files.ts';
import { AppError } from '../base/coded-error.ts';
import type { Core } from './core.ts';

/** Files of an earlier run that are looked up at the same time. */
const LOOKS_AT_ONCE = 4;

/**
 * Undoes the start of runs that sent nothing yet: removes them and puts their inputs back into the draft, beside what
 * was added since.
 *
 * @throws AppError `too-late` when one of them may already be sent
 */
export async function undoStart(core: Core, runIds: readonly RunId[]): Promise<DraftView> {
  if (!core.engine.areEarly(runIds)) throw new AppError('too-late');
  const runs = runIds.map((id) => core.runs.get(id));
  for (const id of runIds) await core.engine.stop(id);
  const isFree = isEmpty(core.draft.contents());
  const items = core.tables.startOf(runIds) === null ? await itemsOf(core, runs) : [];
  await core.removal.drop(runIds);
  const [first] = runs;
  if (first === undefined) return core.draft.view();
  const before = core.tables.startOf(runIds);
  if (before?.table != null) return restoreTable(core, before, isFree);
  if (isFree) {
    const mode = runs.length > 1 ? 'each' : 'together';
    return core.draft.replace(items, { ...contentsOf(first), mode });
  }
  core.draft.edit({ recipeId: first.recipeId });
  return core.draft.addItems(items);
}

/** A table comes back with what the form held; beside another table only what was added to the draft. */
function restoreTable(core: Core, before: DraftContents, isFree: boolean): Promise<DraftView> {
  const { attachments, ...contents } = before;
  const items = attachments.flatMap(({ path, name, text, sendAs, field, madeFrom }): readonly DraftItem[] =>
    path !== null ? [{ path, name, sendAs, field, madeFrom }] : text === null ? [] : [{ text }],
  );
  if (isFree) return core.draft.replace(items, contents);
  core.draft.edit({ recipeId: contents.recipeId, table: core.draft.contents().table ?? contents.table });
  return core.draft.addItems(items);
}

/** Inputs that the runs of a batch share are added once. */
async function itemsOf(core: Core, runs: readonly Run[]): Promise<readonly DraftItem[]> {
  const items = new Map<string, DraftItem>();
  for (const run of runs)
    for (const item of await itemsOfRun(core, run)) items.set('path' in item ? item.path : item.text, item);
  return [...items.values()];
}

async function itemsOfRun(core: Core, run: Run): Promise<readonly DraftItem[]> {
  const items = await mapLimit(run.inputs, LOOKS_AT_ONCE, (input) => itemOf(input, run.takes, core.folderOf(run.id)));
  return items.flatMap((item) => item ?? []);
}

/**
 * Fills the draft with the inputs of an earlier run. A file that changed appears as it is now; a file that is gone is
 * replaced by its kept copy.
 */
export async function draftFromRun(core: Core, runId: RunId): Promise<DraftView> {
  const run = core.runs.get(runId);
  const items = await itemsOfRun(core, run);
  // All inputs belonged to one run.
  return core.draft.replace(items, {
    ...contentsOf(run),
    mode: 'together',
  });
}

/** What the draft holds beside its attachments. */
const contentsOf = (run: Run): DraftEdit => ({
  recipeId: run.recipeId,
  message: run.message,
  data: dataOf(run),
  values: Object.fromEntries(
    (run.form ?? []).flatMap(({ key, value, files }) => (files === null ? [[key, value]] : [])),
  ),
  presetId: null,
});

const isData = ({ path, kind }: RunInput): boolean => path === null && kind === 'json';

/** The JSON that the user wrote by hand. */
const dataOf = ({ inputs }: Run): string => inputs.find(isData)?.text ?? '';

async function itemOf(input: RunInput, takes: Run['takes'], folder: string): Promise<DraftItem | null> {
  const { path, name, text, copy, position, madeFrom } = input;
  if (path === null) return text === null || isData(input) ? null : { text };
  // An argument that the recipe chose is not a choice of the user.
  const isUsual = placeOf({ ...input, sendAs: null }, takes) === input.sendAs;
  const sendAs = isUsual ? null : input.sendAs;
  const found = copy !== null && (await isGone(path)) ? inputCopyPath(folder, position, copy) : path;
  return { path: found, name, sendAs, field: input.field, madeFrom };
}

async function isGone(path: string): Promise<boolean> {
  try {
    await userFiles.stat(path);
    return false;
  } catch (failure) {
    return isMissingError(failure);
  }
}
