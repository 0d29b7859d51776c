import type { RunStore } from '../store/run-store.ts';
import type { Run } from '../model/run.ts';
import { isIn } from '../model/run.ts';

/**
 * Forgets what an earlier process found out about an unfinished run: why it stood still, and which jobs an unconfirmed
 * one can be. A new process finds that out for itself, and nobody acts on what may no longer be so.
 *
 * @returns the run as it is stored now
 */
export function withoutStaleFindings(store: RunStore, run: Run): Run {
  const stoodStill = isIn(run, 'running', 'collecting') && run.reason !== null && !run.stopRequested;
  const explained = stoodStill ? store.explain(run, null) : run;
  return explained.candidates === null ? explained : store.noteCandidates(run.id, null);
}
