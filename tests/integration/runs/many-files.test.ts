import type { StatementSync } from 'node:sqlite';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { ArtifactFetcher } from '../../../electron/core/runs/collect/artifact-fetcher.ts';
import { openDatabase } from '../../../electron/core/store/database.ts';
import { type NewArtifact, ResultStore } from '../../../electron/core/store/result-store.ts';
import type { Row } from '../../../electron/core/store/row.ts';
import { RunStore } from '../../../electron/core/store/run-store.ts';
import { StoreDatabase } from '../../../electron/core/store/store-database.ts';
import { aRun } from '../../support/a-run.ts';
import { LoudLogger } from '../../support/test-core.ts';
import { TestClock } from '../../support/test-clock.ts';
import { clientOf, scripted, temporaryFolder } from '../omnitool/client.ts';

/** Counts what is asked of the database. */
class CountingDatabase extends StoreDatabase {
  work = 0;

  override prepare(sql: string): StatementSync {
    this.work += 1;
    return super.prepare(sql);
  }

  override rows(sql: string, ...values: never[]): readonly Row[] {
    const found = super.rows(sql, ...values);
    this.work += found.length;
    return found;
  }
}

const file = (index: number): NewArtifact => ({
  ...{ fid: `many-${index}`, list: 'documents', name: 'out.txt', mime: 'text/plain', size: 5 },
  ...{ width: null, height: null, expires: null, problem: null },
});

/** Statements and rows that the database is asked for while a result of so many files is fetched. */
async function workFor(files: number): Promise<number> {
  const server = (await scripted()).on('GET /fid/*', (response) => void response.end('small'));
  const folder = await temporaryFolder();
  openDatabase(folder, 0).database.close();
  const database = new CountingDatabase(join(folder, 'omnitray.db'));
  const run = aRun();
  new RunStore(database, new TestClock(0)).add(run);
  const results = new ResultStore(database);
  // The server names the first file a second time, in chat: it is fetched once.
  const artifacts = Array.from({ length: files }, (_, index) => file(index));
  results.saveOutputs(run.id, { texts: [], objects: [], artifacts });
  results.addMessage(run.id, { text: '', format: 'plain', objects: [], artifacts: [file(0)] });
  const limits = () => ({ largestFileBytes: null, reserveBytes: 0 });
  const fetcher = new ArtifactFetcher({ results, logger: new LoudLogger(), folderOf: () => folder, limits });
  database.work = 0;
  await fetcher.fetchAll(clientOf(server.origin), run.id, new AbortController().signal);
  const { work } = database;
  expect(results.artifacts(run.id).filter((artifact) => artifact.file !== null)).toHaveLength(files + 1);
  expect(server.askedFor('GET /fid/*')).toHaveLength(files);
  database.close();
  return work;
}

it('the work to fetch a result grows linearly with the number of its files', async () => {
  const [fewer, more] = [await workFor(60), await workFor(120)];
  expect(more / fewer).toBeLessThan(2.1);
  expect(fewer).toBeLessThan(60 * 4);
});
