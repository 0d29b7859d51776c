import { describe, expect, it } from 'vitest';
import {
  byAxes,
  canBeAcross,
  canBeDown,
  inOrder,
  isFullProduct,
  usualAxes,
} from '../../../electron/contract/batch-rules.ts';
import { batchDiffersWords } from '../../../electron/contract/text/batch-view.ts';
import { batchCountWords } from '../../../electron/contract/text/batches.ts';
import type { BatchColumn } from '../../../electron/contract/views.ts';

const column = (label: string, values: readonly string[] | number): BatchColumn => ({
  key: label.toLowerCase(),
  label,
  count: typeof values === 'number' ? values : values.length,
  values: typeof values === 'number' ? null : values,
});
const members = (...places: readonly (readonly number[])[]) =>
  places.map((each, index) => ({ id: `r${index}`, places: each }));
const style = column('Style', ['film', 'ink', 'oil']);
const prompt = column('Prompt', ['dawn', 'dusk']);

describe('the grid of a batch', () => {
  const whole = { columns: [style, prompt], members: members([0, 0], [0, 1], [1, 0], [1, 1], [2, 0], [2, 1]) };

  it('has the thing with fewer values across when two things differ', () => {
    expect(usualAxes(whole)).toEqual({ across: 'prompt', down: 'style' });
    expect(usualAxes({ columns: [style] })).toEqual({ across: null, down: null });
    expect(usualAxes({ columns: [style, column('Seed', 4_000)] })).toEqual({ across: null, down: null });
    expect(canBeDown(column('Seed', 4_000))).toBe(false);
    expect(canBeAcross(column('File', Array.from({ length: 41 }, String)))).toBe(false);
  });

  it('has a row for each value down and a cell for each across', () => {
    expect(byAxes(whole, { across: 'prompt', down: 'style' })).toEqual({
      across: ['dawn', 'dusk'],
      rows: [
        { heading: 'film', cells: ['r0', 'r1'] },
        { heading: 'ink', cells: ['r2', 'r3'] },
        { heading: 'oil', cells: ['r4', 'r5'] },
      ],
    });
  });

  it('puts several runs of a cell below each other, and leaves a cell without a run empty', () => {
    const three = { columns: [style, prompt], members: members([0, 0], [1, 1], [0, 0]) };
    expect(byAxes(three, { across: 'prompt', down: 'style' }).rows).toEqual([
      { heading: 'film', cells: ['r0', null] },
      { heading: '', cells: ['r2', null] },
      { heading: 'ink', cells: [null, 'r1'] },
    ]);
  });

  it('can have headings on one side only', () => {
    expect(byAxes(whole, { across: 'prompt', down: null })).toMatchObject({
      across: ['dawn', 'dusk'],
      rows: [{ heading: null, cells: ['r0', 'r1'] }, { cells: ['r2', 'r3'] }, { cells: ['r4', 'r5'] }],
    });
    expect(byAxes(whole, { across: null, down: 'style' })).toMatchObject({
      across: null,
      rows: [{ heading: 'film' }, { heading: '' }, { heading: 'ink' }, { heading: '' }, { heading: 'oil' }, {}],
    });
  });

  it('is in order without headings', () => {
    expect(inOrder(['a', 'b', 'c'], 2).rows.map(({ cells }) => cells)).toEqual([['a', 'b'], ['c']]);
  });
});

describe('the words about a batch', () => {
  const view = (columns: readonly BatchColumn[], places: readonly (readonly number[])[], moreColumns = 0) => ({
    columns,
    members: members(...places),
    moreColumns,
  });

  it('name a full product, with a plural only where there is one', () => {
    const whole = view(
      [prompt, column('Leave out', ['a', 'b'])],
      [
        [0, 0],
        [0, 1],
        [1, 0],
        [1, 1],
      ],
    );
    expect(isFullProduct(whole)).toBe(true);
    expect(batchDiffersWords(whole)).toBe('2 prompts × Leave out (2)');
    expect(batchDiffersWords(view([column('Quality', 1_204)], []))).toBe('1,204 qualities');
    expect(batchDiffersWords(view([column('Images', 3)], []))).toBe('Images (3)');
  });

  it('name what differs otherwise, and how much more', () => {
    expect(
      isFullProduct(
        view(
          [prompt, style],
          [
            [0, 0],
            [0, 0],
            [1, 0],
            [1, 1],
            [0, 1],
            [1, 2],
          ],
        ),
      ),
    ).toBe(false);
    expect(batchDiffersWords(view([prompt, style], [[0, 0]]))).toBe('Prompt and Style differ');
    const five = ['A', 'B', 'C', 'D'].map((label) => column(label, 2));
    expect(batchDiffersWords(view(five, [], 1))).toBe('A, B, C and 2 more differ');
    expect(batchDiffersWords(view([], []))).toBe('');
  });

  it('count states', () => {
    const counts = [
      { state: 'failed', reason: 'recipe-failed', count: 1 },
      { state: 'succeeded', reason: null, count: 1_200 },
      { state: 'failed', reason: null, count: 2 },
    ] as const;
    expect(batchCountWords(counts)).toBe('1,200 done and 3 failed');
  });
});
