import type { ProfileId, RecipeId, RunId, RunProgressView } from '../../contract/views.ts';
import type { Clock } from '../base/clock.ts';
import type { Emitter } from '../base/emitter.ts';
import type { Logger } from '../base/logger.ts';
import type { BlockNames } from '../model/block-names.ts';
import type { Run } from '../model/run.ts';
import type { Servers } from '../model/servers.ts';
import type { Settings } from '../settings/schema.ts';
import type { RunNotes } from '../store/run-notes.ts';
import type { ResultStore } from '../store/result-store.ts';
import type { RunStore } from '../store/run-store.ts';
import type { LiveRuns } from './live-runs.ts';
import type { RunEvents } from './run-events.ts';
import type { RunProcessor } from './run-processor.ts';
import type { RunSessions } from './run-sessions.ts';
import type { WriteRetry } from './write-retry.ts';

/** What the run engine is built from. */
export interface EngineOptions {
  readonly store: RunStore;
  readonly results: ResultStore;
  readonly notes: RunNotes;
  readonly servers: Servers;
  readonly sessions: RunSessions;
  readonly recipes: RecipeFacts;
  readonly names: BlockNames;
  readonly settings: { read(): Pick<Settings, 'adoptAlone'> };
  readonly display: RunDisplay;
  readonly clock: Clock;
  readonly logger: Logger;
  /** From 0 to 1. */
  readonly random: () => number;
  /** The name under which this process owns runs (model/owner.ts). */
  readonly owner: string;
}

/** What each stage works with: the options, and what the engine makes for all of them. */
export interface Stage extends EngineOptions {
  readonly live: LiveRuns;
  readonly events: Emitter<RunEvents>;
  readonly writes: WriteRetry;
  readonly processor: RunProcessor;
  /** Aborted when the program ends. */
  readonly signal: AbortSignal;
}

/** What the blocks of a recipe say about its results. */
export interface RecipeFacts {
  /** Whether the recipe may write to the chat. True when its blocks are unknown. */
  mayChat(run: Pick<Run, 'recipeId'>): boolean;
  /** Why a run of this recipe returns nothing. */
  lacking(run: Run): 'no-output' | 'output-off' | 'output-empty' | 'file-stored';
  /** The known names of the files that the recipe stores in the File Manager; null: it has no block for that. */
  storedFiles(run: Pick<Run, 'profileId' | 'recipeId'>): readonly string[] | null;
}

/** Shows what is known of a run beside its row. Must not throw. */
interface RunDisplay {
  setUpload(runId: RunId, upload: RunEvents['upload']['upload']): void;
  setProgress(runId: RunId, progress: RunProgressView | null): void;
  /** The row cannot store why the run stands still, because the database itself fails. */
  setStalled(runId: RunId, failure: unknown): void;
  addSaid(runId: RunId): void;
}

/** Two answers that send and collect need from the event streams. */
export interface JobNews {
  /** Opens the event stream of the profile. Resolves when it is open, or after a short time, with whether it is. */
  ready(profileId: ProfileId): Promise<boolean>;
  /** Jobs with another recipe: none of them can be the job of a run of this recipe. */
  jobsOfOthers(profileId: ProfileId, recipeId: RecipeId): readonly string[];
}
