import type { BatchId, RunId, RunView } from '../contract.ts';
import type { Entry, RunGroup } from './run-groups.ts';
import { firstWhere, type PlacedRow, placeRows, rowsInSight } from './rows.ts';

/** One row of Activity. The runs of an unfolded drop are rows of their own, after the row of the drop. */
export type ActivityRow =
  | { readonly kind: 'run'; readonly key: string; readonly id: RunId; readonly isInBatch: boolean }
  | { readonly kind: 'batch'; readonly key: string; readonly batchId: BatchId; readonly runs: readonly RunView[] };

/** The heights of rows when they were last drawn, in pixels. */
export class RowHeights {
  readonly #byKey = new Map<string, number>();

  of(key: string): number {
    return this.#byKey.get(key) ?? LIKELY_HEIGHT;
  }

  /** Returns whether the height changed. */
  note(key: string, height: number): boolean {
    // A row that is being removed has no height.
    if (height === 0 || this.#byKey.get(key) === height) return false;
    this.#byKey.set(key, height);
    return true;
  }
}

interface PlacedGroup {
  readonly title: string;
  readonly top: number;
  readonly height: number;
  /** `top` is measured from the list of the group. */
  readonly rows: readonly PlacedRow<ActivityRow>[];
}

/** Positions in pixels from the top of the list. */
export interface PlacedActivity {
  readonly groups: readonly PlacedGroup[];
  readonly height: number;
  /** All rows in order; `top` is measured from the whole list. */
  readonly rows: readonly PlacedRow<ActivityRow>[];
  readonly positions: ReadonlyMap<string, number>;
}

/** The heading of a group with its margins. */
export const HEADING_HEIGHT = 42;
/** The border around the rows of a group. */
const EDGE = 1;
/** A row that was never drawn. */
const LIKELY_HEIGHT = 57;

function rowsOf(entry: Entry, opened: ReadonlySet<BatchId>): readonly ActivityRow[] {
  if (entry.kind === 'run') return [runRow(entry.run, false)];
  const { batchId, runs } = entry;
  const batch = { kind: 'batch', key: `batch ${batchId}`, batchId, runs } as const;
  return opened.has(batchId) ? [batch, ...runs.map((run) => runRow(run, true))] : [batch];
}

const runRow = (run: RunView, isInBatch: boolean): ActivityRow => ({ kind: 'run', key: run.id, id: run.id, isInBatch });

/** Lays out all rows by their known heights. */
export function placeActivity(
  groups: readonly RunGroup[],
  opened: ReadonlySet<BatchId>,
  heights: RowHeights,
): PlacedActivity {
  let top = 0;
  const placed = groups.map(({ title, entries }): PlacedGroup => {
    const items = entries.flatMap((entry) => rowsOf(entry, opened));
    const { rows, height } = placeRows(items, ({ key }) => heights.of(key));
    const group = { title, top, height: HEADING_HEIGHT + height + 2 * EDGE, rows };
    top += group.height;
    return group;
  });
  const rows = placed.flatMap((group) =>
    group.rows.map((row) => ({ ...row, top: group.top + HEADING_HEIGHT + EDGE + row.top })),
  );
  return { groups: placed, height: top, rows, positions: new Map(rows.map(({ item }, index) => [item.key, index])) };
}

/** The rows to draw: those in view, some beyond them, and the rows in `kept` wherever they are. */
export function activityInSight(
  { groups }: PlacedActivity,
  scrollTop: number,
  viewHeight: number,
  kept: readonly (string | null)[],
): readonly (PlacedGroup & { readonly drawn: readonly (PlacedRow<ActivityRow> & { readonly index: number })[] })[] {
  return groups.flatMap((group) => {
    const inSight = rowsInSight(group.rows, scrollTop - group.top - HEADING_HEIGHT, viewHeight);
    const [first] = inSight;
    const start = first === undefined ? 0 : firstWhere(group.rows, ({ top }) => top >= first.top);
    const drawn = inSight.map((row, offset) => ({ ...row, index: start + offset }));
    for (const key of kept) {
      const index = key === null ? -1 : group.rows.findIndex(({ item }) => item.key === key);
      const row = group.rows[index];
      if (row !== undefined && !drawn.some((other) => other.index === index)) drawn.push({ ...row, index });
    }
    return drawn.length === 0 ? [] : [{ ...group, drawn: drawn.toSorted((one, other) => one.index - other.index) }];
  });
}
