import type { RunReason, RunState } from '../../contract/views.ts';
import { END_STATES } from '../../contract/views.ts';
import type { JobOutcome } from './run.ts';

/**
 * The life of a run: from each state, where it may go. Nothing else can be written (RunStore.move), neither by the
 * compiler's leave nor at run time.
 *
 * `unconfirmed` leads only to `running` (the job was found) or `failed` (the user gave up): never back to a state
 * that would send it again.
 */
export const ARROWS = {
  queued: ['waiting', 'uploading', 'failed', 'stopped'],
  waiting: ['queued', 'failed', 'stopped'],
  uploading: ['waiting', 'starting', 'failed', 'stopped'],
  starting: ['running', 'waiting', 'unconfirmed', 'failed', 'stopped'],
  unconfirmed: ['running', 'failed'],
  // Lost is never decided without asking for the result first.
  running: ['collecting'],
  collecting: ['succeeded', 'unverified', 'failed', 'stopped', 'empty', 'lost'],
  succeeded: [],
  unverified: [],
  failed: [],
  stopped: [],
  empty: [],
  lost: [],
} as const satisfies Record<RunState, readonly RunState[]>;

/** The states that can follow `State`. */
export type NextOf<State extends RunState> = (typeof ARROWS)[State][number];

/** What may change together with a state. */
export interface MoveFacts {
  readonly reason?: RunReason | null;
  readonly reasonDetail?: string | null;
  readonly startedAt?: number;
  readonly jobId?: string;
  readonly outcome?: JobOutcome;
  readonly jobsBefore?: readonly string[];
}

export const mayMove = (from: RunState, to: RunState): boolean => (ARROWS[from] as readonly RunState[]).includes(to);

export const isEnd = (state: RunState): boolean => (END_STATES as readonly RunState[]).includes(state);
