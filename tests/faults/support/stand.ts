import { isEnded, type RunId } from '../../../electron/contract/views.ts';
import type { Core } from '../../../electron/core/app/core.ts';
import { isIn, type Run } from '../../../electron/core/model/run.ts';
import { until } from './until.ts';

/** The run goes no further by itself just now: it ended, or shows why not. */
export function isAtRest(run: Run): boolean {
  if (isIn(run, 'unconfirmed')) return run.candidates !== null;
  return isEnded(run) || run.reason !== null;
}

export const isOver = (run: Run): boolean => isEnded(run) || (isIn(run, 'unconfirmed') && run.candidates !== null);

export const nameOfStand = ({ state, reason }: Run): string => (reason === null ? state : `${state} (${reason})`);

/** Waits until the run is as `holds` wants it, and gives it. */
export async function runIs(core: Core, id: RunId, holds: (run: Run) => boolean): Promise<Run> {
  await until(
    () => holds(core.runs.get(id)),
    () => `The run stays ${nameOfStand(core.runs.get(id))}.`,
  );
  return core.runs.get(id);
}
