import { createHash } from 'node:crypto';
import {
  closeSync,
  constants,
  copyFileSync,
  type Dirent,
  fchmodSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  mkdirSync,
  opendirSync,
  openSync,
  readSync,
  realpathSync,
  type Stats,
  statSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import { dirname, parse, sep } from 'node:path';
import { makeFoldersSync } from '../base/make-folder.ts';
import type { AnswerOf, AskOf, FileFacts, FileRequest, FolderEntry, OperationName } from './protocol.ts';
import type { Trace } from './trace.ts';

/** Bytes of one system call: few enough for a slow drive to stay within the limit. */
const CHUNK = 262_144;

/** The slowest writing, in bytes per millisecond, that does not yet count as a hanging drive. */
const SLOWEST_FLUSH = 50;

/** Entries of a folder that are read at a time. */
const ENTRIES_AT_ONCE = 512;

/**
 * Opening a FIFO normally blocks until it has a writer, and one may have replaced the file since its inspection.
 * Windows has no such flag and no such FIFOs.
 */
const READ = constants.O_RDONLY | (process.platform === 'win32' ? 0 : constants.O_NONBLOCK);

type Operation<Name extends OperationName> = (ask: AskOf<Name>, trace: Trace) => AnswerOf<Name>;

const OPERATIONS: { readonly [Name in OperationName]: Operation<Name> } = {
  stat: ({ path }, trace) => {
    approach(path, 0, trace);
    return factsOf(trace.step(() => statSync(path)));
  },
  realpath: ({ path }, trace) => {
    approach(path, 0, trace);
    return trace.step(() => realpathSync.native(path));
  },
  list,
  open: ({ path }, trace) => {
    const place = approach(path, 0, trace);
    const fd = trace.step(() => openSync(path, READ));
    return closingOnFailure(fd, () => ({ fd, facts: factsOf(trace.step(() => fstatSync(fd))), place }));
  },
  facts: ({ fd }, trace) => factsOf(trace.step(() => fstatSync(fd))),
  read: ({ fd, position, into }, trace) => {
    const view = new Uint8Array(into);
    const length = trace.step(() => readSync(fd, view, 0, view.byteLength, position));
    return { bytes: into, length };
  },
  close: ({ fd }, trace) => {
    trace.step(() => closeSync(fd));
    return null;
  },
  digest,
  copy,
  write: ({ path, text, write }, trace) => {
    approach(dirname(path), 0, trace);
    const bytes = Buffer.from(text);
    writeWhole({ path, write, mode: 0o666, flush: false }, trace, (append) => append(bytes));
    return null;
  },
  makeFolder: ({ path, recursive }, trace) => {
    approach(path, 0, trace);
    trace.step(() => (recursive ? makeFoldersSync(path, 0o777) : mkdirSync(path)));
    return null;
  },
};

/**
 * Carries out a request with blocking calls. Only for a worker thread. @throws the file system's own errors, GivenUp
 */
export const perform = ({ name, ask }: FileRequest, trace: Trace): unknown =>
  (OPERATIONS[name] as (ask: unknown, trace: Trace) => unknown)(ask, trace);

/**
 * Walks to a path from its root, folder by folder, to find where a hanging drive begins: the call on that folder does
 * not return, or its device differs. Returns that place; on a system with a single root, a path on the root's own
 * device is its own place.
 */
function approach(path: string, which: number, trace: Trace): string {
  const root = parse(path).root.length;
  let place = root;
  let device: number | null = null;
  for (const end of prefixEnds(path, root)) {
    trace.at(which, end);
    const found = trace.step(() => deviceOf(path.slice(0, end)));
    // The call itself reports the problem.
    if (found === null) break;
    if (device !== null && found !== device) place = end;
    device = found;
  }
  const length = path.slice(0, place) === '/' ? path.length : place;
  trace.at(which, length);
  return path.slice(0, length);
}

/** The end of each folder on the way, and of the path itself: `/a/b` gives `/`, `/a`, `/a/b`. */
function* prefixEnds(path: string, root: number): Generator<number> {
  yield root;
  for (let end = path.indexOf(sep, root); end !== -1; end = path.indexOf(sep, end + 1)) if (end > root) yield end;
  if (path.length > root) yield path.length;
}

function deviceOf(path: string): number | null {
  try {
    return statSync(path, { throwIfNoEntry: false })?.dev ?? null;
  } catch {
    // Not a folder, not accessible, or not a valid path.
    return null;
  }
}

function list({ path }: AskOf<'list'>, trace: Trace): readonly FolderEntry[] {
  approach(path, 0, trace);
  const folder = trace.step(() => opendirSync(path, { bufferSize: ENTRIES_AT_ONCE }));
  const entries: FolderEntry[] = [];
  try {
    for (;;) {
      const entry = trace.step(() => folder.readSync());
      if (entry === null) return entries;
      entries.push({ name: entry.name, kind: kindOf(entry) });
    }
  } finally {
    folder.closeSync();
  }
}

function digest({ path }: AskOf<'digest'>, trace: Trace): AnswerOf<'digest'> {
  approach(path, 0, trace);
  const fd = trace.step(() => openSync(path, READ));
  try {
    const before = factsOf(trace.step(() => fstatSync(fd)));
    if (before.kind !== 'file') return { before, after: before, read: 0, sha256: null };
    const hash = createHash('sha256');
    let read = 0;
    for (const part of partsOf(fd, trace)) {
      hash.update(part);
      read += part.byteLength;
    }
    return { before, after: factsOf(trace.step(() => fstatSync(fd))), read, sha256: hash.digest('hex') };
  } finally {
    closeSync(fd);
  }
}

/** Reads the bytes of a file into one reused buffer. */
function* partsOf(fd: number, trace: Trace): Generator<Uint8Array> {
  const buffer = new Uint8Array(CHUNK);
  for (let position = 0; ;) {
    const length = trace.step(() => readSync(fd, buffer, 0, CHUNK, position));
    if (length === 0) return;
    position += length;
    yield buffer.subarray(0, length);
  }
}

/** Copies a file. A file system that can share the bytes of two files does so; no links are made. */
function copy({ from, to, write, mode, flush }: AskOf<'copy'>, trace: Trace): null {
  const source = approach(from, 0, trace).length;
  const fd = trace.step(() => openSync(from, READ));
  try {
    const facts = trace.step(() => fstatSync(fd));
    const target = approach(dirname(to), 1, trace).length;
    const targetMode = mode ?? facts.mode & 0o777;
    if (facts.isFile() && isCloned(from, to, write, trace)) {
      trace.at(1, target);
      finishClone(to, mode, flush, trace);
      return null;
    }
    writeWhole({ path: to, write, mode: targetMode, flush, notThis: facts }, trace, (append) => {
      trace.at(0, source);
      for (const part of partsOf(fd, trace)) {
        trace.at(1, target);
        append(part);
        trace.at(0, source);
      }
      trace.at(1, target);
    });
    return null;
  } finally {
    closeSync(fd);
  }
}

/** The errors that mean that bytes cannot be shared here. The copy itself reports all others. */
function isCloned(from: string, to: string, write: 'new' | 'replace', trace: Trace): boolean {
  // When a file is replaced, a clone that fails half-way would remove it (libuv's uv_fs_copyfile).
  if (write === 'replace') return false;
  try {
    trace.step(() => copyFileSync(from, to, constants.COPYFILE_FICLONE_FORCE | constants.COPYFILE_EXCL));
    return true;
  } catch (failure) {
    if (failure instanceof Error && 'code' in failure && failure.code === 'EEXIST') throw failure;
    if (failure instanceof Error && !('code' in failure)) throw failure;
    return false;
  }
}

function finishClone(to: string, mode: number | null, flush: boolean, trace: Trace): void {
  if (mode === null && !flush) return;
  const fd = trace.step(() => openSync(to, 'r+'));
  try {
    if (mode !== null) trace.step(() => fchmodSync(fd, mode));
    if (flush) trace.step(() => fsyncSync(fd));
  } finally {
    closeSync(fd);
  }
}

interface Target {
  readonly path: string;
  readonly write: 'new' | 'replace';
  readonly mode: number;
  readonly flush: boolean;
  /** A file that is written onto itself would be emptied first. */
  readonly notThis?: Stats;
}

/** Writes a file with the bytes of `fill`. A new file that could not be written completely is removed. */
function writeWhole(
  { path, write, mode, flush, notThis }: Target,
  trace: Trace,
  fill: (append: (part: Uint8Array) => void) => void,
): void {
  const flags = constants.O_WRONLY | constants.O_CREAT | (write === 'new' ? constants.O_EXCL : 0);
  const fd = trace.step(() => openSync(path, flags, mode));
  let written = 0;
  let isOpen = true;
  const allowance = (): number => Math.ceil(written / SLOWEST_FLUSH);
  try {
    const there = trace.step(() => fstatSync(fd));
    if (there.ino === notThis?.ino && there.dev === notThis.dev) return;
    if (there.size > 0) trace.step(() => ftruncateSync(fd, 0));
    fill((part) => {
      for (let sent = 0; sent < part.byteLength;) {
        const rest = part.subarray(sent, sent + CHUNK);
        const length = trace.step(() => writeSync(fd, rest));
        sent += length;
        written += length;
      }
    });
    if (flush) trace.step(() => fsyncSync(fd), allowance());
    // A network drive may write, and fail, only at this point.
    isOpen = false;
    trace.step(() => closeSync(fd), allowance());
  } catch (failure) {
    if (write === 'new') removeQuietly(path);
    throw failure;
  } finally {
    if (isOpen) closeSync(fd);
  }
}

function removeQuietly(path: string): void {
  try {
    unlinkSync(path);
  } catch {
    // The first failure is the one to report.
  }
}

function closingOnFailure<T>(fd: number, work: () => T): T {
  try {
    return work();
  } catch (failure) {
    closeSync(fd);
    throw failure;
  }
}

const kindOf = (entry: Stats | Dirent): FileFacts['kind'] => {
  if (entry.isFile()) return 'file';
  return entry.isDirectory() ? 'folder' : 'other';
};

const factsOf = (stats: Stats): FileFacts => ({
  kind: kindOf(stats),
  size: stats.size,
  mtimeMs: stats.mtimeMs,
  mode: stats.mode & 0o777,
});
