import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { Turns } from '../../../electron/core/omnitool/turns.ts';
import { type Act, json, reply } from '../../support/scripted-server.ts';
import { clientOf, cookie, failureOf, JOBS, jobs, RESULTS, scripted } from './client.ts';

/** As many of an entry as fill 6 MB. */
const filled = (before: string, entry: string, after: string): Act =>
  reply(
    200,
    `${before}${Array(Math.floor(6_000_000 / (entry.length + 1)))
      .fill(entry)
      .join(',')}${after}`,
    { 'content-type': 'application/json', ...cookie('shared') },
  );

/** What three million odd entries cost before there was a limit: 3 to 20 s of work, in one piece. */
const LONG_WORK_MICROSECONDS = 1_500_000;

async function expectLittleWork(ask: () => Promise<unknown>): Promise<void> {
  // Of this thread alone: other tests work beside it.
  const before = process.threadCpuUsage();
  await ask();
  const { user } = process.threadCpuUsage(before);
  expect(user).toBeLessThan(LONG_WORK_MICROSECONDS);
}

const ODD = ['0', '[]', '{}', '{"id":"a"}'];

describe('6 MB of odd entries', () => {
  it.each(ODD)('as jobs (%s) are refused as a whole', async (entry) => {
    const server = (await scripted()).on(JOBS, jobs('shared'), filled('{"jobs":[', entry, ']}'));
    const client = clientOf(server.origin);
    await expectLittleWork(async () =>
      expect(await failureOf(client.listJobs())).toMatchObject({ code: 'bad-reply', detail: 'count' }),
    );
  });

  it.each(ODD)('as files of a result (%s) are reported, the first hundred one by one', async (entry) => {
    const server = (await scripted()).on(
      RESULTS,
      filled('{"job":{},"text":["Here"],"artifacts":{"files":[', entry, ']}}'),
    );
    const client = clientOf(server.origin);
    await expectLittleWork(async () =>
      expect(await client.results('job')).toMatchObject({
        texts: ['Here'],
        artifacts: [],
        unreadable: 100,
        unkeptValues: 2,
      }),
    );
  });

  it.each(ODD)('as data of a result (%s) are kept up to a thousand, and the rest is reported', async (entry) => {
    const server = (await scripted()).on(RESULTS, filled('{"job":{},"objects":[', entry, ']}'));
    const client = clientOf(server.origin);
    await expectLittleWork(async () => {
      const result = await client.results('job');
      expect(result?.objects).toHaveLength(1_000);
      expect(result?.unkeptValues).toBe(2);
    });
  });

  it.each(ODD)('as recipes (%s) are refused', async (entry) => {
    const server = (await scripted()).on(
      'POST /api/v1/mercenaries/runscript/omni-core-collectionmanager:collection',
      filled('{"items":[', entry, ']}'),
    );
    const client = clientOf(server.origin);
    await expectLittleWork(async () =>
      expect(await failureOf(client.listRecipes())).toMatchObject({ code: 'bad-reply' }),
    );
  });

  it.each(ODD)('as connections of a recipe (%s) are refused', async (entry) => {
    const nodes = '{"workflow":{"id":"a","rete":{"nodes":{"1":{"name":"a","inputs":{"a":{"connections":[';
    const server = (await scripted()).on('GET /api/v1/workflow/a', filled(nodes, entry, ']}}}}}}}'));
    const client = clientOf(server.origin);
    await expectLittleWork(async () =>
      expect(await failureOf(client.loadRecipe('a'))).toMatchObject({ code: 'bad-reply', detail: 'count' }),
    );
  });
});

it('twenty thousand files in one result are all listed', async () => {
  const files = Array.from({ length: 20_000 }, (_, n) => ({
    fid: `f-${n}`,
    fileName: `${n}.txt`,
    size: n,
    mimeType: 'a/b',
  }));
  const server = (await scripted()).on(RESULTS, json(200, { job: {}, artifacts: { files } }));
  const result = await clientOf(server.origin).results('job');
  expect(result).toMatchObject({ unreadable: 0, unkeptValues: 0 });
  expect(result?.artifacts).toHaveLength(20_000);
});

it('a listing of recipes that was cut is marked as incomplete', async () => {
  const items = Array.from({ length: 6_000 }, (_, n) => ({ value: { id: `r-${n}`, name: `${n}` } }));
  const server = (await scripted()).on(
    'POST /api/v1/mercenaries/runscript/omni-core-collectionmanager:collection',
    json(200, { items }),
  );
  const list = await clientOf(server.origin).listRecipes();
  expect(list.complete).toBe(false);
  expect(list.recipes).toHaveLength(5_000);
});

it('endless work in small pieces yields to other work', async () => {
  const turns = new Turns();
  let others = 0;
  const over = new AbortController();
  const other = (async () => {
    while (!over.signal.aborted) {
      await setImmediate();
      others += 1;
    }
  })();
  for (let piece = 0; piece < 20; piece += 1) {
    const until = performance.now() + 5;
    let now = performance.now();
    while (now < until) now = performance.now();
    await turns.next();
  }
  over.abort();
  await other;
  expect(others).toBeGreaterThan(3);
});
