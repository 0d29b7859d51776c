import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Core } from '../../../electron/core/app/core.ts';
import { draftFromRun } from '../../../electron/core/app/undo-start.ts';
import type { Run } from '../../../electron/core/model/run.ts';

const SAMPLES = join(import.meta.dirname, '../../../resources/samples');

/** Files for runs to send. */
export const INPUTS = ['hills.png', 'harbour.png'].map((name) => join(SAMPLES, name));
/** Is in the message of a run, and so in its answer. */
export const MARK = 'the one and only';

/**
 * What of a run's inputs cannot be put on the table again as it was: of its files, of which there should be `files`, and
 * its message.
 */
export async function lostInputs(core: Core, { id, inputs, message }: Run, files = inputs.length): Promise<number> {
  const draft = await draftFromRun(core, id);
  const good = draft.attachments.filter(({ problem }) => problem === null).length;
  return Math.max(0, files - good) + (draft.message === message ? 0 : 1);
}

/** What of the answer of a recipe that echoes, in its results or in chat, is not on this machine, byte for byte. */
export async function lostResults(core: Core, run: Run, mark: string): Promise<number> {
  const { texts, messages } = core.runs.result(run.id);
  const isTold = [...texts, ...messages.map(({ text }) => text)].some((text) => text.includes(mark));
  const kept = core.results.find(run.id).artifacts.flatMap(({ file }) => (file === null ? [] : [file]));
  const here = await Promise.all(kept.map((file) => hashOf(join(core.folderOf(run.id), file)).catch(() => 'gone')));
  const sent = await Promise.all(run.inputs.flatMap(({ path }) => (path === null ? [] : [hashOf(path)])));
  return (isTold ? 0 : 1) + sent.filter((hash) => !here.includes(hash)).length;
}

/** Says something at once, something in the middle, and a picture at the end. */
export const SEVERAL = 'Chat in several messages';

/** How many messages a finished run of each recipe has said; none of those not named. */
const SAYS: Readonly<Record<string, number>> = { 'Chat-only answer': 1, [SEVERAL]: 3 };

/**
 * Whether the chat answer of a run is not what its recipe said, and the run is called done all the same: with messages
 * missing and not a word about it, or with one of them twice.
 */
export function answerCut(core: Core, { id, recipeName, outcome, state, reason }: Run): 0 | 1 {
  const isDone = outcome === 'success' && ['succeeded', 'empty'].includes(state);
  const missing = (SAYS[recipeName] ?? 0) - core.results.count(id).messages;
  return isDone && (missing < 0 || (missing > 0 && reason !== 'answer-cut')) ? 1 : 0;
}

const hashOf = async (path: string): Promise<string> =>
  createHash('sha256')
    .update(await readFile(path))
    .digest('hex');
