import { randomUUID } from 'node:crypto';
import { rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeFolder, moveIntoPlace } from '../base/durable.ts';
import { safeFileName } from '../base/file-name.ts';
import { inside } from '../base/inside.ts';
import { entriesOf } from '../base/files.ts';
import { diskError } from '../base/error-view.ts';

/**
 * Stores inputs that came without a file: a picture dragged out of a web page, a pasted picture, a PNG made of a
 * picture that the server does not take. Each has its own folder, so that it keeps its name. Files stay while the draft
 * or a run uses them (`removeUnused`).
 */
export class PastedFiles {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /**
   * Writes the bytes to a file that only the user can read. Returns its path. The file is complete or absent.
   *
   * @throws AppError `disk-full`, `disk-refused`
   */
  async keep(name: string, bytes: Uint8Array): Promise<string> {
    const folder = join(this.#folder, randomUUID());
    const path = inside(folder, safeFileName(name));
    try {
      await makeFolder(folder);
      await writeFile(`${path}.part`, bytes, { mode: 0o600, flush: true });
      await moveIntoPlace(`${path}.part`, path);
      return path;
    } catch (failure) {
      throw diskError(failure, safeFileName(name));
    }
  }

  /**
   * Removes unused files. Keeps files younger than `before`, in ms since 1970, because a drop may be in progress.
   * Returns the number of removed folders.
   *
   * @throws the file system's own errors
   */
  async removeUnused(isUsed: (path: string) => boolean, before: number): Promise<number> {
    let removed = 0;
    for (const entry of await entriesOf(this.#folder)) {
      const folder = join(this.#folder, entry.name);
      if (!entry.isDirectory() || (await stat(folder)).mtimeMs >= before) continue;
      const files = await entriesOf(folder);
      if (files.some(({ name }) => isUsed(join(folder, name)))) continue;
      await rm(folder, { recursive: true, force: true });
      removed += 1;
    }
    return removed;
  }
}
