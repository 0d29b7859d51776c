import { randomUUID } from 'node:crypto';
import type { BatchId, RunId } from '../../contract/views.ts';
import { inOrder } from '../base/map-limit.ts';
import { runLike } from '../intake/new-run.ts';
import type { Run, RunIn } from '../model/run.ts';
import { INPUT_LOSS_CODES, sameInputs } from '../intake/same-inputs.ts';
import { AppError } from '../base/coded-error.ts';
import type { Core } from './core.ts';
import { submitRuns } from './start-runs.ts';

/** Runs whose files are read through at a time. */
const CHECKS_AT_ONCE = 2;

/**
 * Runs an earlier run's recipe once more on the very same inputs, as a run of its own. Nothing is sent when a file is
 * no longer what it was and no copy of it was kept.
 *
 * @throws AppError `run-unknown`; `not-connected` when its server was forgotten; one of INPUT_LOSS_CODES with the file's
 * name; `disk-full`, `disk-refused` when a kept copy could not be used
 */
export async function rerun(core: Core, runId: RunId, owner: string): Promise<Run> {
  const run = await prepare(core, core.runs.get(runId), owner);
  submitRuns(core, [run]);
  return run;
}

/**
 * Runs those of a batch again that failed or were lost, in their order, as a batch of their own: pressed once more on
 * the new batch, it is about what failed this time. Left out are runs that were stopped (that was wanted), that came
 * back empty (they would again), whose end was not seen, and that the user gave up on while they were unconfirmed: those
 * may have run, and are run again one by one or not at all. Of files that changed or went away the runs are left out too, as long as there
 * are others: one lost file must not hold up a thousand.
 *
 * @throws AppError as `runAgain` when none can be run; `nothing-to-run` when none failed
 */
export async function rerunFailed(core: Core, batchId: BatchId, owner: string): Promise<readonly Run[]> {
  const failed = core.listed
    .ofBatch(batchId)
    .filter(({ state }) => state === 'failed' || state === 'lost')
    .map(({ id }) => core.runs.get(id))
    .filter(({ reason }) => reason !== 'given-up');
  if (failed.length === 0) throw new AppError('nothing-to-run');
  const prepared = await inOrder(failed, CHECKS_AT_ONCE, (run) => prepareOrSay(core, run, owner));
  const sound = prepared.flatMap((each) => (each instanceof AppError ? [] : [each]));
  const problem = prepared.find((each) => each instanceof AppError);
  if (sound.length === 0 && problem !== undefined) throw problem;
  const next = sound.length > 1 ? randomUUID() : null;
  // One drop, one time of birth: lists keep its runs together by it.
  const now = Date.now();
  const runs = sound.map((run) => ({ ...run, batchId: next, createdAt: now, listedAt: now, since: now }));
  submitRuns(core, runs);
  return runs;
}

async function prepareOrSay(core: Core, run: Run, owner: string): Promise<RunIn<'queued'> | AppError> {
  try {
    return await prepare(core, run, owner);
  } catch (failure) {
    if (failure instanceof AppError && INPUT_LOSS_CODES.includes(failure.code)) return failure;
    throw failure;
  }
}

/** The new run, alone and not yet stored. An upload is of use on the server where it is, and nowhere else. */
async function prepare(core: Core, run: Run, owner: string): Promise<RunIn<'queued'>> {
  const { profiles } = core.connection.view;
  const profile =
    profiles.find(({ id }) => id === run.profileId) ?? profiles.find(({ address }) => address === run.origin);
  if (profile === undefined) throw new AppError('not-connected');
  const id = randomUUID();
  const inputs = await sameInputs(run, { from: core.folderOf(run.id), to: core.folderOf(id) });
  const isSameProfile = profile.id === run.profileId && profile.address === run.origin;
  return runLike(
    run,
    {
      id,
      owner,
      batchId: null,
      profileId: profile.id,
      serverName: profile.name,
      inputs: isSameProfile ? inputs : inputs.map((input) => ({ ...input, fid: null, fidExpires: null })),
    },
    Date.now(),
  );
}
