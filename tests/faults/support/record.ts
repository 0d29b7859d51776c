import type { TaskMeta } from 'vitest';

/** What must never happen, counted wherever a fault test looks. */
export interface Tally {
  /** Starts of a run that reached the server, beyond its first. */
  readonly doubleExecs: number;
  /** Files and messages of stored runs that cannot be run again from what is here. */
  readonly inputsLost: number;
  /** Parts of answers that the server could give and that are neither here nor still being fetched. */
  readonly resultsLost: number;
  /** Runs called done with fewer chat messages than their recipe said, or one of them twice, and not a word about it. */
  readonly answersCut: number;
}

/** What one fault test measured. The reporter makes its tables of them. */
export type FaultRecord = { readonly tally: Tally; readonly runs: number } & (
  | {
      readonly table: 'crash';
      readonly scenario: string;
      readonly point: string;
      readonly when: string;
      readonly end: string;
    }
  | {
      readonly table: 'fault';
      readonly route: string;
      readonly fault: string;
      readonly during: string;
      readonly end: string;
    }
  | { readonly table: 'machine'; readonly what: string; readonly end: string }
);

declare module 'vitest' {
  interface TaskMeta {
    fault?: FaultRecord;
  }
}

/** Hands the measure over before anything is asserted, so that what failed is counted too. */
export function record(task: { readonly meta: TaskMeta }, measured: FaultRecord): void {
  task.meta.fault = measured;
}

export const NOTHING_LOST: Tally = { doubleExecs: 0, inputsLost: 0, resultsLost: 0, answersCut: 0 };

/** How many of these counts of starts, one for each run, are starts too many. */
export const doubles = (execs: readonly number[]): number =>
  execs.reduce((sum, count) => sum + Math.max(0, count - 1), 0);

/** How often each name is among these, the most frequent first. */
export function countsOf(names: readonly string[]): readonly (readonly [string, number])[] {
  const counts = [...Map.groupBy(names, (name) => name)].map(([name, same]) => [name, same.length] as const);
  return counts.sort(([, one], [, other]) => other - one);
}
