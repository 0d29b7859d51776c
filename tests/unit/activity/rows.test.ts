import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runView } from '../../../electron/core/history/run-view.ts';
import type { RunView } from '../../../electron/contract/views.ts';
import { activityInSight, placeActivity, RowHeights } from '../../../renderer/src/lib/state/activity-rows.ts';
import { placeRows, rowsInSight } from '../../../renderer/src/lib/state/rows.ts';
import { groupRuns } from '../../../renderer/src/lib/state/run-groups.ts';
import { aRun } from '../../support/a-run.ts';

const NOW = new Date(2026, 5, 15, 12).getTime();
const HOUR = 60 * 60_000;
const DAY = 24 * HOUR;

const ended = (id: string, endedAt: number, change: Partial<RunView> = {}): RunView => ({
  ...runView(
    { ...aRun(), id, state: 'succeeded', createdAt: endedAt, endedAt },
    { upload: null, progress: null, said: 0, gave: null, picture: null },
  ),
  ...change,
});
const live = (id: string, change: Partial<RunView> = {}): RunView =>
  ended(id, NOW, { state: 'running', endedAt: null, ...change });

/** Titles with the ids below them. The runs of a drop are in brackets. */
const outline = (groups: ReturnType<typeof groupRuns>): readonly string[] =>
  groups.map(
    ({ title, entries }) =>
      `${title}: ${entries.map((entry) => (entry.kind === 'run' ? entry.run.id : `[${entry.runs.map(({ id }) => id).join(' ')}]`)).join(' ')}`,
  );

describe('groups', () => {
  it('date a run in the future by the next newer one', () => {
    const runs = [ended('new', NOW - DAY), ended('next year', NOW + 365 * DAY), ended('old', NOW - 2 * DAY)];
    expect(outline(groupRuns(runs, NOW)).join(' | ')).toMatch(/^Yesterday: new next year \| [^|]*: old$/);
  });

  it('are the runs in progress, then the days, by the end of each run', () => {
    const runs = [
      live('a'),
      ended('b', NOW - HOUR),
      ended('c', NOW - 12 * HOUR - 1),
      ended('d', NOW - DAY),
      ended('e', NOW - 400 * DAY),
      ended('f', NOW - 400 * DAY - 1),
    ];
    expect(outline(groupRuns(runs, NOW))).toEqual(['Now: a', 'Today: b', 'Yesterday: c d', '11 May 2025: e f']);
  });

  it('hold the runs of a drop together in their order, or separately', () => {
    const runs = ['c', 'b', 'a'].map((id) => ended(id, NOW, { batchId: 'one' }));
    expect(outline(groupRuns([...runs, ended('alone', NOW - 1, { batchId: 'other' })], NOW))).toEqual([
      'Today: [a b c] alone',
    ]);
    expect(outline(groupRuns(runs, NOW, { areApart: true }))).toEqual(['Today: c b a']);
  });

  it('show a drop under a filter when one of its runs matches', () => {
    const runs = [live('b', { batchId: 'one' }), ended('a', NOW, { batchId: 'one' }), ended('c', NOW - 1)];
    expect(outline(groupRuns(runs, NOW, { filter: 'live' }))).toEqual(['Now: [a b]']);
    expect(outline(groupRuns(runs, NOW, { filter: 'needs-you' }))).toEqual([]);
  });
});

describe('positions', () => {
  const many = Array.from({ length: 500 }, (_, index) => ended(`r${index}`, NOW - index * HOUR));

  it('follow each other without a gap at the measured heights', () => {
    const heights = new RowHeights();
    expect([heights.note('r0', 80), heights.note('r0', 80), heights.note('r1', 0)]).toEqual([true, false, false]);
    const placed = placeActivity(groupRuns(many, NOW), new Set(), heights);
    expect(placed.rows).toHaveLength(500);
    expect((placed.rows[1]?.top ?? 0) - (placed.rows[0]?.top ?? 0)).toBe(80);
    for (const [index, group] of placed.groups.entries())
      expect(group.top).toBe(placed.groups.slice(0, index).reduce((sum, { height }) => sum + height, 0));
    expect(placed.positions.get('r499')).toBe(499);
  });

  it('of an opened drop are followed by its runs', () => {
    const runs = ['b', 'a'].map((id) => ended(id, NOW, { batchId: 'one' }));
    const keys = (opened: readonly string[]): readonly string[] =>
      placeActivity(groupRuns(runs, NOW), new Set(opened), new RowHeights()).rows.map(({ item }) => item.key);
    expect(keys([])).toEqual(['batch one']);
    expect(keys(['one'])).toEqual(['batch one', 'a', 'b']);
  });

  it('in view are few, and pinned ones stay anywhere', () => {
    const placed = placeActivity(groupRuns(many, NOW), new Set(), new RowHeights());
    const drawn = activityInSight(placed, 10_000, 600, ['r2', null]).flatMap((group) => group.drawn);
    expect(drawn.map(({ item }) => item.key)).toContain('r2');
    expect(drawn.length).toBeLessThan(25);
  });
});

describe('rows in view', () => {
  it('equal those found by a scan of all rows', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 90 }), { maxLength: 80 }),
        fc.integer({ min: -200, max: 5_000 }),
        fc.integer({ min: 0, max: 700 }),
        (heights, scrollTop, viewHeight) => {
          const { rows } = placeRows(heights, (height) => height);
          expect(rowsInSight(rows, scrollTop, viewHeight, 100)).toEqual(
            rows.filter(({ top, height }) => top + height > scrollTop - 100 && top < scrollTop + viewHeight + 100),
          );
        },
      ),
    );
  });
});
