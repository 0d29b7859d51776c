import type { EndState, RunReason } from '../../electron/contract/views.ts';
import { isIn, type Run } from '../../electron/core/model/run.ts';
import type { RunStore } from '../../electron/core/store/run-store.ts';

/** Takes a stored run to its job on the server, along the arrows. */
export function startRun(store: RunStore, id: string): Run | null {
  let run = store.find(id);
  if (run !== null && isIn(run, 'queued')) run = store.move(run, 'uploading');
  if (run !== null && isIn(run, 'uploading')) run = store.move(run, 'starting');
  if (run !== null && isIn(run, 'starting')) run = store.move(run, 'running', { jobId: `job of ${id}` });
  return run;
}

/** Takes a stored run to one of its ends, along the arrows. */
export function endRun(store: RunStore, id: string, end: EndState, reason: RunReason | null = null): Run {
  let run = startRun(store, id);
  if (run !== null && isIn(run, 'running')) run = store.move(run, 'collecting', { outcome: 'success' });
  if (run === null || !isIn(run, 'collecting')) throw new Error('The run is not on its way.');
  return store.move(run, end, { reason });
}
