/** How the runs of a batch are laid out. Pure, so that words, page and tests agree. */
import type { BatchColumn, BatchMember, BatchView, RunId } from './views.ts';

/** The most values that fit as columns of a grid. */
const MOST_ACROSS = 40;

/** Whether each combination of the values that differ was run exactly once. */
export function isFullProduct({
  columns,
  members,
  moreColumns,
}: Pick<BatchView, 'columns' | 'members' | 'moreColumns'>): boolean {
  if (columns.length < 2 || moreColumns > 0) return false;
  const combinations = columns.reduce((product, { count }) => product * count, 1);
  return combinations === members.length && new Set(members.map(({ places }) => places.join())).size === members.length;
}

/** Whether the values of a column can be headings beside a grid; across only when there are few. */
export const canBeDown = ({ values }: BatchColumn): boolean => values !== null;
export const canBeAcross = ({ values }: BatchColumn): boolean => values !== null && values.length <= MOST_ACROSS;

/** The axes of a grid: keys of columns. */
export interface GridAxes {
  readonly across: string | null;
  readonly down: string | null;
}

/** With two things that differ: the one with fewer values across, because a window is higher than it is wide. */
export function usualAxes({ columns }: Pick<BatchView, 'columns'>): GridAxes {
  const [one, other] = columns;
  if (columns.length !== 2 || one === undefined || other === undefined) return { across: null, down: null };
  const [across, down] = other.count > one.count ? [one, other] : [other, one];
  return canBeAcross(across) && canBeDown(down) ? { across: across.key, down: down.key } : { across: null, down: null };
}

/** A row of the grid. `heading` is null without headings, and '' where it continues the row above. */
interface GridRow {
  readonly heading: string | null;
  readonly cells: readonly (RunId | null)[];
}

export interface GridLayout {
  /** Null: the runs are in order. */
  readonly across: readonly string[] | null;
  readonly rows: readonly GridRow[];
}

/** The runs in order, `wide` of them in a row. */
export function inOrder(ids: readonly RunId[], wide: number): GridLayout {
  const rows: GridRow[] = [];
  for (let start = 0; start < ids.length; start += wide)
    rows.push({ heading: null, cells: ids.slice(start, start + wide) });
  return { across: null, rows };
}

/**
 * The runs below the values of one column and, if chosen, beside those of another. Several runs of one cell are put below each
 * other.
 */
export function byAxes({ columns, members }: Pick<BatchView, 'columns' | 'members'>, axes: GridAxes): GridLayout {
  const [across, down] = [axes.across, axes.down].map((key) => columns.findIndex((column) => column.key === key));
  const headings = columns[across ?? -1]?.values ?? [''];
  const beside = columns[down ?? -1]?.values ?? [null];
  const cells = Map.groupBy(members, ({ places }) => cellOf(places[down ?? -1], places[across ?? -1]));
  const rows = beside.flatMap((heading, row) => {
    const stacks = headings.map((_, column) => cells.get(cellOf(row, column)) ?? []);
    return Array.from({ length: Math.max(0, ...stacks.map(({ length }) => length)) }, (_, depth) => ({
      heading: heading === null || depth === 0 ? heading : '',
      cells: stacks.map((stack: readonly BatchMember[]) => stack[depth]?.id ?? null),
    }));
  });
  return { across: columns[across ?? -1] === undefined ? null : headings, rows };
}

const cellOf = (row = 0, column = 0): string => `${row} ${column}`;
