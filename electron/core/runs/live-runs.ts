import type { BatchId, ProfileId, RecipeId, RunId, RunReason, RunState } from '../../contract/views.ts';
import { isEnded } from '../../contract/views.ts';
import type { RunStore } from '../store/run-store.ts';
import { isIn, type Run, type RunIn } from '../model/run.ts';

/** The columns of an unfinished run that the engine keeps in memory; the rest is read when its turn comes. */
export interface LiveRun {
  readonly id: RunId;
  readonly profileId: ProfileId;
  readonly recipeId: RecipeId;
  readonly recipeName: string;
  readonly batchId: BatchId | null;
  readonly state: RunState;
  readonly reason: RunReason | null;
  readonly since: number;
  readonly jobId: string | null;
  readonly stopRequested: boolean;
  /** The jobs that an unconfirmed run can be; null before the server was asked. */
  readonly candidates: readonly string[] | null;
}

/** The columns of a run that are kept in memory. */
export const liveRunOf = (run: LiveRun): LiveRun => ({
  id: run.id,
  profileId: run.profileId,
  recipeId: run.recipeId,
  recipeName: run.recipeName,
  batchId: run.batchId,
  state: run.state,
  reason: run.reason,
  since: run.since,
  jobId: run.jobId,
  stopRequested: run.stopRequested,
  candidates: run.candidates,
});

/**
 * The unfinished runs of this process, in the order in which they came. In memory, because a query at each poll and
 * event would be too slow for a thousand runs.
 */
export class LiveRuns {
  readonly #owner: string;
  readonly #runs = new Map<RunId, LiveRun>();
  readonly #byJob = new Map<string, RunId>();
  readonly #byState = new Map<RunState, Map<RunId, LiveRun>>();
  readonly #endSubscription: () => void;

  constructor(store: RunStore, owner: string) {
    this.#owner = owner;
    this.#endSubscription = store.onChange((change) => {
      if ('removed' in change) this.#drop(change.removed);
      else this.#follow(change.run);
    });
  }

  /** Adds or updates a run. */
  take(run: LiveRun): void {
    this.#leaveState(run.id);
    this.#runs.set(run.id, run);
    this.#inState(run.state).set(run.id, run);
    if (run.jobId !== null) this.#byJob.set(run.jobId, run.id);
  }

  get(id: RunId): LiveRun | null {
    return this.#runs.get(id) ?? null;
  }

  ofJob(jobId: string): LiveRun | null {
    const id = this.#byJob.get(jobId);
    return id === undefined ? null : this.get(id);
  }

  all(): readonly LiveRun[] {
    return [...this.#runs.values()];
  }

  /** The runs of one profile in these states. */
  of(profileId: ProfileId, ...states: readonly RunState[]): readonly LiveRun[] {
    return states.flatMap((state) => [...this.#inState(state).values()].filter((run) => run.profileId === profileId));
  }

  /** The runs of all profiles in this state. */
  in(state: RunState): readonly LiveRun[] {
    return [...this.#inState(state).values()];
  }

  close(): void {
    this.#endSubscription();
  }

  #follow(run: Run): void {
    if (run.owner !== this.#owner) return;
    if (isEnded(run)) this.#drop(run.id);
    else this.take(liveRunOf(run));
  }

  #drop(id: RunId): void {
    const jobId = this.#runs.get(id)?.jobId;
    if (jobId != null) this.#byJob.delete(jobId);
    this.#leaveState(id);
    this.#runs.delete(id);
  }

  #inState(state: RunState): Map<RunId, LiveRun> {
    const known = this.#byState.get(state);
    if (known !== undefined) return known;
    const runs = new Map<RunId, LiveRun>();
    this.#byState.set(state, runs);
    return runs;
  }

  #leaveState(id: RunId): void {
    const state = this.#runs.get(id)?.state;
    if (state !== undefined) this.#inState(state).delete(id);
  }
}

/** The run as stored now, in the state that the caller knows: a stop or a failure may have been stored meanwhile. */
export const asStored = <State extends RunState>(store: RunStore, run: RunIn<State>): RunIn<State> => ({
  ...run,
  ...store.find(run.id),
  state: run.state,
});

/**
 * Removes what an earlier process found out about a run: why it stood still, and its candidates. Both may have changed.
 *
 * @returns the run as it is stored now
 */
export function withoutStaleFindings(store: RunStore, run: Run): Run {
  const stoodStill = isIn(run, 'running', 'collecting') && run.reason !== null && !run.stopRequested;
  const explained = stoodStill ? store.explain(run, null) : run;
  return explained.candidates === null ? explained : store.noteCandidates(run.id, null);
}
