import type { BatchId, ProfileId, RecipeId, RunId, RunReason, RunState } from '../../contract/views.ts';
import type { RunStore } from '../store/run-store.ts';
import { isEnd } from '../model/run-states.ts';
import type { Run } from '../model/run.ts';

/** As much of an unfinished run as deciding about many of them takes; the rest is read when its turn comes. */
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
  /** What is known of an unconfirmed run's candidates; null while the server could not be asked. */
  readonly candidates: readonly string[] | null;
}

/** As it is kept in memory. */
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
 * The unfinished runs that this process carries, in the order they came. In memory, because with a thousand of them the
 * database cannot be asked at every look and every event.
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

  /** Takes up a run that an earlier process left behind. */
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

  /** Those of one profile that are in one of these states. */
  of(profileId: ProfileId, ...states: readonly RunState[]): readonly LiveRun[] {
    return states.flatMap((state) => [...this.#inState(state).values()].filter((run) => run.profileId === profileId));
  }

  /** Those of all profiles that are in this state. */
  in(state: RunState): readonly LiveRun[] {
    return [...this.#inState(state).values()];
  }

  close(): void {
    this.#endSubscription();
  }

  #follow(run: Run): void {
    if (run.owner !== this.#owner) return;
    if (isEnd(run.state)) this.#drop(run.id);
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
