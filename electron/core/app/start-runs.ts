import { randomUUID } from 'node:crypto';
import type { Dropped } from '../../contract/calls/dropped.ts';
import { usedIn } from '../../contract/form-files.ts';
import { countWords } from '../../contract/formats.ts';
import type { PresetId, ProfileView, RecipeId } from '../../contract/views.ts';
import { dataAttachment, isTable } from '../model/attachments.ts';
import type { DraftContents } from '../intake/draft-contents.ts';
import { Draft } from '../intake/draft.ts';
import { OmnitoolError } from '../omnitool/errors.ts';
import { newRuns, type RunRow } from '../intake/new-run.ts';
import type { Run, RunIn } from '../model/run.ts';
import { NotReady } from '../model/servers.ts';
import { AppError } from '../base/coded-error.ts';
import type { Core } from './core.ts';
import { usePreset } from './use-preset.ts';

/** The runs that a start made. */
export interface Started {
  readonly runs: readonly Run[];
  /** Until when the start can be undone (`undoStart`), in ms since 1970; null: the runs are already being sent. */
  readonly undoUntil: number | null;
  /** Why a drop went to the draft instead; null when it runs, and when one of its files has a problem of its own. */
  readonly kept: AppError | null;
}

/**
 * Runs the draft on its recipe and clears it: one run, or a batch (intake/new-run.ts). Inspects the files once more
 * first, so that what is sent is what is on the disk now. That can take a while on a slow drive: a recipe or message
 * that the user chooses meanwhile is for the next run. On any error the draft stays as it is.
 *
 * @param heldForMs nothing is sent for this long, so that the start can be undone
 * @throws AppError `not-connected`, `recipe-unknown`, `attachment-problem`, `form-problem`, `nothing-to-run`, `start-too-large`
 */
export async function startDraft(core: Core, owner: string, heldForMs = 0): Promise<Started> {
  assertConnected(core);
  const { recipeId, message, data, values, mode } = core.draft.contents();
  await inspectDraft(core);
  await learnRecipe(core, recipeId);
  // No await from here to `take`: something added to the draft meanwhile would be lost.
  const now = core.draft.contents();
  const started = start(core, { ...now, recipeId, message, data, values, mode }, { owner, heldForMs });
  // The rows of a table are started by `startTable` alone.
  takeStarted(core, now, { message, data, table: null });
  return started;
}

/** Clears the draft. What differs from what was started stays: the user wrote it meanwhile, for the next run. */
function takeStarted(
  { draft }: Core,
  now: DraftContents,
  started: Pick<DraftContents, 'message' | 'data' | 'table'>,
): void {
  draft.take();
  draft.edit({
    message: now.message === started.message ? undefined : now.message,
    data: now.data === started.data ? undefined : now.data,
    table: now.table === started.table ? undefined : now.table,
  });
}

/** What the rows of a table make of the draft. */
interface RowsOf {
  /** The recipe, message and data when the start was asked for. */
  readonly asked: Pick<DraftContents, 'recipeId' | 'message' | 'data'>;
  readonly rows: readonly RunRow[];
  /** Whether the message is sent too. */
  readonly takesMessage: boolean;
}

/**
 * Starts a run for each row of the table of the draft, as one batch, and clears the draft.
 *
 * @throws AppError `table-problem` for rows that cannot be sent, unless they are left out; `table-outside` for files in
 * other folders that were not allowed; and as `startDraft`
 */
export async function startTable(core: Core, { withoutBadRows, ...how }: How & TableChoice): Promise<Started> {
  assertConnected(core);
  const asked = core.draft.contents();
  await inspectDraft(core);
  await learnRecipe(core, asked.recipeId);
  const { table, rows, problems, outside, takesMessage } = await core.tables.plan({ again: true });
  const bad = new Set(problems.map(({ row }) => row));
  if (bad.size > 0 && !withoutBadRows) throw new AppError('table-problem', countWords(bad.size, 'row'));
  if (outside.length > 0 && !table.isOutsideAllowed)
    throw new AppError('table-outside', countWords(outside.length, 'file in other folders', 'files in other folders'));
  const good = rows.filter((_row, at) => !bad.has(at));
  if (good.length === 0) throw new AppError('nothing-to-run');
  const before = core.draft.contents();
  const started = startRows(core, { asked, rows: good, takesMessage }, how);
  core.tables.noteStart(
    started.runs.map(({ id }) => id),
    before,
  );
  return started;
}

interface TableChoice {
  /** Rows with a problem get no run. */
  readonly withoutBadRows: boolean;
}

/** No await in here: something added to the draft meanwhile would be lost. */
function startRows(core: Core, { asked, rows, takesMessage }: RowsOf, how: How): Started {
  const now = core.draft.contents();
  const { recipeId, message, data } = asked;
  const started = start(
    core,
    { ...now, recipeId, message: takesMessage ? message : '', data, mode: 'together' },
    how,
    rows,
  );
  takeStarted(core, now, { message, data, table: now.table });
  return started;
}

