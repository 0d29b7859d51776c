import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { runStateWords } from '../../../electron/contract/text/runs.ts';
import type { RunView } from '../../../electron/contract/views.ts';
import type { Core } from '../../../electron/core/app/core.ts';
import { type PracticeOptions, type PracticeServer, startPracticeServer } from '../../../electron/practice/server.ts';
import { type FaultProxy, startFaultProxy } from '../../support/fault-proxy.ts';
import {
  connectTo,
  LoudLogger,
  makeHome,
  openCore,
  runReaches,
  startRecipe,
  type TestHome,
} from '../../support/test-core.ts';

const ASKED = 'POST /api/v1/mercenaries/runscript/omni-core-filemanager:files';

let server: PracticeServer;
let proxy: FaultProxy;
let home: TestHome;
let core: Core;
const logger = new LoudLogger();

async function open(options: PracticeOptions = {}): Promise<void> {
  server = await startPracticeServer({ showAll: true, ...options });
  proxy = await startFaultProxy(server.origin);
  core = openCore(home, { logger });
  await connectTo(core, proxy.origin, server.token);
}

beforeEach(async () => {
  home = await makeHome();
});

afterEach(async () => {
  core.close();
  await proxy.close();
  await server.close();
  await home.remove();
  expect(logger.errors.splice(0)).toEqual([]);
});

const asked = (): number => proxy.seen.filter((seen) => seen === ASKED).length;

async function ended(name: string, message: string): Promise<RunView> {
  const { id } = await startRecipe(core, name, [], message);
  return runReaches(core, id, 'succeeded', 'empty', 'failed');
}

it('brings back what a File Output block stored, and says where it was', async () => {
  await open();
  const run = await ended('Web page', 'Harbour & hills\nA <fine> day.');
  expect(run).toMatchObject({ state: 'succeeded', reason: null, gave: { files: 1, messages: 0, texts: 0 } });
  expect(core.runs.result(run.id).artifacts).toMatchObject([
    { name: 'page.html', mime: 'text/html', source: 'file-output', problem: null },
  ]);
  const [stored] = core.results.find(run.id).artifacts;
  const page = await readFile(join(core.folderOf(run.id), stored?.file ?? ''), 'utf8');
  expect(page).toContain('<h1>Harbour &amp; hills</h1>\n<p>A &lt;fine> day.</p>');
});

it('knows the name of a file that the recipe makes up from what the server says while it runs', async () => {
  await open();
  server.holdWaits();
  const { id } = await startRecipe(core, 'Named page', [], 'harbour');
  // From here on the run's stream is open.
  await expect.poll(() => core.results.find(id).messages.length, { timeout: 30_000 }).toBe(1);
  server.finishWaits();
  expect(await runReaches(core, id, 'succeeded', 'failed')).toMatchObject({
    reason: null,
    gave: { messages: 1, files: 1 },
  });
  expect(core.runs.result(id).artifacts).toMatchObject([{ name: 'harbour.html', source: 'file-output' }]);
});

it('takes the file of the right run out of older ones of the same name', async () => {
  let shift = -60_000;
  await open({ clock: () => Date.now() + shift });
  await ended('Web page', 'the first');
  shift = 0;
  const { id } = await ended('Web page', 'the second');
  const { artifacts } = core.results.find(id);
  expect(artifacts).toHaveLength(1);
  expect(await readFile(join(core.folderOf(id), artifacts[0]?.file ?? ''), 'utf8')).toContain('the second');
});

it('takes none of two that fit, and says that the answer is there', async () => {
  await open();
  const [one, other] = [await ended('Web page', 'the first'), await ended('Web page', 'the second')];
  expect(one.state).toBe('succeeded');
  expect(other).toMatchObject({ state: 'empty', reason: 'file-stored', gave: { files: 0 } });
  const { sentence } = runStateWords(other.state, other.reason, other.reasonDetail);
  expect(sentence).toContain('“page”');
});

it('brings back what blocks stored for the job of a recipe without an output', async () => {
  await open();
  const run = await ended('Leaves a file', 'a harbour');
  expect(run).toMatchObject({ state: 'succeeded', gave: { files: 1 } });
  expect(core.runs.result(run.id).artifacts).toMatchObject([{ name: 'text.png', kind: 'image', source: 'job' }]);
});

it('says plainly what a server without the extension gives', async () => {
  await open({ fileManager: false });
  expect(await ended('Web page', 'a harbour')).toMatchObject({ state: 'empty', reason: 'file-stored' });
  expect(await ended('Leaves a file', 'a harbour')).toMatchObject({ state: 'empty', reason: 'no-output' });
});

it('asks nothing about a recipe that answers by itself', async () => {
  await open();
  await ended('Word count', 'one two');
  await ended('Report in chat', 'one two');
  expect(asked()).toBe(0);
  expect(await ended('No output', 'one two')).toMatchObject({ state: 'empty', reason: 'no-output' });
  expect(asked()).toBe(1);
});

it('the recipe is not called one without output', async () => {
  await open();
  const recipe = core.catalogue.view.recipes.find(({ name }) => name === 'Web page');
  const { shape } = await core.catalogue.load(recipe?.id ?? '');
  expect(shape?.warnings).toEqual(['file-output']);
});
