import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { RunResult } from '../blocks/block.ts';
import { isObject, parseJson } from '../base/json.ts';
import type { Job } from './job.ts';

/** A result as `/results` gives it (wire 7). */
export interface StoredResult {
  readonly text?: readonly string[];
  readonly job: {
    readonly userId: string;
    readonly jobId: string;
    readonly recipeId: string;
    /** Always these two, also for jobs that ended in an error (wire 7). */
    readonly errors: null;
    readonly success: true;
  };
  readonly objects?: readonly unknown[] | null;
  readonly artifacts: Readonly<Record<string, readonly unknown[]>>;
  readonly created: number;
}

/** The results of all jobs. They survive a restart and never expire. */
export class ResultStore {
  readonly #folder: string;
  readonly #clock: () => number;
  readonly #results = new Map<string, StoredResult>();

  private constructor(folder: string, clock: () => number) {
    this.#folder = folder;
    this.#clock = clock;
  }

  static async open(folder: string, clock: () => number): Promise<ResultStore> {
    const store = new ResultStore(folder, clock);
    await mkdir(folder, { recursive: true });
    for (const name of await readdir(folder)) {
      const parsed = parseJson(await readFile(join(folder, name), 'utf8'));
      if (parsed.ok && isResult(parsed.value)) store.#results.set(parsed.value.job.jobId, parsed.value);
    }
    return store;
  }

  /** The output block that runs last replaces the result; nothing is merged (wire 7). */
  async put(job: Job, { text, objects, artifacts }: RunResult): Promise<void> {
    const result: StoredResult = {
      ...(text !== undefined && { text }),
      job: { userId: job.userId, jobId: job.id, recipeId: job.recipe.id, errors: null, success: true },
      ...(objects !== undefined && { objects }),
      artifacts,
      created: this.#clock(),
    };
    this.#results.set(job.id, result);
    await writeFile(join(this.#folder, `${job.id}.json`), JSON.stringify(result));
  }

  find(jobId: string): StoredResult | null {
    return this.#results.get(jobId) ?? null;
  }
}

/** Reads a stored result. Skips a file that a crash cut short; only this class writes to the folder. */
function isResult(value: unknown): value is StoredResult {
  return isObject(value) && isObject(value.job) && typeof value.job.jobId === 'string';
}