/** Inspects the files of the draft once more, as they are sent as they are now. */
async function inspectDraft({ draft }: Core): Promise<void> {
  await draft.settled();
  await draft.add({ paths: draft.contents().attachments.flatMap(({ path }) => (path === null ? [] : [path])) });
}

/**
 * Runs dropped things on a recipe at once, without touching the draft. Its form is filled in with the preset, or else as
 * it last was. When one of the things cannot be sent, all of them are added to the draft instead, so that nothing is
 * lost, and no run is made.
 *
 * @throws AppError `not-connected`; `recipe-unknown`; `preset-unknown`; `disk-full`, `disk-refused` when pasted bytes could not be
 * written to the disk
 */
export async function startDropped(
  core: Core,
  things: Dropped,
  { recipeId, presetId, ...how }: How & { readonly recipeId: RecipeId; readonly presetId?: PresetId | undefined },
): Promise<Started> {
  assertConnected(core);
  const preset = presetId === undefined ? null : core.presets.get(presetId);
  const draft = new Draft(core.pastedFiles);
  await draft.add(things);
  await learnRecipe(core, recipeId);
  const { mode } = core.draft.contents();
  // The window shows the same values when the recipe or the preset is chosen.
  const values = preset?.values ?? core.catalogue.lastValues(recipeId);
  const { attachments } = draft.edit({ recipeId, mode, values });
  const isRunnable =
    attachments.length > 0 &&
    attachments.every(({ problem }) => problem === null) &&
    !isTableOffered(core, recipeId, draft.contents());
  let kept: AppError | null = null;
  try {
    if (isRunnable) {
      const started = start(core, draft.contents(), how);
      if (preset !== null) core.presets.noteUse(preset.id);
      return started;
    }
  } catch (failure) {
    if (!(failure instanceof AppError && ['nothing-to-run', 'start-too-large', 'form-problem'].includes(failure.code)))
      throw failure;
    kept = failure;
  }
  await core.draft.adopt(draft.contents().attachments);
  if (preset === null) core.draft.edit({ recipeId });
  else usePreset(core, preset.id);
  return { runs: [], undoUntil: null, kept };
}

/** Whether something dropped is a table that no input of the recipe takes: its rows can be runs, which the user decides. */
function isTableOffered(core: Core, recipeId: RecipeId, { attachments, values, mode }: DraftContents): boolean {
  const form = core.catalogue.formOf(recipeId);
  if (form === null) return false;
  const takes = core.catalogue.find(recipeId)?.shape?.takes ?? null;
  const used = usedIn({ takes, form, values }, attachments, mode);
  return attachments.some((attachment) => isTable(attachment) && !used.includes(attachment));
}

interface How {
  readonly owner: string;
  /** For how long the start can be undone, in ms. */
  readonly heldForMs: number;
}

function start(
  core: Core,
  contents: DraftContents,
  { owner, heldForMs }: How,
  rows: readonly RunRow[] | null = null,
): Started {
  const profile = assertConnected(core);
  const recipe = contents.recipeId === null ? null : core.catalogue.find(contents.recipeId);
  if (recipe === null) throw new AppError('recipe-unknown');
  const takesData = recipe.shape === null || recipe.shape.takes.includes('json');
  const data = takesData ? dataAttachment(randomUUID(), contents.data) : null;
  const runs = newRuns(
    {
      profile: { id: profile.id, origin: profile.address, name: profile.name },
      recipe,
      attachments: data === null ? contents.attachments : [...contents.attachments, data],
      message: contents.message,
      form: core.catalogue.formOf(recipe.id),
      values: contents.values,
      rows,
      owner,
    },
    contents.mode,
    core.clock.now(),
  );
  const kinds = runs.flatMap(({ inputs }) => inputs.map(({ kind }) => kind));
  submitRuns(core, runs, heldForMs, () =>
    core.catalogue.noteUse(profile.id, recipe.id, { kinds, values: contents.values, at: core.clock.now() }),
  );
  return { runs, undoUntil: heldForMs === 0 ? null : core.clock.now() + heldForMs, kept: null };
}

function assertConnected(core: Core): ProfileView {
  const { profile } = core.connection.view;
  if (profile === null) throw new AppError('not-connected');
  return profile;
}

/**
 * Hands new runs to the engine. They are on disk when this returns; copies of their inputs are made afterwards.
 *
 * @param also see `RunStore.addAll`
 */
export function submitRuns(core: Core, runs: readonly RunIn<'queued'>[], heldForMs = 0, also?: () => void): void {
  core.engine.submitAll(runs, heldForMs, also);
  if (core.settings.read().keepInputs) core.copies.keep(runs);
}

/** Loads what a recipe takes when the server is online. When it is not, the run itself waits for the server. */
export async function learnRecipe(core: Core, recipeId: RecipeId | null): Promise<void> {
  if (recipeId === null || core.connection.view.status !== 'online') return;
  try {
    await core.catalogue.load(recipeId);
  } catch (failure) {
    if (!(failure instanceof OmnitoolError || failure instanceof NotReady)) throw failure;
  }
}
