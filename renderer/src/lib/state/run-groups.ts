import { type BatchId, dayWords, isEnded, needsYou, RUN_STATES, type RunView, withCapital } from '../contract.ts';

/** One line of the list: a run, or the runs of one drop together. */
export type Entry =
  | { readonly kind: 'run'; readonly run: RunView }
  | { readonly kind: 'batch'; readonly batchId: BatchId; readonly runs: readonly RunView[] };

export interface RunGroup {
  readonly title: string;
  readonly entries: readonly Entry[];
}

export const LIVE_STATES = RUN_STATES.filter((state) => !isEnded({ state }));

export const isLive = (run: RunView): boolean => !isEnded(run);

/** In progress, or wanting the user, or whichever. */
export type RunFilter = 'all' | 'live' | 'needs-you';

/** Whether a line is shown under a filter: with the runs of a drop, all of them or none. */
const isShown = (entry: Entry, filter: RunFilter): boolean =>
  filter === 'all' || runsOf(entry).some(filter === 'live' ? isLive : needsYou);

/**
 * Live ones first, then the ended ones by day. Newest first; the runs of a drop stand where its first one would, or each
 * on its own where not all of them may be here (`areApart`).
 */
export function groupRuns(
  runs: readonly RunView[],
  now: number,
  { filter = 'all', areApart = false }: { readonly filter?: RunFilter; readonly areApart?: boolean } = {},
): readonly RunGroup[] {
  const all = areApart ? runs.map((run): Entry => ({ kind: 'run', run })) : entriesOf(runs);
  const entries = all.filter((entry) => isShown(entry, filter));
  const live = entries.filter(isEntryLive);
  const ended = datedEntries(entries, now)
    .filter(({ entry }) => !isEntryLive(entry))
    .toSorted((one, other) => other.at - one.at);
  return [...(live.length === 0 ? [] : [{ title: 'Now', entries: live }]), ...byDay(ended, now)];
}

/** When the day of a time began, where the user is. */
export const startOfDay = (at: number): number => new Date(at).setHours(0, 0, 0, 0);

/** Days are told apart by where they begin, and called something once each: words for ten thousand times are slow. */
function byDay(ended: readonly { readonly entry: Entry; readonly at: number }[], now: number): readonly RunGroup[] {
  const groups: { readonly title: string; readonly entries: Entry[] }[] = [];
  let dayBegan = Number.POSITIVE_INFINITY;
  for (const { entry, at } of ended) {
    if (at < dayBegan) {
      dayBegan = startOfDay(at);
      groups.push({ title: withCapital(dayWords(at, now)), entries: [] });
    }
    groups.at(-1)?.entries.push(entry);
  }
  return groups;
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

/** Clocks of one machine differ by no more than this from one look to the next, in ms. */
const CLOCK_SLACK_MS = 5 * 60_000;

/**
 * When each entry ended, newest entry first. A time that is still to come was told by a clock that was wrong: such an
 * entry is dated by the next newer one, so that it does not stay on top for ever.
 */
function datedEntries(
  entries: readonly Entry[],
  now: number,
): readonly { readonly entry: Entry; readonly at: number }[] {
  let above = now;
  return entries.map((entry) => {
    const end = endOf(entry);
    const isPast = end <= now + CLOCK_SLACK_MS;
    if (isPast) above = Math.min(above, ...runsOf(entry).map(({ createdAt }) => createdAt));
    return { entry, at: isPast ? end : above };
  });
}

const endOf = (entry: Entry): number =>
  runsOf(entry).reduce((latest, run) => Math.max(latest, run.endedAt ?? run.createdAt), 0);
