import { rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { RunId } from '../../contract/views.ts';
import { makeFolder, moveIntoPlace } from '../base/durable.ts';
import { safeFileName, STORED_ROOM } from '../base/file-name.ts';
import { inside } from '../base/inside.ts';
import { errnoOf } from '../base/errno.ts';
import { FileError } from '../base/file-error.ts';
import { assertUnchanged } from '../user-files/unchanged.ts';
import type { Logger } from '../base/logger.ts';
import type { InputStore } from '../store/input-store.ts';
import { userFiles } from '../user-files/user-files.ts';
import type { Run, RunInput } from '../model/run.ts';

/** Where a copy of an input rests: a folder each, so that it can keep its own name. @throws OutsideFolder */
export const inputCopyPath = (folder: string, position: number, copy: string): string =>
  inside(folder, 'inputs', String(position), copy);

/**
 * Copies a file so that `target` is either the whole file or not there, also after a power cut. A file system that can
 * share the bytes of two files does so. Only the user can read the copy, whatever the original allows.
 *
 * @throws the file system's own errors
 */
export async function copyWhole(source: string, target: string): Promise<void> {
  const half = `${target}.part`;
  await makeFolder(dirname(target));
  // What a crash left behind.
  await rm(half, { force: true });
  await userFiles.copy(source, half, { write: 'new', mode: 0o600, flush: true });
  await moveIntoPlace(half, target);
}

export interface InputCopiesPorts {
  readonly inputs: InputStore;
  readonly logger: Logger;
  folderOf(runId: RunId): string;
}

/**
 * Keeps copies of what runs send, beside their results. That is done in the background, one file after the other: a
 * run does not wait for its copies, and one that cannot be made (a full disk) does not stop it. What is copied is what
 * was looked at, or nothing.
 */
export class InputCopies {
  readonly #ports: InputCopiesPorts;
  #work: Promise<void> = Promise.resolve();
  #closed = false;

  constructor(ports: InputCopiesPorts) {
    this.#ports = ports;
  }

  /** Takes over from here; what was copied before is not copied again. */
  keep(runs: readonly Pick<Run, 'id' | 'inputs'>[]): void {
    for (const { id, inputs } of runs) {
      this.#work = this.#work.then(async () => {
        for (const input of inputs) if (!(await this.#keep(id, input))) return;
      });
    }
  }

  /** Resolves once everything asked for so far is copied or given up. */
  async settled(): Promise<void> {
    await this.#work;
  }

  /** Begins no further copy. Those of unfinished runs are made at the next start. */
  close(): void {
    this.#closed = true;
  }

  /** False when the rest of the run's inputs need not be tried. */
  async #keep(runId: RunId, input: RunInput): Promise<boolean> {
    if (this.#closed) return false;
    if (input.path === null || input.copy !== null) return true;
    const copy = safeFileName(input.name, STORED_ROOM);
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
    if (this.#ports.inputs.recordCopy(runId, position, copy)) return true;
    // The run was removed meanwhile, and this made its folder anew.
    await rm(this.#ports.folderOf(runId), { recursive: true, force: true });
    return false;
  }

  async #giveUp(runId: RunId, target: string, failure: unknown): Promise<void> {
    const { logger } = this.#ports;
    const why = failure instanceof FileError ? failure.code : errnoOf(failure);
    if (why === null) logger.error('Copies of inputs could not be kept.', { run: runId, failure });
    else logger.warn('A copy of an input could not be kept.', { run: runId, why });
    // What is left of it goes with the run at the latest.
    await rm(dirname(target), { recursive: true, force: true }).catch(() => undefined);
  }
}
