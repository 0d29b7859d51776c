import { dayWords, withCapital } from '../contract.ts';
import type { BatchId, RunReason, RunState, RunView } from '../contract.ts';

/** One line of the list: a run, or the runs of one drop together. */
type Entry =
  | { readonly kind: 'run'; readonly run: RunView }
  | { readonly kind: 'batch'; readonly batchId: BatchId; readonly runs: readonly RunView[] };

export interface RunGroup {
  readonly title: string;
  readonly entries: readonly Entry[];
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
const PASSES_BY_ITSELF: readonly RunReason[] = ['server-away', 'rate-limited', 'stalled', 'paused'];

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

/** Whether a line is shown under a filter: with the runs of a drop, all of them or none. */
const isShown = (entry: Entry, filter: 'all' | 'live' | 'needs-you'): boolean =>
  filter === 'all' || runsOf(entry).some(filter === 'live' ? isLive : needsYou);

/** Live ones first, then the ended ones by day. Newest first; the runs of a drop stand where its first one would. */
export function groupRuns(
  runs: readonly RunView[],
  now: number,
  filter: 'all' | 'live' | 'needs-you' = 'all',
): readonly RunGroup[] {
  const groups = new Map<string, Entry[]>();
  const entries = entriesOf(runs).filter((entry) => isShown(entry, filter));
  const ended = entries.filter((entry) => !isEntryLive(entry)).toSorted((one, other) => endOf(other) - endOf(one));
  for (const entry of [...entries.filter(isEntryLive), ...ended]) {
    const title = isEntryLive(entry) ? 'Now' : withCapital(dayWords(endOf(entry), now));
    const group = groups.get(title);
    if (group === undefined) groups.set(title, [entry]);
    else group.push(entry);
  }
  return [...groups].map(([title, members]) => ({ title, entries: members }));
}

function entriesOf(runs: readonly RunView[]): readonly Entry[] {
  const batches = Map.groupBy(runs, ({ batchId }) => batchId);
  const shown = new Set<BatchId>();
  return runs.flatMap((run): readonly Entry[] => {
    const { batchId } = run;
    const members = batches.get(batchId) ?? [];
    if (batchId === null || members.length === 1) return [{ kind: 'run', run }];
    if (shown.has(batchId)) return [];
    shown.add(batchId);
    // As they were dropped: the list itself is newest first.
    return [{ kind: 'batch', batchId, runs: members.toReversed() }];
  });
}

const runsOf = (entry: Entry): readonly RunView[] => (entry.kind === 'run' ? [entry.run] : entry.runs);

const isEntryLive = (entry: Entry): boolean => runsOf(entry).some(isLive);

const endOf = (entry: Entry): number => Math.max(...runsOf(entry).map((run) => run.endedAt ?? run.createdAt));
