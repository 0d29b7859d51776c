import { dayWords, withCapital } from '../contract.ts';
import type { RunReason, RunState, RunView } from '../contract.ts';

export interface RunGroup {
  readonly title: string;
  readonly runs: readonly RunView[];
}

/** One entry per state: whether a run can still move. */
const IS_LIVE: Record<RunState, boolean> = {
  queued: true,
  waiting: true,
  uploading: true,
  starting: true,
  unconfirmed: true,
  running: true,
  collecting: true,
  succeeded: false,
  failed: false,
  stopped: false,
  empty: false,
  lost: false,
};

/** These pass by themselves; every other reason to wait is the user's to lift. */
const PASSES_BY_ITSELF: readonly RunReason[] = ['server-away', 'rate-limited'];

export const isLive = (run: RunView): boolean => IS_LIVE[run.state];

/** Whether only the user can bring this run further, or should know how it ended. */
export function needsYou(run: RunView): boolean {
  switch (run.state) {
    case 'unconfirmed':
      return true;
    case 'waiting':
      return run.reason !== null && !PASSES_BY_ITSELF.includes(run.reason);
    case 'failed':
    case 'lost':
    case 'empty':
      return run.unseen;
    case 'queued':
    case 'uploading':
    case 'starting':
    case 'running':
    case 'collecting':
    case 'succeeded':
    case 'stopped':
      return false;
  }
}

/** Live runs first, then the ended ones by day. Newest first. */
export function groupRuns(runs: readonly RunView[], now: number): readonly RunGroup[] {
  const groups = new Map<string, RunView[]>();
  const endOf = (run: RunView): number => run.endedAt ?? run.createdAt;
  const ended = runs.filter((run) => !isLive(run)).toSorted((one, other) => endOf(other) - endOf(one));
  for (const run of [...runs.filter(isLive), ...ended]) {
    const title = isLive(run) ? 'Now' : withCapital(dayWords(endOf(run), now));
    groups.set(title, [...(groups.get(title) ?? []), run]);
  }
  return [...groups].map(([title, members]) => ({ title, runs: members }));
}
