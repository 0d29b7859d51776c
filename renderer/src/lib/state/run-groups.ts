import { type BatchId, dayWords, isEnded, needsYou, RUN_STATES, type RunView, withCapital } from '../contract.ts';

/** One entry of the list: a run, or all runs of a drop. */
export type Entry =
  | { readonly kind: 'run'; readonly run: RunView }
  | { readonly kind: 'batch'; readonly batchId: BatchId; readonly runs: readonly RunView[] };

export interface RunGroup {
  readonly title: string;
  readonly entries: readonly Entry[];
}

export const LIVE_STATES = RUN_STATES.filter((state) => !isEnded({ state }));

export const isLive = (run: RunView): boolean => !isEnded(run);

/** `live`: in progress. `needs-you`: waiting for the user. */
export type RunFilter = 'all' | 'live' | 'needs-you';

/** A drop is shown with all its runs if one of them matches. */
const isShown = (entry: Entry, filter: RunFilter): boolean =>
  filter === 'all' || runsOf(entry).some(filter === 'live' ? isLive : needsYou);

/**
 * Entries in progress first, then ended ones by day; newest first. The runs of a drop are one entry at the place of its
 * first run, unless `areApart` is set because some of them may be missing.
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

/** The start of the day in the user's time zone. */
export const startOfDay = (at: number): number => new Date(at).setHours(0, 0, 0, 0);

/** Formats each day once: formatting ten thousand dates would be slow. */
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
    // In the order of the drop; the list is newest first.
    return [{ kind: 'batch', batchId, runs: members.toReversed() }];
  });
}

const runsOf = (entry: Entry): readonly RunView[] => (entry.kind === 'run' ? [entry.run] : entry.runs);

const isEntryLive = (entry: Entry): boolean => runsOf(entry).some(isLive);

/** The largest clock error that is tolerated. */
const CLOCK_SLACK_MS = 5 * 60_000;

/**
 * The end time of each entry, newest first. An end in the future was stored with a wrong clock: the entry gets the time
 * of the next newer one, so that it does not stay at the top.
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
