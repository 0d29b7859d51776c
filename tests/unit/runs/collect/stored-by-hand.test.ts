import { existsSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Storage } from '../../../../electron/core/history/storage.ts';
import { RunStorage } from '../../../../electron/core/store/run-storage.ts';
import { aRun } from '../../../support/a-run.ts';
import { KeptRuns, runId } from '../../../support/kept-runs.ts';

const DAY = 24 * 60 * 60 * 1_000;
let kept: KeptRuns;

beforeEach(() => {
  kept = new KeptRuns(100 * DAY);
});
afterEach(() => {
  kept.close();
  expect(kept.logger.errors).toEqual([]);
});

function storage(): Storage {
  const { database, removal } = kept.now;
  return new Storage({
    folder: kept.folder,
    stored: new RunStorage(database),
    removal,
    clock: kept.clock,
  });
}

describe('what is stored', () => {
  it('is counted by its place', async () => {
    kept.ended(1, 1_000);
    kept.ended(2, 500);
    const view = await storage().view();
    expect(view).toMatchObject({
      runs: 2,
      results: { bytes: 1_500, whole: true },
      pictures: { bytes: 0, whole: true },
    });
    expect(view.database.bytes).toBeGreaterThan(0);
  });

  it('is removed by age after showing the count, and can be restored', async () => {
    const old = kept.ended(1, 1_000);
    await kept.pass(10 * DAY);
    const young = kept.ended(2, 500);
    const favourite = kept.ended(3, 500);
    kept.now.runs.favour(favourite, true);
    kept.now.runs.add({ ...aRun(), id: runId(4) });

    expect(storage().old(7)).toEqual({ runs: 1, bytes: 1_000 });
    expect(storage().old(null)).toEqual({ runs: 2, bytes: 1_500 });
    expect(storage().old(30)).toEqual({ runs: 0, bytes: 0 });
    const { runIds } = storage().remove(null);
    expect(runIds).toEqual([old, young]);
    expect(storage().old(null).runs).toBe(0);
    expect(kept.now.removal.restore(runIds)).toHaveLength(2);
  });

  it('can be deleted for good, also favourites, except for unfinished runs', async () => {
    const [one, favourite] = [kept.ended(1, 10), kept.ended(2, 10)];
    kept.now.runs.favour(favourite, true);
    kept.now.runs.add({ ...aRun(), id: runId(3) });
    expect(await storage().clear()).toBe(2);
    expect([one, favourite].map((id) => existsSync(kept.folderOf(id)))).toEqual([false, false]);
    expect(kept.now.listed.newest(10).runs.map(({ run }) => run.id)).toEqual([runId(3)]);
  });
});
