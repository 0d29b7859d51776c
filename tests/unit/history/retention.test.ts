import { existsSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { aRun } from '../../support/a-run.ts';
import { KeptRuns, runId } from '../../support/kept-runs.ts';

const DAY = 86_400_000;
const MIB = 1_048_576;

let kept: KeptRuns;
beforeEach(() => {
  kept = new KeptRuns(1_000 * DAY);
});
afterEach(() => {
  kept.close();
  expect(kept.logger.errors).toEqual([]);
});

/** The numbers of the remaining runs. */
const left = (): readonly number[] =>
  kept.now.listed
    .newest(100)
    .runs.map(({ run }) => Number(run.id.slice(-12)))
    .sort((a, b) => a - b);

describe('without limits', () => {
  it('nothing is removed and nothing is read', async () => {
    kept.seen(1, MIB);
    await kept.clock.pass(4_000 * DAY);
    kept.now.housekeeping.start();
    // The one timer is that of the clean-up after a start.
    expect(kept.clock.timers).toBe(1);
    await kept.pass(DAY);
    expect(left()).toEqual([1]);
    expect(kept.clock.timers).toBe(0);
  });
});

describe('a limit of days', () => {
  it('removes older runs with their files, seen or not, soon after a start', async () => {
    kept.settings.change({ keepDays: 30 });
    const [old, unseen] = [kept.seen(1, 10), kept.ended(2, 10)];
    await kept.clock.pass(20 * DAY);
    kept.seen(3, 10);
    await kept.clock.pass(11 * DAY);
    kept.now.housekeeping.start();
    expect(left()).toEqual([1, 2, 3]);
    await kept.pass(10_000);
    expect(left()).toEqual([3]);
    expect([existsSync(kept.folderOf(old)), existsSync(kept.folderOf(unseen))]).toEqual([false, false]);
    expect(existsSync(kept.folderOf(runId(3)))).toBe(true);
    expect(kept.clock.timers).toBe(0);
  });

  it('keeps favourites and runs in progress', async () => {
    kept.settings.change({ keepDays: 1 });
    kept.now.runs.favour(kept.seen(1, 10), true);
    kept.now.runs.add({ ...aRun(), id: runId(2) });
    kept.seen(3, 10);
    await kept.clock.pass(90 * DAY);
    kept.now.housekeeping.start();
    await kept.pass(10_000);
    expect(left()).toEqual([1, 2]);
  });

  it('counts from the end of a run, not from its start', async () => {
    kept.settings.change({ keepDays: 2 });
    kept.now.runs.add({ ...aRun(), id: runId(1), createdAt: 0 });
    await kept.clock.pass(90 * DAY);
    kept.now.runs.move({ ...aRun(), id: runId(1) }, 'stopped');
    kept.now.housekeeping.start();
    await kept.pass(10_000);
    expect(left()).toEqual([1]);
  });
});

describe('a limit of bytes', () => {
  it('removes the oldest first, until the rest is within it', async () => {
    for (const number of [1, 2, 3, 4]) {
      kept.seen(number, MIB);
      await kept.clock.pass(1_000);
    }
    kept.now.housekeeping.start();
    kept.settings.change({ keepBytes: 2 * MIB });
    await kept.pass(10_000);
    expect(left()).toEqual([3, 4]);
  });

  it('counts copies of inputs as well', async () => {
    const id = runId(1);
    const input = {
      kind: 'document',
      name: 'a',
      path: '/a',
      text: null,
      mtimeMs: 1,
      mime: null,
      sha256: null,
      sendAs: null,
      serverName: null,
      madeFrom: null,
      field: null,
    } as const;
    const copied = { ...input, position: 0, size: 2 * MIB, fid: null, fidExpires: null, copy: 'a' };
    kept.now.runs.add({ ...aRun(), id, inputs: [copied, { ...copied, position: 1, size: 50 * MIB, copy: null }] });
    kept.now.runs.move({ ...aRun(), id }, 'stopped');
    kept.now.runs.markSeen(id);
    kept.seen(2, MIB / 2);
    kept.settings.change({ keepBytes: 2 * MIB });
    kept.now.housekeeping.start();
    await kept.pass(10_000);
    expect(left()).toEqual([2]);
  });

  it('keeps unseen runs, favourites, and runs without files', async () => {
    kept.ended(1, 5 * MIB);
    kept.now.runs.favour(kept.seen(2, 5 * MIB), true);
    kept.seen(3, 0);
    await kept.clock.pass(1_000);
    kept.seen(4, 2 * MIB);
    kept.settings.change({ keepBytes: MIB });
    kept.now.housekeeping.start();
    await kept.pass(10_000);
    expect(left()).toEqual([1, 2, 3]);
  });

  it('removes runs that the user stopped, seen or not', async () => {
    kept.ended(1, 2 * MIB, 'stopped');
    kept.ended(2, 2 * MIB, 'failed');
    kept.settings.change({ keepBytes: MIB });
    kept.now.housekeeping.start();
    await kept.pass(10_000);
    expect(left()).toEqual([2]);
  });

  it('is enforced when a run ends and when a result is seen', async () => {
    kept.settings.change({ keepBytes: MIB });
    kept.now.housekeeping.start();
    await kept.pass(10_000);
    const first = kept.ended(1, MIB);
    await kept.clock.pass(1_000);
    kept.ended(2, MIB);
    await kept.pass(10_000);
    expect(left()).toEqual([1, 2]);
    kept.now.runs.markSeen(first);
    await kept.pass(10_000);
    expect(left()).toEqual([2]);
  });

  it('ignores removed runs that can still be restored', async () => {
    const [removed] = [kept.seen(1, 5 * MIB), kept.seen(2, MIB / 2)];
    kept.settings.change({ keepBytes: MIB });
    kept.now.housekeeping.start();
    kept.now.removal.remove([removed]);
    await kept.pass(5_000);
    kept.now.removal.restore([removed]);
    expect(left()).toEqual([1, 2]);
  });
});

describe('after a crash', () => {
  it('only folders of deleted runs are removed', async () => {
    const orphan = kept.files(runId(77));
    const run = kept.seen(1, 10);
    const hidden = kept.seen(2, 10);
    const strange = kept.files('not a run');
    // Later than the files, which have the machine's time.
    await kept.clock.pass(Date.now());
    kept.restart();
    kept.now.runs.hide([hidden], kept.clock.now());
    kept.now.housekeeping.start();
    await kept.pass(5_100);
    expect(existsSync(orphan)).toBe(false);
    expect([run, hidden].map((id) => existsSync(kept.folderOf(id)))).toEqual([true, true]);
    expect(existsSync(strange)).toBe(true);
  });

  it('folders made after the start are kept', async () => {
    kept.now.housekeeping.start();
    const made = kept.files(runId(77));
    await kept.pass(5_100);
    expect(existsSync(made)).toBe(true);
  });

  it('results of a database that was set aside are kept', async () => {
    const run = kept.seen(1, 10);
    kept.breakDatabase();
    await kept.clock.pass(Date.now());
    kept.now.housekeeping.start();
    await kept.pass(5_100);
    expect(left()).toEqual([]);
    expect(existsSync(kept.folderOf(run))).toBe(true);
    kept.restart();
    kept.now.housekeeping.start();
    await kept.pass(5_100);
    expect(existsSync(kept.folderOf(run))).toBe(true);
  });
});
