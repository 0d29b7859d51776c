import { rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { RunId } from '../../contract/views.ts';
import { makeFolder, moveIntoPlace } from '../base/durable.ts';
import { safeFileName, STORED_NAME_LIMIT } from '../base/file-name.ts';
import { inside } from '../base/inside.ts';
import { errnoOf } from '../base/errno.ts';
import { FileError } from '../base/file-error.ts';
import { assertUnchanged } from '../user-files/unchanged.ts';
import type { Logger } from '../base/logger.ts';
import type { RunNotes } from '../store/run-notes.ts';
import { userFiles } from '../user-files/user-files.ts';
import type { Run, RunInput } from '../model/run.ts';

/**
 * The path of the copy of an input. Each input has its own folder, so that the copy keeps its name. @throws
 * OutsideFolder
 */
export const inputCopyPath = (folder: string, position: number, copy: string): string =>
  inside(folder, 'inputs', String(position), copy);

/**
 * Copies a file so that `target` is either complete or absent, also after a power failure. Shares the bytes where the
 * file system can (reflink). Only the user can read the copy, whatever the original allows.
 *
 * @throws the file system's own errors
 */
export async function copyWhole(source: string, target: string): Promise<void> {
  const half = `${target}.part`;
  await makeFolder(dirname(target));
  // A leftover of a crash.
  await rm(half, { force: true });
  await userFiles.copy(source, half, { write: 'new', mode: 0o600, flush: true });
  await moveIntoPlace(half, target);
}

interface InputCopiesPorts {
  readonly notes: RunNotes;
  readonly logger: Logger;
  folderOf(runId: RunId): string;
}

/**
 * Stores copies of the inputs of runs beside their results, in the background and one at a time. A run does not wait
 * for its copies, and a copy that cannot be made (a full disk) does not stop it. Copies exactly the file that was
 * inspected, or nothing.
 */
export class InputCopies {
  readonly #ports: InputCopiesPorts;
  #work: Promise<void> = Promise.resolve();
  #closed = false;

  constructor(ports: InputCopiesPorts) {
    this.#ports = ports;
  }

  /** Queues the inputs of runs; those with a copy are skipped. */
  keep(runs: readonly Pick<Run, 'id' | 'inputs'>[]): void {
    for (const { id, inputs } of runs) {
      this.#work = this.#work.then(async () => {
        for (const input of inputs) if (!(await this.#keep(id, input))) return;
      });
    }
  }

  /** Resolves once every queued input is copied or given up. */
  async settled(): Promise<void> {
    await this.#work;
  }

  /** Starts no further copy. The next start of the program copies the inputs of unfinished runs. */
  close(): void {
    this.#closed = true;
  }

  /** Returns false when the other inputs of the run need not be tried. */
  async #keep(runId: RunId, input: RunInput): Promise<boolean> {
    if (this.#closed) return false;
    if (input.path === null || input.copy !== null) return true;
    const copy = safeFileName(input.name, STORED_NAME_LIMIT);
    const target = inputCopyPath(this.#ports.folderOf(runId), input.position, copy);
    try {
      await assertUnchanged(input.path, input);
      await copyWhole(input.path, target);
      await assertUnchanged(input.path, input);
      return await this.#record(runId, input.position, copy);
    } catch (failure) {
      await this.#giveUp(runId, target, failure);
      return true;
    }
  }

  async #record(runId: RunId, position: number, copy: string): Promise<boolean> {
    if (this.#closed) return false;
    if (this.#ports.notes.copied(runId, position, copy)) return true;
    // The run was removed meanwhile, and the copy created its folder again.
    await rm(this.#ports.folderOf(runId), { recursive: true, force: true });
    return false;
  }

  async #giveUp(runId: RunId, target: string, failure: unknown): Promise<void> {
    const { logger } = this.#ports;
    const why = failure instanceof FileError ? failure.code : errnoOf(failure);
    if (why === null) logger.error('Copies of inputs could not be kept.', { run: runId, failure });
    else logger.warn('A copy of an input could not be kept.', { run: runId, why });
    // Leftovers are removed with the run at the latest.
    await rm(dirname(target), { recursive: true, force: true }).catch(() => undefined);
  }
}
