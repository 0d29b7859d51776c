import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RunId } from '../../../electron/contract/views.ts';
import type { Core } from '../../../electron/core/app/core.ts';
import { LinkedFiles, MOST_LINKED } from '../../../electron/core/runs/collect/linked-files.ts';
import { openDatabase } from '../../../electron/core/store/database.ts';
import { ResultStore } from '../../../electron/core/store/result-store.ts';
import { RunStore } from '../../../electron/core/store/run-store.ts';
import { type PracticeServer, startPracticeServer } from '../../../electron/practice/server.ts';
import { aRun } from '../../support/a-run.ts';
import { type FaultProxy, startFaultProxy } from '../../support/fault-proxy.ts';
import { quickClock } from '../../support/quick-clock.ts';
import {
  connectTo,
  LoudLogger,
  makeHome,
  openCore,
  runReaches,
  startRecipe,
  type TestHome,
} from '../../support/test-core.ts';
import { TestClock } from '../../support/test-clock.ts';
import { clientOf, scripted, temporaryFolder } from '../omnitool/client.ts';

let server: PracticeServer;
let proxy: FaultProxy;
let home: TestHome;
let core: Core;
const logger = new LoudLogger();
const downloads = (): readonly string[] => proxy.seen.filter((seen) => /^GET \/fid\/[^?]+$/.test(seen));

beforeEach(async () => {
  server = await startPracticeServer();
  proxy = await startFaultProxy(server.origin);
  home = await makeHome();
  core = openCore(home, { logger });
  await connectTo(core, proxy.origin, server.token);
});

afterEach(async () => {
  core.close();
  await proxy.close();
  await server.close();
  await home.remove();
  expect(logger.errors.splice(0)).toEqual([]);
});

const sizesOf = (id: RunId): readonly unknown[] =>
  core.results.find(id).artifacts.map(({ width, height }) => [width, height]);

describe('a recipe that only links to its files', () => {
  it('gives them as files of the result, each once', async () => {
    const { id } = await startRecipe(core, 'Illustrated page', [], 'Harbour at dawn');
    expect(await runReaches(core, id, 'succeeded', 'empty', 'failed')).toMatchObject({
      state: 'succeeded',
      gave: { files: 3 },
    });
    const { artifacts, linked, messages } = core.runs.result(id);
    expect(artifacts.map(({ name, problem, message }) => [name, problem, message])).toEqual([
      ['page.markdown', null, 1],
      ['small.png', null, 0],
      ['full size.png', null, 0],
    ]);
    expect(downloads()).toHaveLength(3);
    expect(Object.values(linked).sort()).toEqual([1, 2]);
    for (const fid of Object.keys(linked)) expect(messages[0]?.text).toContain(`/fid/${fid}`);
    const bytes = await readFile(join(core.folderOf(id), core.results.find(id).artifacts[2]?.file ?? ''));
    expect(bytes.subarray(1, 4).toString()).toBe('PNG');
    expect(sizesOf(id)[2]).not.toEqual([null, null]);
  });

  it('gives them after a restart in the middle', async () => {
    proxy.fail((route) => route.endsWith('obj=true'), 503);
    const { id } = await startRecipe(core, 'Illustrated page', [], 'Harbour at dawn');
    await runReaches(core, id, 'collecting');
    await expect.poll(() => core.results.find(id).artifacts[0]?.file, { timeout: 30_000 }).toEqual(expect.any(String));
    core.close();
    await proxy.close();
    proxy = await startFaultProxy(server.origin, Number(new URL(proxy.origin).port));
    core = openCore(home, { logger, clock: quickClock });
    core.engine.resume();
    expect(await runReaches(core, id, 'succeeded', 'empty', 'failed')).toMatchObject({
      state: 'succeeded',
      gave: { files: 3 },
    });
  });
});

it('follows the links of a hostile answer up to a limit, and names those without a file', async () => {
  const scriptedServer = (await scripted()).on('GET /fid/*', (response, { url }) => {
    const fid = /^\/fid\/([^?]+)/.exec(url)?.[1] ?? '';
    if (fid === 'gone') response.writeHead(410).end('{}');
    else if (fid === 'odd') response.writeHead(500).end('no');
    else response.end(JSON.stringify({ fid, fileName: `${fid}.png`, size: 1, mimeType: 'image/png' }));
  });
  const folder = await temporaryFolder();
  const { database } = openDatabase(folder, 0);
  const run = { ...aRun(), origin: scriptedServer.origin };
  new RunStore(database, new TestClock(0)).add(run);
  const results = new ResultStore(database);
  const say = (text: string): void =>
    results.addMessage(run.id, { text, format: 'markdown', objects: [], artifacts: [] });
  say('![a](/fid/gone) ![b](/fid/odd) ![c](http://example.org/fid/other)');
  for (let message = 0; message < 5; message += 1)
    say(Array.from({ length: 101 }, (_, index) => `![](/fid/m${message}n${index})`).join('\n'));
  const client = clientOf(scriptedServer.origin);
  const linked = new LinkedFiles(results, { folderOf: () => folder });
  const { signal } = new AbortController();
  expect(await linked.find(client, run, signal)).toBe(true);
  expect(await linked.find(client, run, signal)).toBe(false);
  const files = results.artifacts(run.id);
  expect(files.filter(({ source }) => source === 'link')).toHaveLength(MOST_LINKED.ofResult);
  expect(files.filter(({ fid }) => fid.startsWith('m0'))).toHaveLength(MOST_LINKED.ofText);
  expect(files.flatMap(({ fid, problem }) => (problem === null ? [] : [[fid, problem]]))).toEqual([
    ['', 'too-many-links'],
    ['gone', 'gone'],
    ['odd', 'broken'],
  ]);
  database.close();
});
