/** A batch: its runs side by side. */
import type { BatchId, ProfileId, RecipeId, RunId } from './ids.ts';
import type { RunReason, RunState, RunView } from './runs.ts';

/** One thing in which the runs of a batch differ. */
export interface BatchColumn {
  /** `field:` and the key of the field, `file`, `text` or `message`. Unique in its batch. */
  readonly key: string;
  readonly label: string;
  /** The number of different values. */
  readonly count: number;
  /** The different values in the order of the runs, cut; null when there are too many for headings. */
  readonly values: readonly string[] | null;
}

/** A run of a batch: for each column, the place of its value among the different ones. */
export interface BatchMember {
  readonly id: RunId;
  readonly places: readonly number[];
}

/** What differs between the runs of a batch, and what does not. */
export interface BatchView {
  readonly batchId: BatchId;
  readonly recipeId: RecipeId;
  readonly recipeName: string;
  readonly profileId: ProfileId;
  readonly createdAt: number;
  /** In the order in which they were made. */
  readonly members: readonly BatchMember[];
  readonly columns: readonly BatchColumn[];
  /** Things that differ too, but are too many to be shown. */
  readonly moreColumns: number;
  /** What is the same in all runs, cut. Without what is empty in all. */
  readonly same: readonly { readonly label: string; readonly value: string }[];
}

/** How many runs of a batch are in a state. */
export interface BatchCount {
  readonly state: RunState;
  readonly reason: RunReason | null;
  readonly count: number;
}

/** How far a batch is. */
export interface BatchProgressView {
  readonly counts: readonly BatchCount[];
  /** When the last run ended; null while one is in progress. */
  readonly endedAt: number | null;
}

/** One run of a batch, as the grid and the table show it. */
export interface BatchRowView {
  readonly run: RunView;
  /** Its value for each column, cut. */
  readonly values: readonly string[];
  /** How long the server had the job, in ms; null when unknown. */
  readonly tookMs: number | null;
  /** The beginning of the first text, message or data of its result; null for none. */
  readonly answer: string | null;
  /** The names of the first files of its result. */
  readonly files: readonly string[];
}

/** By what the runs of a batch are sorted: as they were made, by a column, or by what became of them. */
export type BatchOrder = 'given' | 'state' | 'took' | 'answer' | `column:${string}`;

/** How far the export of a batch is; it has ended when `done` is `of`. */
export interface BatchSavingView {
  readonly batchId: BatchId;
  /** Runs. */
  readonly done: number;
  readonly of: number;
}
