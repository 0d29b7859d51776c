import { resolve } from 'node:path';
import { FileThreads } from './file-threads.ts';
import type { CopyOptions, DigestedFile, FileFacts, FolderEntry, OpenedFile, WriteMode } from './protocol.ts';

/** A sleeping drive needs up to ten seconds to start; in ms. */
const ANSWER_WITHIN_MS = 12_000;

/**
 * The file system for paths of the user: dropped, chosen, or named in a command. Like `node:fs/promises`, but no call
 * lasts for ever and none blocks a thread of Node (FileThreads). No other code touches such a path. Every method throws
 * `Unanswered` when the drive hangs, and the file system's own errors.
 */
export class UserFiles {
  readonly #threads: FileThreads;

  constructor(answerWithinMs = ANSWER_WITHIN_MS) {
    this.#threads = new FileThreads(answerWithinMs);
  }

  /** A call hangs, and a thread with it: the process must be ended by `leave`. */
  get isStuck(): boolean {
    return this.#threads.isStuck;
  }

  /** Changes how long one system call may take, in ms. Returns the former limit. */
  answerWithin(ms: number): number {
    return this.#threads.answerWithin(ms);
  }

  /** Follows links. `patienceMs`: the caller does not wait longer, whether or not the drive would answer. */
  stat(path: string, patienceMs: number | null = null): Promise<FileFacts> {
    return this.#threads.perform('stat', { path: resolve(path) }, { paths: [resolve(path)], patienceMs });
  }

  realpath(path: string): Promise<string> {
    return this.#threads.perform('realpath', { path: resolve(path) }, { paths: [resolve(path)] });
  }

  /** `patienceMs` as for `stat`. */
  list(path: string, patienceMs: number | null = null): Promise<readonly FolderEntry[]> {
    return this.#threads.perform('list', { path: resolve(path) }, { paths: [resolve(path)], patienceMs });
  }

  /** Opens a file for reading while `use` runs. Does not wait until it is closed. */
  async withFile<T>(path: string, use: (file: UserFile) => Promise<T>): Promise<T> {
    const file = await this.open(path);
    try {
      return await use(file);
    } finally {
      void file.close();
    }
  }

  /** Opens a file for reading. The caller closes it. */
  async open(path: string): Promise<UserFile> {
    const opened = await this.#threads.perform('open', { path: resolve(path) }, { paths: [resolve(path)] });
    return new UserFile(this.#threads, opened);
  }

  /** Reads a whole file. Anything but a regular file is not read. */
  digest(path: string): Promise<DigestedFile> {
    return this.#threads.perform('digest', { path: resolve(path) }, { paths: [resolve(path)], isLong: true });
  }

  /** Copies a file; the bytes are shared when the file system can. An incomplete copy is removed. */
  async copy(from: string, to: string, { write, mode = null, flush = false }: CopyChoice): Promise<void> {
    const paths = { from: resolve(from), to: resolve(to) };
    await this.#threads.perform(
      'copy',
      { ...paths, write, mode, flush },
      { paths: [paths.from, paths.to], isLong: true },
    );
  }

  async write(path: string, text: string, write: WriteMode): Promise<void> {
    await this.#threads.perform('write', { path: resolve(path), text, write }, { paths: [resolve(path)] });
  }

  /** `recursive`: also makes the parents, and an existing folder is fine. */
  async makeFolder(path: string, { recursive }: { readonly recursive: boolean }): Promise<void> {
    await this.#threads.perform('makeFolder', { path: resolve(path), recursive }, { paths: [resolve(path)] });
  }
}

type CopyChoice = Pick<CopyOptions, 'write'> & Partial<Omit<CopyOptions, 'write'>>;

/** A file that is open for reading. */
export class UserFile {
  readonly #threads: FileThreads;
  readonly #opened: OpenedFile;

  constructor(threads: FileThreads, opened: OpenedFile) {
    this.#threads = threads;
    this.#opened = opened;
  }

  /** As it was when it was opened. */
  get facts(): FileFacts {
    return this.#opened.facts;
  }

  /** As it is now. */
  stat(): Promise<FileFacts> {
    return this.#threads.perform('facts', { fd: this.#opened.fd }, this.#options);
  }

  /**
   * Reads bytes at `position` into the buffer and returns their number; 0 at the end. The given buffer is unusable
   * afterwards: the bytes are in the returned one, which can be passed again.
   */
  async read(position: number, into: ArrayBuffer): Promise<Uint8Array<ArrayBuffer>> {
    const { bytes, length } = await this.#threads.perform(
      'read',
      { fd: this.#opened.fd, position, into },
      this.#options,
    );
    return new Uint8Array(bytes, 0, length);
  }

  /**
   * Never fails, because nothing was written that could be lost. On a hanging drive the file is closed when the drive
   * is back.
   */
  async close(): Promise<void> {
    await this.#threads.close(this.#opened);
  }

  get #options(): { readonly paths: readonly [string] } {
    return { paths: [this.#opened.place] };
  }
}

/** The instance of this process; threads belong to the process, as those of Node do. */
export const userFiles = new UserFiles();
