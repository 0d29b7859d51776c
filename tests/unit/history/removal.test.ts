import { existsSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { aRun } from '../../support/a-run.ts';
import { KeptRuns, runId } from '../../support/kept-runs.ts';

let kept: KeptRuns;
beforeEach(() => {
  kept = new KeptRuns(1_000_000);
});
afterEach(() => {
  kept.close();
  expect(kept.logger.errors).toEqual([]);
});

const listed = (): readonly string[] => kept.now.listed.newest(10).runs.map(({ run }) => run.id);

describe('removing a run', () => {
  it('hides it at once, and deletes it with its files after ten seconds', async () => {
    const [gone, other] = [kept.ended(1, 10), kept.ended(2, 10)];
    const told: unknown[] = [];
    kept.now.runs.onChange((change) => told.push(change));
    expect(kept.now.removal.remove([gone])).toEqual({ until: 1_010_000 });
    expect(told).toEqual([{ removed: gone }]);
    expect(listed()).toEqual([other]);
    await kept.pass(9_900);
    expect(existsSync(kept.folderOf(gone))).toBe(true);
    await kept.pass(200);
    expect(existsSync(kept.folderOf(gone))).toBe(false);
    expect(kept.now.runs.find(gone)).toBeNull();
    expect(existsSync(kept.folderOf(other))).toBe(true);
    expect(kept.clock.timers).toBe(0);
  });

  it('can be undone', async () => {
    const ids = [kept.ended(1, 10), kept.ended(2, 10)];
    kept.now.removal.remove(ids);
    await kept.pass(9_000);
    expect(kept.now.removal.restore(ids)).toMatchObject([{ id: ids[0] }, { id: ids[1] }]);
    await kept.pass(60_000);
    expect(listed().toSorted()).toEqual(ids);
    expect(kept.now.results.find(runId(1)).texts).toEqual(['a']);
    expect(existsSync(kept.folderOf(runId(1)))).toBe(true);
  });

  it('can be undone for each run within its own time', async () => {
    const [first, second] = [kept.ended(1, 10), kept.ended(2, 10)];
    kept.now.removal.remove([first]);
    await kept.pass(6_000);
    kept.now.removal.remove([second]);
    await kept.pass(5_000);
    expect(() => kept.now.removal.restore([first])).toThrow(
      expect.objectContaining({ code: 'run-not-removed' }) as Error,
    );
    expect(kept.now.removal.restore([first, second])).toMatchObject([{ id: second }]);
  });

  it('is refused for all when one is in progress', () => {
    const ended = kept.ended(1, 10);
    kept.now.runs.add({ ...aRun(), id: runId(2) });
    expect(() => kept.now.removal.remove([ended, runId(2)])).toThrow(
      expect.objectContaining({ code: 'run-under-way' }) as Error,
    );
    expect(listed()).toContain(ended);
  });

  it('is refused for unknown runs, and removes the known ones', () => {
    const ended = kept.ended(1, 10);
    expect(() => kept.now.removal.remove(['..'])).toThrow(expect.objectContaining({ code: 'run-unknown' }) as Error);
    kept.now.removal.remove([ended, '..']);
    expect(listed()).toEqual([]);
    expect(() => kept.now.removal.remove([ended])).toThrow(expect.objectContaining({ code: 'run-unknown' }) as Error);
  });

  it('is finished at the next start when the program ends early', async () => {
    const gone = kept.ended(1, 10);
    kept.now.removal.remove([gone]);
    await kept.pass(4_000);
    kept.restart();
    expect(listed()).toEqual([]);
    kept.now.housekeeping.start();
    await kept.pass(6_100);
    expect(kept.now.runs.find(gone)).toBeNull();
    expect(existsSync(kept.folderOf(gone))).toBe(false);
  });

  it('does not take longer after the clock was set back', async () => {
    const gone = kept.ended(1, 10);
    kept.now.removal.remove([gone]);
    kept.now.runs.restore([gone]);
    // Simulates a removal at a time that is now in the future.
    kept.now.runs.hide([gone], kept.clock.now() + 86_400_000);
    kept.restart();
    kept.now.housekeeping.start();
    await kept.pass(10_100);
    expect(listed()).toEqual([]);
  });
});
