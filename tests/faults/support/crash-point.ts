/** A moment in the work of a program at which it can be made to end. */
export interface CrashPoint {
  /** What it is about to do, or has just done: `sql UPDATE runs state = starting`, `http POST /fid`, `file rename`. */
  readonly what: string;
  /** `sent`: a request is with the system, no answer came; `head`: of its answer only the head; `half`: of a write, half. */
  readonly when: 'before' | 'half' | 'sent' | 'head' | 'after';
  /** Counts the points that are alike, from 1. */
  readonly nth: number;
}

/** How a process ends: by `kill -9`, or with the machine, and then with all that is not on the disk yet. */
export type CrashEnd = 'kill' | 'power cut';

export const nameOf = ({ what, when, nth }: CrashPoint): string => `${what} #${nth}, ${when}`;
