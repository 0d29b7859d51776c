import { join } from 'node:path';
import type { BatchId, BatchSavingView, RunId, SavedView } from '../../contract/views.ts';
import { AppError } from '../base/coded-error.ts';
import { diskError } from '../base/error-view.ts';
import { Listeners } from '../base/emitter.ts';
import { safeFileName, splitName, titledName } from '../base/file-name.ts';
import { type CsvRuns, csvLinesOf } from '../export/batch-csv.ts';
import { exportName, exportRun, newFolder } from '../export/export.ts';
import type { HandOut } from '../export/hand-out.ts';
import { copyUnderFreeName } from '../export/saver.ts';
import type { Run } from '../model/run.ts';
import type { BatchList } from '../store/batch-list.ts';
import type { ResultStore } from '../store/result-store.ts';
import { userFiles } from '../user-files/user-files.ts';
import type { Runs } from './run-views.ts';

/** Names of missing files that are told. */
const MOST_FAILED = 1_000;

interface SaverPorts {
  readonly list: BatchList;
  readonly runs: Runs;
  readonly results: ResultStore;
  readonly handOut: HandOut;
  readonly folderOf: (runId: RunId) => string;
}

/** Saves the runs of a batch: as a CSV, or as a folder with all that they were given and gave. */
export class BatchSaver {
  readonly #ports: SaverPorts;
  readonly #progress = new Listeners<BatchSavingView>();
  /** The batches that are being exported, and whether the user stopped that. */
  readonly #exports = new Map<BatchId, { isStopped: boolean }>();

  constructor(ports: SaverPorts) {
    this.#ports = ports;
  }

  /** Calls `listener` before each run of an export, and when it has ended, however that was. */
  onProgress(listener: (view: BatchSavingView) => void): () => void {
    return this.#progress.add(listener);
  }

  /** Ends an export after its current run. What was exported stays. */
  stop(batchId: BatchId): void {
    const current = this.#exports.get(batchId);
    if (current !== undefined) current.isStopped = true;
  }

  /** The ids of the runs of a batch, in their order. @throws AppError `batch-unknown` */
  idsOf(batchId: BatchId): readonly RunId[] {
    const ids = this.#ports.list.states(batchId).map(({ id }) => id);
    if (ids.length === 0) throw new AppError('batch-unknown');
    return ids;
  }

  /** A name for the CSV of a batch. @throws AppError `batch-unknown` */
  csvName(batchId: BatchId): string {
    return titledName(this.#first(this.idsOf(batchId)).recipeName, '.csv');
  }

  /**
   * Writes the runs to a CSV and overwrites it: the save dialog has asked. The file is complete or not written.
   *
   * @throws AppError `batch-unknown`, `disk-full`, `disk-refused`
   */
  async saveCsv(batchId: BatchId, target: string): Promise<void> {
    await this.#withCsv({ ids: this.idsOf(batchId) }, async (path) => {
      try {
        await userFiles.copy(path, target, { write: 'replace', mode: 0o666 });
      } catch (failure) {
        throw diskError(failure, target);
      }
    });
  }

  /** Writes the runs to a CSV under a free name, `wanted` or that and a number. Returns its path. @throws AppError as `saveCsv` */
  async newCsv(ids: readonly RunId[], wanted: string, files?: CsvRuns['files']): Promise<string> {
    return this.#withCsv({ ids, ...(files === undefined ? {} : { files }) }, (path) =>
      copyUnderFreeName(path, wanted, wanted),
    );
  }

  /**
   * Makes a folder in `target` with a folder for each run (export.ts) and a CSV that names their files. A file that cannot be
   * copied does not stop the others.
   *
   * @throws AppError `batch-unknown`, `disk-full`, `disk-refused`; `not-allowed` while this batch is being exported
   */
  async exportAll(batchId: BatchId, target: string): Promise<SavedView> {
    if (this.#exports.has(batchId)) throw new AppError('not-allowed');
    const current = { isStopped: false };
    this.#exports.set(batchId, current);
    try {
      return await this.#export(batchId, target, current);
    } finally {
      this.#exports.delete(batchId);
      this.#progress.emit({ batchId, done: 1, of: 1 });
    }
  }

  async #export(batchId: BatchId, target: string, current: { readonly isStopped: boolean }): Promise<SavedView> {
    const { runs, results, folderOf } = this.#ports;
    const ids = this.idsOf(batchId);
    const first = this.#first(ids);
    const folder = await newFolder(target, exportName(first, target), []);
    const placed = new Map<RunId, readonly string[]>();
    const failed: string[] = [];
    let files = 0;
    for (const [index, id] of ids.entries()) {
      if (current.isStopped) break;
      this.#progress.emit({ batchId, done: index, of: ids.length });
      const run = runs.find(id);
      if (run === null) continue;
      const name = folderName(run, index, ids.length);
      const source = { run, result: results.find(id), folder: folderOf(id) };
      const made = await exportRun(source, folder, name);
      files += made.files;
      failed.push(...made.failed.slice(0, MOST_FAILED - failed.length));
      placed.set(
        id,
        made.results.map((file) => `${name}/${file}`),
      );
    }
    if (!current.isStopped) {
      const csv = join(folder, titledName(first.recipeName, '.csv'));
      await this.newCsv(ids, csv, (id) => placed.get(id) ?? []);
    }
    return { folder, files, failed };
  }

  #withCsv<T>({ ids, files }: Pick<CsvRuns, 'ids'> & Partial<CsvRuns>, use: (path: string) => Promise<T>): Promise<T> {
    const { runs, results, handOut } = this.#ports;
    const source: CsvRuns = {
      ids,
      find: (id) => runs.find(id),
      result: (id) => results.find(id),
      files: files ?? ((_, { artifacts }) => artifacts.map(({ name }) => safeFileName(name))),
    };
    return handOut.withTexts(csvLinesOf(source), use);
  }

  #first(ids: readonly RunId[]): Run {
    const first = ids.map((id) => this.#ports.runs.find(id)).find((run) => run !== null);
    if (first === undefined) throw new AppError('batch-unknown');
    return first;
  }
}

/** `007 harbour`: sorted as they were made, and told apart by what was given. */
function folderName(run: Run, index: number, of: number): string {
  const number = String(index + 1).padStart(String(of).length, '0');
  const [input] = run.inputs;
  const texts = (run.form ?? []).flatMap(({ value }) => (typeof value === 'string' && value !== '' ? [value] : []));
  const title = input?.path == null ? (texts[0] ?? run.message) : splitName(input.name).stem;
  return titledName(`${number} ${title.slice(0, 60)}`, '');
}
