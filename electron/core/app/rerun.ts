import { randomUUID } from 'node:crypto';
import type { BatchId, RunId } from '../../contract/views.ts';
import { mapLimit } from '../base/map-limit.ts';
import { runLike } from '../intake/new-run.ts';
import type { Run, RunIn } from '../model/run.ts';
import { isInputLoss, sameInputs } from '../intake/same-inputs.ts';
import { AppError } from '../base/coded-error.ts';
import type { Core } from './core.ts';
import { submitRuns } from './start-runs.ts';

/** Runs whose files are hashed at the same time. */
const CHECKS_AT_ONCE = 2;

/**
 * Runs the recipe of an earlier run again on the same inputs, as a new run. Sends nothing when a file has changed and
 * no copy of it was kept.
 *
 * @throws AppError `run-unknown`; `not-connected` when its server was forgotten; `inputs-changed` or a code of FileError
 * with the file's name; `disk-full`, `disk-refused` when a kept copy could not be used
 */
export async function rerun(core: Core, runId: RunId, owner: string): Promise<Run> {
  const run = await prepare(core, core.runs.get(runId), owner);
  submitRuns(core, [run]);
  return run;
}

/**
 * Runs the failed and lost runs of a batch again, in their order, as a new batch. Leaves out runs that the user
 * stopped, runs with an empty result (they would be empty again), and runs that the user gave up on while they were
 * unconfirmed (they may have run on the server). Also leaves out runs whose files changed or are gone, as long as
 * others remain: one lost file must not hold up a thousand.
 *
 * @throws AppError as `rerun` when none can be run; `nothing-to-run` when none failed
 */
export async function rerunFailed(core: Core, batchId: BatchId, owner: string): Promise<readonly Run[]> {
  const failed = core.listed
    .ofBatch(batchId)
    .filter(({ state }) => state === 'failed' || state === 'lost')
    .map(({ id }) => core.runs.get(id))
    .filter(({ reason }) => reason !== 'given-up');
  if (failed.length === 0) throw new AppError('nothing-to-run');
  const prepared = await mapLimit(failed, CHECKS_AT_ONCE, (run) => prepareOrSay(core, run, owner));
  const sound = prepared.flatMap((each) => (each instanceof AppError ? [] : [each]));
  const problem = prepared.find((each) => each instanceof AppError);
  if (sound.length === 0 && problem !== undefined) throw problem;
  const next = sound.length > 1 ? randomUUID() : null;
  // Lists keep the runs of a batch together by their common time of creation.
  const now = core.clock.now();
  const runs = sound.map((run) => ({ ...run, batchId: next, createdAt: now, listedAt: now, since: now }));
  submitRuns(core, runs);
  return runs;
}

async function prepareOrSay(core: Core, run: Run, owner: string): Promise<RunIn<'queued'> | AppError> {
  try {
    return await prepare(core, run, owner);
  } catch (failure) {
    if (failure instanceof AppError && isInputLoss(failure.code)) return failure;
    throw failure;
  }
}

/** The new run, not stored yet. An uploaded file id is valid only on its own server. */
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
    core.clock.now(),
  );
}
