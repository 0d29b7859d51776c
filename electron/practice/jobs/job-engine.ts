import { randomUUID } from 'node:crypto';
import type { Session } from '../auth/sessions.ts';
import { findBlock } from '../blocks/registry.ts';
import type { Recipe } from '../recipes/recipe.ts';
import { JobRunner, type Workshop } from './job-runner.ts';
import type { Job } from './job.ts';

/** How long a job is listed after its end, in ms (wire 6). */
const LISTED = 20 * 60_000;

/** The jobs of all users, in memory: a restart forgets them (wire 10). */
export class JobEngine {
  readonly #shop: Workshop;
  readonly #end = new AbortController();
  readonly #jobs: { readonly job: Job; readonly runner: JobRunner | null }[] = [];

  constructor(shop: Workshop) {
    this.#shop = shop;
  }

  /**
   * Starts a job, which is `running` at once. Returns null for a recipe with two or more blocks that are not installed;
   * its job stays `ready` forever (wire 4).
   */
  start(recipe: Recipe, args: Readonly<Record<string, unknown>>, session: Session): Job | null {
    const missing = Object.values(recipe.nodes).filter((node) => findBlock(node.name) === undefined);
    const job: Job = {
      id: randomUUID(),
      userId: session.userId,
      sessionId: session.id,
      recipe,
      args,
      state: missing.length > 1 ? 'ready' : 'running',
      active: [],
      errors: [],
      endedAt: null,
    };
    const runner = job.state === 'ready' ? null : new JobRunner(job, this.#shop, this.#end.signal);
    this.#jobs.push({ job, runner });
    if (runner === null) return null;
    runner.run().catch((problem: unknown) => {
      job.state = 'error';
      job.endedAt = this.#shop.clock();
      process.emitWarning(problem instanceof Error ? problem : String(problem));
    });
    return job;
  }

  /** The jobs of all users, oldest first, without those that ended more than 20 minutes ago (wire 6). */
  list(): readonly Job[] {
    const since = this.#shop.clock() - LISTED;
    return this.#jobs.flatMap(({ job }) => (job.endedAt === null || job.endedAt > since ? [job] : []));
  }

  /** Stops one job of any user. null: all jobs of all users, also those that stay `ready` (wire 8). */
  stop(jobId: string | null): void {
    for (const { job, runner } of this.#jobs) {
      if (jobId !== null && job.id !== jobId) continue;
      runner?.stop();
      if (jobId === null && job.state === 'ready') job.state = 'forceStop';
    }
  }

  /** Ends the waits of all blocks. No job sends events any more. */
  dispose(): void {
    this.#end.abort();
  }
}
