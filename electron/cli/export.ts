import { resolve } from 'node:path';
import { listWords } from '../contract/formats.ts';
import type { Core } from '../core/app/core.ts';
import { exportRun } from '../core/export/export.ts';
import type { ExitCode } from './exit-codes.ts';
import { EXIT } from './exit-codes.ts';
import type { Output } from './output.ts';
import { makeFolder } from './make-folder.ts';
import { findRun } from './show.ts';

/**
 * Exports a run into a new folder below `target`, which is made if it is missing. Prints the folder, and the names of
 * files that could not be exported.
 */
export async function exportToFolder(core: Core, output: Output, wanted: string, target: string): Promise<ExitCode> {
  const { id } = findRun(core, wanted);
  const source = { run: core.runs.get(id), result: core.results.find(id), folder: core.folderOf(id) };
  await makeFolder(target);
  const exported = await exportRun(source, resolve(target));
  output.result(output.json ? JSON.stringify(exported, null, 2) : exported.folder);
  if (exported.failed.length === 0) return EXIT.done;
  output.problem(`Missing: ${listWords(exported.failed)}. The receipt says why.`);
  return EXIT.notDone;
}
