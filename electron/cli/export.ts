import { resolve } from 'node:path';
import { listWords } from '../contract/formats.ts';
import type { Core } from '../core/app/core.ts';
import { exportRun } from '../core/export/export.ts';
import type { Command } from './arguments.ts';
import { UsageError } from './arguments.ts';
import type { ExitCode } from './exit-codes.ts';
import { EXIT } from './exit-codes.ts';
import type { Output } from './output.ts';
import { makeFolder } from './make-folder.ts';
import { findRun } from './show.ts';

type ExportCommand = Extract<Command, { name: 'export' }>;

/**
 * Exports a run, or all runs that were started together with it, into a new folder below the given one, which is made if it
 * is missing. Prints the folder, and the names of files that could not be exported.
 *
 * @throws UsageError for the batch of a run that was started alone
 */
export async function exportToFolder(core: Core, output: Output, command: ExportCommand): Promise<ExitCode> {
  const { id, batchId } = findRun(core, command.run);
  const target = resolve(command.folder);
  if (command.withBatch && batchId === null)
    throw new UsageError('This run was started alone. Without --csv it is exported');
  await makeFolder(target);
  const exported =
    command.withBatch && batchId !== null
      ? await core.batchSaver.exportAll(batchId, target)
      : await exportRun({ run: core.runs.get(id), result: core.results.find(id), folder: core.folderOf(id) }, target);
  const { folder, files, failed } = exported;
  output.result(output.json ? JSON.stringify({ folder, files, failed }, null, 2) : (folder ?? ''));
  if (failed.length === 0) return EXIT.done;
  output.problem(`Missing: ${listWords(failed)}. The receipt says why.`);
  return EXIT.notDone;
}
