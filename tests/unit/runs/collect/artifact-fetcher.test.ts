import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { DiskCode } from '../../../../electron/contract/disk.ts';
import { DiskError } from '../../../../electron/core/base/disk-error.ts';
import { ArtifactFetcher } from '../../../../electron/core/runs/collect/artifact-fetcher.ts';
import { storedName } from '../../../../electron/core/base/artifact-file.ts';
import { openDatabase } from '../../../../electron/core/store/database.ts';
import { ResultStore } from '../../../../electron/core/store/result-store.ts';
import { RunStore } from '../../../../electron/core/store/run-store.ts';
import type { StoreDatabase } from '../../../../electron/core/store/store-database.ts';
import { aRun } from '../../../support/a-run.ts';
import { TestClock } from '../../../support/test-clock.ts';
import { LoudLogger } from '../../../support/test-core.ts';

let folder: string;
let database: StoreDatabase;
let results: ResultStore;
let fetcher: ArtifactFetcher;
const { id } = aRun();
const { signal } = new AbortController();

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'omnitray-fetch-'));
  database = openDatabase(folder, 0).database;
  new RunStore(database, new TestClock(0)).add(aRun());
  results = new ResultStore(database);
  const limits = () => ({ largestFileBytes: null, reserveBytes: 0 });
  fetcher = new ArtifactFetcher({ results, logger: new LoudLogger(), folderOf: () => folder, limits });
  const file = (fid: string) => ({
    ...({ fid, list: 'files', name: `${fid}.txt`, mime: 'text/plain', size: 1 } as const),
    ...{ width: null, height: null, expires: null, problem: null },
  });
  results.saveOutputs(id, { texts: [], objects: [], artifacts: [file('bad'), file('good')] });
});
afterEach(() => {
  database.close();
  rmSync(folder, { recursive: true });
});

/** A disk that fails in this way under the first file; asked so often for each. */
function diskThat(code: DiskCode) {
  const asked: string[] = [];
  return {
    asked,
    download: (fid: string, path: string) => {
      asked.push(fid);
      if (fid === 'bad') return Promise.reject(new DiskError(code));
      writeFileSync(path, 'x');
      return Promise.resolve({ size: 1, sha256: 'x' });
    },
  };
}
const stand = () => results.artifacts(id).map(({ file, problem }) => problem ?? file);

describe('a disk that fails', () => {
  it.each(['disk-name', 'disk-in-the-way', 'disk-file-too-large'] as const)(
    'with %s ends that file at once, and the others come',
    async (code) => {
      const disk = diskThat(code);
      await fetcher.fetchAll(disk, id, signal);
      expect(stand()).toEqual([code, storedName(1, 'good.txt')]);
      expect(disk.asked).toEqual(['bad', 'good']);
    },
  );

  it.each(['disk-read-only', 'disk-broken', 'disk-failed'] as const)(
    'with %s ends that file after some tries, and the others come at the first',
    async (code) => {
      const disk = diskThat(code);
      for (let tries = 1; tries < 5; tries += 1) {
        await expect(fetcher.fetchAll(disk, id, signal)).rejects.toMatchObject({ code });
        expect(stand()).toEqual([null, storedName(1, 'good.txt')]);
      }
      await fetcher.fetchAll(disk, id, signal);
      expect(stand()).toEqual([code, storedName(1, 'good.txt')]);
      expect(disk.asked.filter((fid) => fid === 'good')).toHaveLength(1);
    },
  );

  it.each(['disk-full', 'disk-refused', 'disk-gone', 'disk-unanswered', 'disk-busy', 'disk-crowded'] as const)(
    'with %s is waited for, and no file is given up',
    async (code) => {
      const disk = diskThat(code);
      for (let tries = 1; tries <= 10; tries += 1)
        await expect(fetcher.fetchAll(disk, id, signal)).rejects.toMatchObject({ code });
      expect(stand()).toEqual([null, null]);
      expect(disk.asked).not.toContain('good');
    },
  );
});
