import type { Recipe } from '../recipes/recipe.ts';

/** The states that `/jobs` names (wire 6). A job whose exec failed stays `ready`. */
type JobState = 'ready' | 'running' | 'forceStop' | 'stopped' | 'error' | 'success';

/** One failure as the stream reports it (wire 9.3). */
interface JobError {
  readonly nodeId: number;
  readonly nodeName: string;
  readonly message: string;
  readonly details: Error | 'error';
}

/** One execution of a recipe; it changes while it runs. */
export interface Job {
  readonly id: string;
  readonly userId: string;
  /** The session of the exec call: chat and error texts go to it. */
  readonly sessionId: string;
  readonly recipe: Recipe;
  readonly args: Readonly<Record<string, unknown>>;
  state: JobState;
  /** The running blocks; the one that began last is first (wire 12). */
  active: readonly number[];
  readonly errors: JobError[];
  /** Milliseconds since 1970; null while the job runs. */
  endedAt: number | null;
}
