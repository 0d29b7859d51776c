import { randomUUID } from 'node:crypto';
import { rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { RunId } from '../../contract/views.ts';
import { AppError } from '../base/coded-error.ts';
import { nameLimitIn, safeFileName } from '../base/file-name.ts';
import { handedOutFolder } from '../base/folders.ts';
import { inside } from '../base/inside.ts';
import { errnoOf } from '../base/errno.ts';
import { makeFolders } from '../base/make-folder.ts';
import { entriesOf } from '../base/files.ts';
import { userFiles } from '../user-files/user-files.ts';
import { diskError } from '../base/error-view.ts';

interface HandedFile {
  readonly runId: RunId;
  readonly position: number;
  /** The name that the user knows: stored files are numbered. */
  readonly name: string;
  /** Path of the stored file. */
  readonly path: string;
}

/**
 * Gives copies of result files with their proper names to other programs, in a folder of this process. The next start
 * removes the copies.
 */
export class HandOut {
  readonly #root: string;
  readonly #session = randomUUID();

  constructor(folder: string) {
    this.#root = handedOutFolder(folder);
  }

  /**
   * Returns a copy for a drag, because the receiving program may write to it. Shares the bytes where the file system
   * can (reflink), because a drag does not wait. Never a hard link, which would change the stored file.
   *
   * @throws AppError `artifact-gone`, `disk-full`, `disk-refused`
   */
  async forDrag(file: HandedFile): Promise<string> {
    return this.#place('drag', file, async (target) => {
      await rm(target, { force: true });
      await userFiles.copy(file.path, target, { write: 'new' });
    });
  }

  /**
   * Returns a copy for opening, because a program may write to what it opened and the stored result must not change. A
   * second call returns the same copy, with the user's changes.
   *
   * @throws AppError `artifact-gone`, `disk-full`, `disk-refused`
   */
  async forOpening(file: HandedFile): Promise<string> {
    return this.#place('open', file, async (target) => {
      if (await isThere(target)) return;
      await userFiles.copy(file.path, target, { write: 'new' });
    });
  }

  /**
   * Writes texts one by one to a file of our own, calls `use` to copy it to its place, and removes it. So a place gets all of
   * them or nothing, and memory does not grow with their number.
   *
   * @throws AppError `disk-full`, `disk-refused`; what `use` throws
   */
  async withTexts<T>(texts: AsyncIterable<string>, use: (path: string) => Promise<T>): Promise<T> {
    const folder = inside(this.#root, this.#session, randomUUID());
    const path = join(folder, 'texts');
    try {
      await makeFolders(folder);
      await writeFile(path, texts, { flag: 'wx', mode: 0o600 });
      return await use(path);
    } catch (failure) {
      throw errnoOf(failure) === null ? failure : diskError(failure, path);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }

  async #place(
    why: 'drag' | 'open',
    { runId, position, name }: HandedFile,
    put: (target: string) => Promise<void>,
  ): Promise<string> {
    const folder = inside(this.#root, this.#session, runId, why, String(position));
    const target = inside(folder, safeFileName(name, nameLimitIn(folder)));
    try {
      await makeFolders(folder);
      await put(target);
      return target;
    } catch (failure) {
      if (errnoOf(failure) === 'ENOENT') throw new AppError('artifact-gone', name, { cause: failure });
      throw diskError(failure, name);
    }
  }

  /** Removes the copies of a removed run. @throws the file system's own error */
  async removeCopies(runId: RunId): Promise<void> {
    await rm(inside(this.#root, this.#session, runId), { recursive: true, force: true });
  }

  /** Removes the copies of earlier processes. @throws the file system's own error */
  async sweep(): Promise<void> {
    for (const { name } of await entriesOf(this.#root)) {
      if (name !== this.#session) await rm(join(this.#root, name), { recursive: true, force: true });
    }
  }
}

async function isThere(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isFile();
  } catch (failure) {
    if (errnoOf(failure) === 'ENOENT') return false;
    throw failure;
  }
}
