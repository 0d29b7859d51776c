import type { RunId } from '../../../contract/views.ts';
import type { Run } from '../../model/run.ts';
import { stopMany } from '../../runs/cancellation.ts';
import { rerunFailed, rerun } from '../rerun.ts';
import { startDraft, startDropped, type Started } from '../start-runs.ts';
import { undoStart } from '../undo-start.ts';
import type { Area, HandlerPorts } from './ports.ts';
import { OnceAtATime, startedView, undoableMs } from './starting.ts';

/** Starting, stopping, repeating, removing and finding runs. */
export function runHandlers({ core, owner }: HandlerPorts): Area<'runs'> {
  const { runs, attention, engine, removal, listed } = core;
  const starts = new OnceAtATime<Started>();
  const again = new OnceAtATime<Run>();
  const failed = new OnceAtATime<readonly Run[]>();
  return {
    'runs:start': async () => startedView(core, await starts.run('', () => startDraft(core, owner, undoableMs(core)))),
    'runs:drop': async ({ things, ...on }) =>
      startedView(core, await startDropped(core, things, { ...on, owner, heldForMs: undoableMs(core) })),
    'runs:undo-start': ({ runIds }) => undoStart(core, runIds),
    'runs:again': async ({ runId }) => runs.view(await again.run(runId, () => rerun(core, runId, owner))),
    'runs:failed-again': async ({ batchId }) =>
      (await failed.run(batchId, () => rerunFailed(core, batchId, owner))).map((run) => runs.view(run)),
    'runs:stop': ({ runId }) => runs.stop(engine, runId),
    'runs:stop-batch': ({ batchId }) => stopMany(engine, idsOf(listed.ofBatch(batchId))),
    // Runs of a terminal belong to the terminal.
    'runs:stop-all': () => stopMany(engine, idsOf(engine.mine())),
    'runs:adopt': ({ runId }) => runs.adopt(engine, runId),
    'runs:give-up': ({ runId }) => runs.giveUp(engine, runId),
    'runs:seen': ({ runId }) => runs.seen(runId),
    'runs:see-all': () => ({ runs: attention.seeAll() }),
    'runs:unsee-all': () => attention.unsee(),
    'runs:favourite': ({ runId, favourite }) => runs.favour(runId, favourite),
    'runs:remove': ({ runIds }) => removal.remove(runIds),
    'runs:restore': ({ runIds }) => removal.restore(runIds).map((run) => runs.view(run)),
    'runs:search': (request) => runs.search(request),
    'runs:choices': () => listed.choices(),
  };
}

const idsOf = (runs: readonly { readonly id: RunId }[]): readonly RunId[] => runs.map(({ id }) => id);
