import type { RunReason, RunState } from '../../contract/views.ts';
import type { JobOutcome } from './run.ts';

/**
 * The state machine of a run: the allowed transitions. The compiler and `RunStore.move` at run time reject all others.
 *
 * `unconfirmed` leads only to `running` (the job was found) or `failed` (the user gave up), never back to a state that
 * would send the run again.
 */
export const TRANSITIONS = {
  queued: ['waiting', 'uploading', 'failed', 'stopped'],
  waiting: ['queued', 'failed', 'stopped'],
  uploading: ['waiting', 'starting', 'failed', 'stopped'],
  starting: ['running', 'waiting', 'unconfirmed', 'failed', 'stopped'],
  unconfirmed: ['running', 'failed'],
  // A run is never `lost` without a request for its result first.
  running: ['collecting'],
  collecting: ['succeeded', 'unverified', 'failed', 'stopped', 'empty', 'lost'],
  succeeded: [],
  unverified: [],
  failed: [],
  stopped: [],
  empty: [],
  lost: [],
} as const satisfies Record<RunState, readonly RunState[]>;

/** The states that may follow `State`. */
export type NextOf<State extends RunState> = (typeof TRANSITIONS)[State][number];

/** The columns that may change together with a state. */
export interface MoveFacts {
  readonly reason?: RunReason | null;
  readonly reasonDetail?: string | null;
  readonly startedAt?: number;
  readonly jobId?: string;
  readonly outcome?: JobOutcome;
  readonly jobsBefore?: readonly string[];
  /** The blocks that the run has reached (RunNotes.blocksOf). */
  readonly blocksSeen?: readonly string[];
}

/** Whether a run may move from one state to another. */
export const mayMove = (from: RunState, to: RunState): boolean =>
  (TRANSITIONS[from] as readonly RunState[]).includes(to);
