import {
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  watch,
  writeFileSync,
  type FSWatcher,
} from 'node:fs';
import { join } from 'node:path';
import { deserialize, serialize } from 'node:v8';

/** What a second start tells the first. */
export interface SecondStart {
  readonly argv: readonly string[];
  readonly workingDirectory: string;
  readonly additionalData: unknown;
}

/** Electron drops larger additional data without a word (platform F1). */
const DATA_LIMIT = 32 * 1024 * 1024;

/**
 * The lock of the first process in a data folder, and the box into which later ones put what they were started with.
 * Files, because `requestSingleInstanceLock` answers at once and the caller may exit right after it.
 */
export class SingleInstance {
  readonly #lock: string;
  readonly #box: string;
  #watcher: FSWatcher | null = null;

  constructor(folder: string) {
    this.#lock = join(folder, 'SingletonLock');
    this.#box = join(folder, 'SingletonBox');
    mkdirSync(this.#box, { recursive: true });
  }

  /** Takes the lock, also from a process that is dead. */
  take(): boolean {
    try {
      writeFileSync(this.#lock, String(process.pid), { flag: 'wx' });
      return true;
    } catch (problem) {
      if (!isCode(problem, 'EEXIST')) throw problem;
    }
    if (isAlive(Number(readFileSync(this.#lock, 'utf8')))) return false;
    rmSync(this.#lock);
    return this.take();
  }

  tellFirst(start: SecondStart): void {
    const data = serialize(start.additionalData);
    const told = { ...start, additionalData: data.length > DATA_LIMIT ? undefined : start.additionalData };
    const name = join(this.#box, `${String(Date.now())}-${String(process.pid)}`);
    writeFileSync(`${name}.part`, serialize(told));
    renameSync(`${name}.part`, `${name}.start`);
  }

  listen(onStart: (start: SecondStart) => void): void {
    const collect = (): void => {
      for (const name of readdirSync(this.#box).sort()) {
        if (!name.endsWith('.start')) continue;
        const path = join(this.#box, name);
        const start = deserialize(readFileSync(path)) as SecondStart;
        rmSync(path);
        onStart(start);
      }
    };
    this.#watcher = watch(this.#box, collect);
    collect();
  }

  release(): void {
    this.#watcher?.close();
    rmSync(this.#lock, { force: true });
  }
}

const isCode = (problem: unknown, code: string): boolean =>
  problem instanceof Error && 'code' in problem && problem.code === code;

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (problem) {
    return isCode(problem, 'EPERM');
  }
}
