import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { RunId } from '../../../electron/contract/views.ts';
import type { Core } from '../../../electron/core/app/core.ts';
import { draftFromRun } from '../../../electron/core/app/launch.ts';

const SAMPLES = join(import.meta.dirname, '../../../resources/samples');

/** What every run here sends. */
export const INPUTS = ['hills.png', 'harbour.png'].map((name) => join(SAMPLES, name));
/** Is in the message of every run here, and so in its answer. */
export const MARK = 'the one and only';

/** How many of its files, and its message, a stored run could not put on the table again as they were. */
export async function lostInputs(core: Core, runId: RunId, files: number): Promise<number> {
  const { attachments, message } = await draftFromRun(core, runId);
  const good = attachments.filter(({ problem }) => problem === null).length;
  return Math.max(0, files - good) + (message.includes(MARK) ? 0 : 1);
}

/**
 * How many parts of an answer that echoes text and files are not on this machine, byte for byte. A file that the
 * server itself calls gone is not lost here.
 */
export async function lostParts(core: Core, runId: RunId): Promise<number> {
  const { texts, artifacts } = core.runs.result(runId);
  const sent = await Promise.all(core.runs.get(runId).inputs.map(({ path }) => hashOf(path ?? '')));
  const kept = core.results.find(runId).artifacts.flatMap(({ file }) => (file === null ? [] : [file]));
  const here = await Promise.all(kept.map((file) => hashOf(join(core.folderOf(runId), file))));
  const missing = sent.filter((hash) => !here.includes(hash)).length;
  const gone = artifacts.filter(({ problem }) => problem === 'gone').length;
  return (texts.join().includes(MARK) ? 0 : 1) + Math.max(0, missing - gone);
}

/** The same of an answer in chat, which has one text. */
export const lostChat = (core: Core, runId: RunId): number =>
  core.runs.result(runId).messages.some(({ text }) => text.includes(MARK)) ? 0 : 1;

const hashOf = async (path: string): Promise<string> =>
  createHash('sha256')
    .update(await readFile(path))
    .digest('hex');
