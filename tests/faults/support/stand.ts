import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { RunId } from '../../../electron/contract/views.ts';
import type { Core } from '../../../electron/core/app/core.ts';
import { draftFromRun } from '../../../electron/core/app/launch.ts';
import { hasEnded, isIn } from '../../../electron/core/runs/run.ts';
import type { Run } from '../../../electron/core/runs/run.ts';
import { until } from './until.ts';

/** The run goes no further by itself just now: it ended, or shows why not. */
export function isAtRest(run: Run): boolean {
  if (isIn(run, 'unconfirmed')) return run.candidates !== null;
  return hasEnded(run) || run.reason !== null;
}

export const isOver = (run: Run): boolean => hasEnded(run) || (isIn(run, 'unconfirmed') && run.candidates !== null);

export const nameOfStand = ({ state, reason }: Run): string => (reason === null ? state : `${state} (${reason})`);

/** Waits until the run is as `holds` wants it, and gives it. */
export async function runIs(core: Core, id: RunId, holds: (run: Run) => boolean): Promise<Run> {
  await until(
    () => holds(core.runs.get(id)),
    () => `The run stays ${nameOfStand(core.runs.get(id))}.`,
  );
  return core.runs.get(id);
}

const hashOf = async (path: string): Promise<string> =>
  createHash('sha256')
    .update(await readFile(path))
    .digest('hex');

/** What of a run's inputs cannot be put on the table again as it was. */
export async function lostInputs(core: Core, { id, inputs, message }: Run): Promise<number> {
  const draft = await draftFromRun(core, id);
  const good = draft.attachments.filter(({ problem }) => problem === null).length;
  return inputs.length - good + (draft.message === message ? 0 : 1);
}

/** What of the answer of a recipe that echoes, in its results or in chat, is not on this machine. */
export async function lostResults(core: Core, run: Run, mark: string): Promise<number> {
  const { texts, messages } = core.runs.result(run.id);
  const isTold = [...texts, ...messages.map(({ text }) => text)].some((text) => text.includes(mark));
  const kept = core.results.find(run.id).artifacts.flatMap(({ file }) => (file === null ? [] : [file]));
  const here = await Promise.all(kept.map((file) => hashOf(join(core.folderOf(run.id), file))));
  const sent = await Promise.all(run.inputs.flatMap(({ path }) => (path === null ? [] : [hashOf(path)])));
  return (isTold ? 0 : 1) + sent.filter((hash) => !here.includes(hash)).length;
}
