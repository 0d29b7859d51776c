import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished, expect, it } from 'vitest';
import type { ExternalJobView } from '../../../../electron/contract/views.ts';
import { ExternalJobs } from '../../../../electron/core/runs/watch/external-jobs.ts';
import { JobRegistry } from '../../../../electron/core/runs/watch/job-registry.ts';
import { openDatabase } from '../../../../electron/core/store/database.ts';
import { RunStore } from '../../../../electron/core/store/run-store.ts';
import { TestClock } from '../../../support/test-clock.ts';

it('combines the many events of a job, and reports its end at once', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'omnitray-external-jobs-'));
  const { database } = openDatabase(folder, 1);
  onTestFinished(() => {
    database.close();
    rmSync(folder, { recursive: true });
  });
  const clock = new TestClock();
  const externalJobs = new ExternalJobs({
    store: new RunStore(database, clock),
    servers: {
      serverFor: () => Promise.reject(new Error('Nothing is asked.')),
      userOf: () => null,
      report: () => undefined,
      check: () => Promise.resolve(true),
      onReady: () => () => undefined,
    },
    names: { titleOf: (_profile, _recipe, _node, block) => block, countOf: () => null, chatBlocksOf: () => null },
    clock,
    owner: 'app',
    collect: () => undefined,
    profile: () => ({ name: 'Home', address: 'http://127.0.0.1:1688' }),
  });
  const changes: (readonly ExternalJobView[])[] = [];
  const ends: ExternalJobView[] = [];
  externalJobs.onChange((runs) => void changes.push(runs));
  externalJobs.onEnd((run) => void ends.push(run));
  const registry = new JobRegistry(clock, () => false);
  const update = (state: string, block: string): void => {
    const snapshot = registry.update('p', {
      ...{ type: 'job-update', jobId: 'j', state, recipeId: 'r', recipeName: 'Caption', failures: [] },
      ...{ activeNodes: [block], activeBlock: block },
    });
    if (snapshot !== null) externalJobs.update(snapshot);
  };
  update('running', 'first');
  await clock.pass(2_000);
  const before = changes.length;
  for (let block = 0; block < 500; block += 1) update('running', `block ${block}`);
  await clock.pass(1_000);
  expect(changes.length - before).toBe(1);
  expect(changes.at(-1)).toMatchObject([{ progress: { block: 'block 499', done: null } }]);
  update('success', 'last');
  expect(ends).toMatchObject([{ state: 'succeeded' }]);
  await clock.pass(1_000);
  expect(changes.at(-1)).toMatchObject([{ state: 'succeeded' }]);
  externalJobs.close();
});
