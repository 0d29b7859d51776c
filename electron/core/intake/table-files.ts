import { dirname, isAbsolute, relative, resolve, sep } from 'node:path';
import type { CellProblemCode, FormField } from '../../contract/views.ts';
import { errnoOf } from '../base/errno.ts';
import type { Attachment } from '../model/attachment.ts';
import { userFiles } from '../user-files/user-files.ts';
import { inspectItems } from './draft-items.ts';

/**
 * The files that the rows of a table name. A file outside of the table's folder is not touched before the user allows it:
 * a table of a stranger can name any file of this computer, and a path of a network can call another one.
 */
export class TableFiles {
  readonly #folder: string | null;
  /** Null: it is being inspected. */
  readonly #known = new Map<string, Attachment | null>();
  #realFolder: string | null = null;
  readonly #onLate: () => void;
  #late: Promise<unknown> = Promise.resolve();

  /** `table`: the path of the table; null for pasted rows. `onLate` is called when a slow drive answered at last. */
  constructor(table: string | null, onLate: () => void) {
    this.#folder = table === null ? null : dirname(table);
    this.#onLate = onLate;
  }

  /** The whole path of a file as a cell names it; null for a path that would begin in a folder that there is not. */
  pathOf(written: string): string | null {
    if (this.#folder !== null) return resolve(this.#folder, written);
    return isAbsolute(written) ? resolve(written) : null;
  }

  /** Whether it is, or leads to, a file outside of the folder of the table. */
  isOutside(path: string): boolean {
    if (this.#folder === null || !isIn(this.#folder, path)) return true;
    const realPath = this.#known.get(path)?.realPath ?? null;
    return realPath !== null && !isIn(this.#realFolder ?? this.#folder, realPath);
  }

  /** Inspects files that were not inspected yet. Does not wait for a drive that does not answer. */
  async look(paths: readonly string[]): Promise<void> {
    const unknown = paths.filter((path) => !this.#known.has(path));
    if (unknown.length === 0) return;
    for (const path of unknown) this.#known.set(path, null);
    this.#realFolder ??= await realPathOf(this.#folder);
    const late: Promise<unknown>[] = [];
    for (const [at, { found, look }] of (await inspectItems(unknown.map((path) => ({ path })))).entries()) {
      const path = unknown[at] ?? '';
      if (found !== null) this.#known.set(path, found);
      else late.push(look.then((attachment) => this.#known.set(path, attachment)));
    }
    if (late.length === 0) return;
    this.#late = Promise.all([this.#late, ...late]);
    void this.#late.then(this.#onLate);
  }

  /** Resolves once no file is being inspected. */
  async settled(): Promise<void> {
    await this.#late;
  }

  /** Forgets what was found, so that it is inspected again. */
  forget(): void {
    for (const [path, found] of this.#known) if (found !== null) this.#known.delete(path);
  }

  /** What was found; null while it is unknown. */
  found(path: string): Attachment | null {
    return this.#known.get(path) ?? null;
  }

  /** Why the field cannot be filled with the file; null when it can. */
  problemOf(written: string, { control }: FormField): CellProblemCode | null {
    const path = this.pathOf(written);
    if (path === null) return 'file-relative';
    const found = this.found(path);
    if (found === null) return this.#known.has(path) ? 'file-looking' : null;
    if (found.problem !== null) return `file-${found.problem}`;
    if (control.kind !== 'files' || control.accepts.length === 0) return null;
    // A file of JSON is a document for those who do not read its value.
    const kinds = found.kind === 'json' ? (['json', 'document'] as const) : [found.kind];
    return kinds.some((kind) => control.accepts.includes(kind)) ? null : 'file-kind';
  }
}

function isIn(folder: string, path: string): boolean {
  const from = relative(folder, path);
  return from !== '..' && !from.startsWith(`..${sep}`) && !isAbsolute(from);
}

async function realPathOf(folder: string | null): Promise<string | null> {
  if (folder === null) return null;
  try {
    return await userFiles.realpath(folder);
  } catch (failure) {
    if (errnoOf(failure) === null) throw failure;
    return null;
  }
}
